package io.sparknn.train.net;

/**
 * What one worker does for sums and gathering between JVMs. It deals with those workers elsewhere whose slices overlap
 * its own, so the workers of a JVM share the work and need not meet for it.
 *
 * <p>Between two JVMs, and for short vectors, each sends its part to all, and all add up. Otherwise the blocks of the
 * vector are dealt out in turn to the JVMs: each sends its part of a block to the JVM that owns it, which adds up and
 * sends the sum to all. The order of adding is that of the JVMs in both cases.
 */
final class Exchange {
    /**
     * Floats from which on it pays to deal out blocks among three JVMs or more. Between four on one machine of two cores,
     * 30,000 floats took as long either way, 101,770 half as long and 1,048,576 a third as long when dealt out.
     */
    static final int DEALT_FROM = 65_536;

    /** Elements added up at a time. */
    private static final int STRETCH = 16 * Slices.BLOCK;

    /** Stands for a JVM: each owns all blocks. */
    private static final int EACH = -1;

    private final Roster roster;
    private final int group;
    private final int groups;
    private final int localRank;
    private final int localSize;
    private final Outgoing[] outgoing;
    private final Incoming.Reader[] incoming;
    private final float[][] parts;

    Exchange(Party party, Links links, int rank, Patience patience) {
        this.roster = party.company().roster();
        this.group = roster.groupOf(rank);
        this.groups = roster.groups();
        this.localRank = roster.localRankOf(rank);
        this.localSize = roster.group(group).length;
        this.outgoing = new Outgoing[roster.size()];
        this.incoming = new Incoming.Reader[roster.size()];
        this.parts = new float[groups][STRETCH];
        for (int other = 0; other < roster.size(); other++) {
            if (roster.groupOf(other) != group) {
                outgoing[other] = new Outgoing(party, links.other(roster.groupOf(other)), rank, other);
                incoming[other] = party.incoming(other, rank).reader(other, rank, patience);
            }
        }
    }

    /** What is done for a worker elsewhere. */
    private interface Deed {
        void with(int other);
    }

    /** What is done with elements of the arrays laid end to end. */
    private interface Action {
        void on(int from, int to);
    }

    /** Not all begin with the first JVM, which would have to take everything at once. */
    private void eachToSend(Deed deed) {
        for (int step = 1; step < groups; step++) {
            for (int other : roster.group((group + step) % groups)) {
                deed.with(other);
            }
        }
    }

    private void eachToReceive(Deed deed) {
        for (int step = 1; step < groups; step++) {
            for (int other : roster.group((group + groups - step) % groups)) {
                deed.with(other);
            }
        }
    }

    /** Whether this worker sends the other what all workers of its JVM have to say: one does. */
    private boolean speaksTo(int other) {
        return roster.localRankOf(other) % localSize == localRank;
    }

    private boolean hears(int other) {
        return localRank % roster.group(roster.groupOf(other)).length == roster.localRankOf(other);
    }

    /** Fills in the parts of workers elsewhere. */
    void gather(byte[][] byRank, int round) {
        int[] locals = roster.group(group);
        long length = 0;
        for (int local : locals) {
            length += Integer.BYTES + byRank[local].length;
        }
        long bytes = length;
        eachToSend(other -> {
            if (speaksTo(other)) {
                outgoing[other].begin(round, bytes);
                for (int local : locals) {
                    outgoing[other].put(byRank[local].length);
                    outgoing[other].put(byRank[local]);
                }
            }
        });
        eachToReceive(other -> {
            if (hears(other)) {
                incoming[other].begin(round, "gather");
                for (int there : roster.group(roster.groupOf(other))) {
                    byRank[there] = new byte[incoming[other].getInt()];
                    incoming[other].get(byRank[there]);
                }
            }
        });
    }

    /**
     * Adds up over JVMs what was added up in each.
     *
     * @param total the sum of this JVM in the slice of this worker; the sum of all afterwards
     * @param numbers those of the workers here by rank; those of all afterwards
     */
    void sum(Spans spans, float[][] total, double[][] numbers, int count, int round) {
        boolean dealt = groups > 2 && spans.length() >= DEALT_FROM;
        eachToSend(other -> {
            int owner = dealt ? roster.groupOf(other) : EACH;
            send(spans, total, other, owner, speaksTo(other) ? numbers : null, count, round);
        });
        eachToReceive(other -> {
            incoming[other].begin(round, "sum");
            if (hears(other)) {
                receiveNumbers(other, numbers, count);
            }
        });
        runs(from(spans, localRank), from(spans, localRank + 1), dealt ? group : EACH, (from, to) -> {
            addUp(spans, total, from, to);
        });
        if (dealt) {
            eachToSend(other -> send(spans, total, other, group, null, 0, round));
            eachToReceive(other -> receive(spans, total, other));
        }
    }

    private void send(Spans spans, float[][] total, int other, int owner, double[][] numbers, int count, int round) {
        Outgoing out = outgoing[other];
        int low = low(spans, other);
        int high = high(spans, other);
        long length = floats(low, high, owner) * Float.BYTES
                + (numbers == null ? 0L : (long) localSize * count * Double.BYTES);
        if (length == 0) {
            return;
        }
        out.begin(round, length);
        if (numbers != null) {
            for (int local : roster.group(group)) {
                for (double number : numbers[local]) {
                    out.put(number);
                }
            }
        }
        runs(low, high, owner, (from, to) -> spans.each(from, to, (array, i, j) -> out.put(total[array], i, j)));
    }

    private void receiveNumbers(int other, double[][] numbers, int count) {
        for (int there : roster.group(roster.groupOf(other))) {
            numbers[there] = new double[count];
            for (int i = 0; i < count; i++) {
                numbers[there][i] = incoming[other].getDouble();
            }
        }
    }

    /** Adds up the parts of all JVMs, in their order. */
    private void addUp(Spans spans, float[][] total, int from, int to) {
        copy(spans, total, from, to, true);
        eachToReceive(other -> {
            int low = Math.max(from, low(spans, other));
            int high = Math.min(to, high(spans, other));
            if (low < high) {
                incoming[other].get(parts[roster.groupOf(other)], low - from, high - from);
            }
        });
        PairwiseSum.add(parts, parts[0], 0, to - from);
        copy(spans, total, from, to, false);
    }

    private void copy(Spans spans, float[][] total, int from, int to, boolean out) {
        int[] at = {0};
        spans.each(from, to, (array, i, j) -> {
            if (out) {
                System.arraycopy(total[array], i, parts[group], at[0], j - i);
            } else {
                System.arraycopy(parts[0], at[0], total[array], i, j - i);
            }
            at[0] += j - i;
        });
    }

    /** Takes the sums of the blocks that the other's JVM owns. */
    private void receive(Spans spans, float[][] total, int other) {
        runs(low(spans, other), high(spans, other), roster.groupOf(other), (from, to) -> {
            spans.each(from, to, (array, i, j) -> incoming[other].get(total[array], i, j));
        });
    }

    private int from(Spans spans, int local) {
        return Slices.from(spans.length(), local, localSize);
    }

    /** Where the slice of a worker elsewhere and that of this one begin to overlap. */
    private int low(Spans spans, int other) {
        int size = roster.group(roster.groupOf(other)).length;
        return Math.max(from(spans, localRank), Slices.from(spans.length(), roster.localRankOf(other), size));
    }

    private int high(Spans spans, int other) {
        int size = roster.group(roster.groupOf(other)).length;
        return Math.min(from(spans, localRank + 1), Slices.from(spans.length(), roster.localRankOf(other) + 1, size));
    }

    /** Runs through a range, which begins at a block: by stretches, or the blocks of one owner. */
    private void runs(int from, int to, int owner, Action action) {
        int length = owner == EACH ? STRETCH : Slices.BLOCK;
        for (long at = first(from, owner); at < to; at += step(owner)) {
            action.on((int) at, (int) Math.min(to, at + length));
        }
    }

    private long floats(int from, int to, int owner) {
        long[] floats = {0};
        runs(from, to, owner, (low, high) -> floats[0] += high - low);
        return floats[0];
    }

    private long first(int from, int owner) {
        if (owner == EACH) {
            return from;
        }
        int block = from / Slices.BLOCK;
        return (block + Math.floorMod(owner - block, groups)) * (long) Slices.BLOCK;
    }

    private long step(int owner) {
        return owner == EACH ? STRETCH : (long) groups * Slices.BLOCK;
    }

    /** Tells all workers elsewhere, after everything else that was sent to them. */
    void leave(Party party, Links links, int rank) {
        for (int other = 0; other < groups; other++) {
            if (other != group) {
                Post.send(links.other(other), Kind.LEFT, party.address().ticket(), rank, -1);
            }
        }
    }
}
