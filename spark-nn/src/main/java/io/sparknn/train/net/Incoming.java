package io.sparknn.train.net;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The stream of bytes from one worker elsewhere to one here. Filled by the network, read by the worker. */
final class Incoming {
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final BytePool pool;
    private Frame current;
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Incoming(BytePool pool) {
        this.pool = pool;
    }

    void add(Frame frame) {
        frames.add(frame);
    }

    /** The reader: one worker, which waits with patience. */
    Reader reader(int from, int to, Patience patience) {
        return new Reader(from, to, patience);
    }

    /** Reads in rounds; what another round sent is an error, since all do the same in the same order. */
    final class Reader implements Patience.Condition {
        private final int from;
        private final int to;
        private final Patience patience;
        private int round;
        private String where;

        private Reader(int from, int to, Patience patience) {
            this.from = from;
            this.to = to;
            this.patience = patience;
        }

        void begin(int thisRound, String what) {
            round = thisRound;
            where = what;
        }

        int getInt() {
            return some(Integer.BYTES).getInt();
        }

        double getDouble() {
            return some(Double.BYTES).getDouble();
        }

        void get(byte[] bytes) {
            for (int at = 0; at < bytes.length; ) {
                int count = Math.min(bytes.length - at, some(1).remaining());
                rest.get(bytes, at, count);
                at += count;
            }
        }

        void get(float[] floats, int at, int end) {
            for (int i = at; i < end; ) {
                int count = Math.min(end - i, some(Float.BYTES).remaining() / Float.BYTES);
                rest.asFloatBuffer().get(floats, i, count);
                rest.position(rest.position() + count * Float.BYTES);
                i += count;
            }
        }

        /** At least so many bytes: writers do not split a number. */
        private ByteBuffer some(int bytes) {
            if (rest.remaining() < bytes) {
                if (current != null) {
                    pool.give(current.bytes());
                    current = null;
                }
                patience.await(this, where);
                current = frames.remove();
                if (current.round() != round) {
                    throw new IllegalStateException("worker " + to + " in round " + (round >>> 1) + " (" + where
                            + ") got from worker " + from + " what it sent in round " + (current.round() >>> 1)
                            + " for something else; all workers must call the same methods in the same order");
                }
                rest = ByteBuffer.wrap(current.bytes(), 0, current.length()).order(ByteOrder.LITTLE_ENDIAN);
            }
            return rest;
        }

        @Override
        public boolean met() {
            return !frames.isEmpty();
        }

        @Override
        public int awaited() {
            return from;
        }
    }
}
