package io.sparknn.train.net;

import java.nio.ByteBuffer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.TransportClient;

/** The stream of bytes from one worker here to one elsewhere. No number is split between two pieces. */
final class Outgoing {
    private final Party party;
    private final TransportClient client;
    private final int from;
    private final int to;
    private byte[] array;
    private ByteBuffer piece;
    private int round;
    private long rest;

    Outgoing(Party party, TransportClient client, int from, int to) {
        this.party = party;
        this.client = client;
        this.from = from;
        this.to = to;
    }

    /** Begins a message of so many bytes; it is sent when they are written. */
    void begin(int thisRound, long length) {
        round = thisRound;
        rest = length;
        piece = null;
    }

    void put(int number) {
        room(Integer.BYTES).putInt(number);
        written(Integer.BYTES);
    }

    void put(double number) {
        room(Double.BYTES).putDouble(number);
        written(Double.BYTES);
    }

    void put(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, room(1).remaining());
            piece.put(bytes, at, count);
            written(count);
            at += count;
        }
    }

    void put(float[] floats, int start, int end) {
        for (int at = start; at < end; ) {
            int count = Math.min(end - at, room(Float.BYTES).remaining() / Float.BYTES);
            piece.asFloatBuffer().put(floats, at, count);
            piece.position(piece.position() + count * Float.BYTES);
            written(count * Float.BYTES);
            at += count;
        }
    }

    private ByteBuffer room(int bytes) {
        if (piece != null && piece.remaining() < bytes) {
            send();
        }
        if (piece == null) {
            int length = (int) Math.min(Post.PIECE, Header.BYTES + rest);
            array = party.pool().take(length);
            piece = ByteBuffer.wrap(array, 0, length).order(Header.ORDER);
            new Header(Kind.DATA, party.address().ticket(), from, to, round).write(piece);
        }
        return piece;
    }

    private void written(int bytes) {
        rest -= bytes;
        if (rest == 0) {
            send();
        }
    }

    private void send() {
        byte[] bytes = array;
        party.countSent(piece.position());
        Post.write(client, new NioManagedBuffer(piece.flip()), sent -> {
            if (sent.isSuccess()) {
                party.pool().give(bytes);
            }
        });
        piece = null;
    }
}
