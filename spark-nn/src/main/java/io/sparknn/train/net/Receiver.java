package io.sparknn.train.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.OneForOneStreamManager;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;

/**
 * Hands out what comes over the network. Runs on threads that serve many connections: it copies what it needs of a
 * message, whose memory is taken back afterwards, and returns. Nothing that comes is deserialised as Java objects.
 */
final class Receiver extends RpcHandler {
    private final Site site;
    private final Assemblies assemblies = new Assemblies();
    private final StreamManager streams = new OneForOneStreamManager();

    Receiver(Site site) {
        this.site = site;
    }

    @Override
    public StreamManager getStreamManager() {
        return streams;
    }

    /** The one request with a reply: empty, or why the worker is not wanted. */
    @Override
    public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
        String refusal = "";
        try {
            Header header = Header.read(message);
            Member member = Member.of(rest(message));
            coordinator(header).register(header.ticket(), member, new RemoteWorkers(client, header.ticket()));
        } catch (IllegalStateException | IllegalArgumentException e) {
            refusal = e.getMessage();
        }
        callback.onSuccess(ByteBuffer.wrap(refusal.getBytes(StandardCharsets.UTF_8)));
    }

    private Coordinator coordinator(Header header) {
        Coordinator coordinator = site.coordinator(header.ticket());
        if (coordinator == null) {
            throw new IllegalStateException("no fit with this token is open here; it may be over");
        }
        return coordinator;
    }

    @Override
    public void receive(TransportClient client, ByteBuffer message) {
        Header header = Header.read(message);
        switch (header.kind()) {
            case REGISTER -> throw new IllegalArgumentException("a worker registers by a request, got a message");
            case ASK -> ask(client, header, message);
            case LEAVE -> leave(client, header, message);
            case OVER -> site.over(header.ticket());
            case DATA, LEFT, ASSEMBLED, LOST, ANSWER, NO_ANSWER -> toParty(client, header, message);
        }
    }

    private void ask(TransportClient client, Header header, ByteBuffer message) {
        WorkerLine line = new RemoteWorkers(client, header.ticket());
        try {
            Coordinator coordinator = coordinator(header);
            byte[] question = assemblies.add(client, header, message);
            if (question != null) {
                coordinator.ask(header.ticket(), header.from(), question, line);
            }
        } catch (IllegalStateException | IllegalArgumentException e) {
            line.unanswered(header.from(), e.getMessage());
        }
    }

    private void leave(TransportClient client, Header header, ByteBuffer message) {
        Coordinator coordinator = site.coordinator(header.ticket());
        byte[] why = assemblies.add(client, header, message);
        if (coordinator != null && why != null) {
            coordinator.leave(header.ticket(), header.from(), new String(why, StandardCharsets.UTF_8));
        }
    }

    /** What comes for a party that has gone is dropped: its workers have failed or been killed. */
    private void toParty(TransportClient client, Header header, ByteBuffer message) {
        Party party = site.party(header.ticket());
        if (party == null || !party.has(Math.max(header.from(), 0)) || !party.has(Math.max(header.to(), 0))) {
            return;
        }
        switch (header.kind()) {
            case DATA -> data(party, header, message);
            case LEFT -> party.left(header.from());
            default -> {
                byte[] bytes = assemblies.add(client, header, message);
                if (bytes != null) {
                    fromDriver(party, header, bytes);
                }
            }
        }
    }

    private static void data(Party party, Header header, ByteBuffer message) {
        int length = message.remaining();
        byte[] bytes = party.pool().take(length);
        message.get(bytes, 0, length);
        party.incoming(header.from(), header.to()).add(new Frame(header.number(), bytes, length));
    }

    private static void fromDriver(Party party, Header header, byte[] bytes) {
        switch (header.kind()) {
            case ASSEMBLED -> party.assembled(Roster.of(bytes));
            case LOST -> party.lost(header.from(), new String(bytes, StandardCharsets.UTF_8));
            case ANSWER -> party.answered(header.to(), bytes);
            case NO_ANSWER -> party.unanswered(header.to(), new String(bytes, StandardCharsets.UTF_8));
            default -> throw new IllegalArgumentException("a driver does not send " + header.kind());
        }
    }

    private static byte[] rest(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        return bytes;
    }

    @Override
    public void channelInactive(TransportClient client) {
        assemblies.forget(client);
        site.disconnected(client);
    }
}
