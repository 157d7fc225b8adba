package io.sparknn.train.net;

import java.util.concurrent.atomic.AtomicLongArray;

/** Where the workers of a JVM meet: each counts its own arrivals and reads the counts of the others. */
final class Meeting {
    /** Elements between two counts: they are written by different workers, so they keep to different cache lines. */
    private static final int STRIDE = 16;

    private final int[] ranks;
    private final AtomicLongArray arrivals;

    Meeting(int[] ranks) {
        this.ranks = ranks;
        this.arrivals = new AtomicLongArray((ranks.length + 1) * STRIDE);
    }

    /** The view of one of them. */
    Arrival arrival(int localRank) {
        return new Arrival(localRank);
    }

    /** One worker's turns. What it wrote before arriving is seen by those who saw it arrive. */
    final class Arrival implements Patience.Condition {
        private final int localRank;
        private long turn;
        private int next;

        private Arrival(int localRank) {
            this.localRank = localRank;
        }

        void meet(Patience patience, String where) {
            turn++;
            next = 0;
            arrivals.setRelease((localRank + 1) * STRIDE, turn);
            patience.await(this, where);
        }

        @Override
        public boolean met() {
            while (next < ranks.length && arrivals.getAcquire((next + 1) * STRIDE) >= turn) {
                next++;
            }
            return next == ranks.length;
        }

        @Override
        public int awaited() {
            return ranks[Math.min(next, ranks.length - 1)];
        }
    }
}
