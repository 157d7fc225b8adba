package io.sparknn.train.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.buffer.NettyManagedBuffer;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.protocol.OneWayMessage;

/**
 * Sends messages, in pieces where they are long. None asks for a reply: a request that stays open for as long as Spark's
 * network timeout would have the connection closed.
 */
final class Post {
    /**
     * The longest piece, header included: the first are under way and taken apart while the next are written, and their
     * arrays are not the humongous ones of the garbage collector.
     */
    static final int PIECE = 1 << 18;

    private static final long LAST_WORD_SECONDS = 1;

    private Post() {}

    static void send(TransportClient client, Kind kind, Ticket ticket, int from, int to) {
        send(client, kind, ticket, from, to, new byte[0]);
    }

    static void send(TransportClient client, Kind kind, Ticket ticket, int from, int to, String text) {
        send(client, kind, ticket, from, to, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends; the bytes are not copied, and belong to the message from now on. Who is gone is found out elsewhere. */
    static void send(TransportClient client, Kind kind, Ticket ticket, int from, int to, byte[] bytes) {
        Header header = new Header(kind, ticket, from, to, bytes.length);
        int at = 0;
        do {
            int count = Math.min(bytes.length - at, PIECE - Header.BYTES);
            ByteBuf piece = Unpooled.wrappedBuffer(header.bytes(), Unpooled.wrappedBuffer(bytes, at, count));
            write(client, new NettyManagedBuffer(piece), sent -> {});
            at += count;
        } while (at < bytes.length);
    }

    static void write(TransportClient client, ManagedBuffer piece, ChannelFutureListener listener) {
        client.getChannel().writeAndFlush(new OneWayMessage(piece)).addListener(listener);
    }

    /** Sends a header alone and waits until it has gone, but not long: the connection is closed next. */
    static void sendLast(TransportClient client, Kind kind, Ticket ticket) {
        ByteBuf piece = new Header(kind, ticket, -1, -1, 0).bytes();
        client.getChannel()
                .writeAndFlush(new OneWayMessage(new NettyManagedBuffer(piece)))
                .awaitUninterruptibly(LAST_WORD_SECONDS, TimeUnit.SECONDS);
    }
}
