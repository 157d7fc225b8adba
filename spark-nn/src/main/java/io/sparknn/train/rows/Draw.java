package io.sparknn.train.rows;

/**
 * Random numbers of one class of rows in one epoch: the same for every worker, and independent of those of other classes
 * and epochs.
 *
 * <p>Source: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014); the shuffle is Durstenfeld's.
 */
final class Draw {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    Draw(long seed, long epoch, int number) {
        state = mix(mix(mix(seed + GOLDEN) + epoch * GOLDEN) + number * GOLDEN);
    }

    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A number from 0 up to a bound, by multiplication instead of division. */
    private int below(int bound) {
        state += GOLDEN;
        return (int) Math.multiplyHigh(mix(state) >>> 1, (long) bound << 1);
    }

    /** Brings the first elements into a random order. */
    void shuffle(int[] values, int length) {
        for (int i = length - 1; i > 0; i--) {
            int j = below(i + 1);
            int value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }
}
