package io.sparknn.train.net;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.network.client.TransportClient;

/** Messages of which some pieces have come. The pieces of one come in order, those of several mixed. */
final class Assemblies {
    private final Map<Key, ByteBuffer> open = new ConcurrentHashMap<>();

    private record Key(TransportClient client, Kind kind, Ticket ticket, int from, int to) {}

    /** Takes a piece in; the whole message if it was the last, else null. */
    byte[] add(TransportClient client, Header header, ByteBuffer piece) {
        Key key = new Key(client, header.kind(), header.ticket(), header.from(), header.to());
        ByteBuffer whole = open.computeIfAbsent(key, k -> ByteBuffer.allocate(header.number()));
        if (whole.capacity() != header.number() || whole.remaining() < piece.remaining()) {
            open.remove(key);
            throw new IllegalArgumentException("a message of " + header.number() + " bytes got a piece of "
                    + piece.remaining() + " with " + whole.remaining() + " of " + whole.capacity() + " to come");
        }
        whole.put(piece);
        if (whole.hasRemaining()) {
            return null;
        }
        open.remove(key);
        return whole.array();
    }

    /** Nothing more comes from there. */
    void forget(TransportClient client) {
        open.keySet().removeIf(key -> key.client() == client);
    }
}
