package io.sparknn.train.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/**
 * To a coordinator in another JVM.
 *
 * @param client the connection, which the workers of this JVM share
 * @param ticket the attempt
 */
record RemoteLine(TransportClient client, Ticket ticket) implements DriverLine {
    @Override
    public void register(Member member, Patience patience) {
        byte[] bytes = member.bytes();
        ByteBuf header = new Header(Kind.REGISTER, ticket, member.rank(), -1, bytes.length).bytes();
        CompletableFuture<String> refusal = new CompletableFuture<>();
        client.sendRpc(
                Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(bytes)).nioBuffer(), new RpcResponseCallback() {
                    @Override
                    public void onSuccess(ByteBuffer reply) {
                        refusal.complete(StandardCharsets.UTF_8.decode(reply).toString());
                    }

                    @Override
                    public void onFailure(Throwable e) {
                        refusal.completeExceptionally(e);
                    }
                });
        String why;
        try {
            why = patience.result(refusal, Patience.DRIVER, "registering");
        } catch (RuntimeException e) {
            leave(member.rank(), e.toString()); // it may have been taken in
            throw e;
        }
        if (!why.isEmpty()) {
            throw new IllegalStateException("the driver refuses worker " + member.rank() + ": " + why);
        }
    }

    @Override
    public void ask(int rank, byte[] question) {
        Post.send(client, Kind.ASK, ticket, rank, -1, question);
    }

    @Override
    public void leave(int rank, String why) {
        Post.send(client, Kind.LEAVE, ticket, rank, -1, why);
    }
}
