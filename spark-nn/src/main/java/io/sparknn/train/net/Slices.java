package io.sparknn.train.net;

/** Who looks after which part of a vector: equal shares, at multiples of a block. */
final class Slices {
    /** Elements of a block: 4 KB, so that no two workers write to one cache line. */
    static final int BLOCK = 1024;

    private Slices() {}

    /** Where the share of one of several begins; that of the next is where it ends. */
    static int from(int length, int index, int count) {
        long blocks = (length + (BLOCK - 1L)) / BLOCK;
        return (int) Math.min(length, blocks * index / count * BLOCK);
    }
}
