package io.sparknn.tensor;

/**
 * A stream of random numbers that depends on a seed and a path alone.
 *
 * <p>Two streams of different paths are independent, and what one draws never shifts what another draws: so the order
 * in which layers are made, and whether they are lazy or eager, changes no initial value. The i-th number is a hash of
 * (key, i), so a stream can also be read at any place: {@link #uniformAt} gives the numbers of one row without drawing
 * those of the rows before it.
 *
 * <p>Source: the mixing function is the finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
 */
public final class RandomStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final float UNIT = 0x1p-24f;

    private final long key;
    private long drawn;

    private RandomStream(long key) {
        this.key = key;
    }

    /**
     * The stream of a seed and a path.
     *
     * @param seed the seed
     * @param path names the stream, such as {@code 0.weight}
     * @return a new stream at its start
     */
    public static RandomStream of(long seed, String path) {
        return new RandomStream(key(seed, path));
    }

    /** The key of a seed and a path: FNV-1a over the path's characters, then mixed with the seed. */
    static long key(long seed, String path) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < path.length(); i++) {
            hash = (hash ^ path.charAt(i)) * 0x100000001b3L;
        }
        return mix(mix(seed + GOLDEN) ^ hash);
    }

    /** A key derived from another one and a number, such as a row's. */
    static long key(long key, long number) {
        return mix(key + GOLDEN * (number + 1));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The number at a place of the stream of a key, uniform over [0, 1). */
    static float uniformAt(long key, long place) {
        return (mix(key + GOLDEN * (place + 1)) >>> 40) * UNIT;
    }

    /**
     * Numbers at places one after the other, uniform over [0, 1), for whole arrays: two from each hash, so others than
     * {@link #uniformAt} gives.
     */
    static void uniforms(long key, int place, float[] values, int to, int length) {
        int i = 0;
        if ((place & 1) == 1 && length > 0) {
            values[to + i++] = second(pair(key, place >> 1));
        }
        for (; i < length - 1; i += 2) {
            long pair = pair(key, (place + i) >> 1);
            values[to + i] = first(pair);
            values[to + i + 1] = second(pair);
        }
        if (i < length) {
            values[to + i] = first(pair(key, (place + i) >> 1));
        }
    }

    private static long pair(long key, int number) {
        return mix(key + GOLDEN * (number + 1L));
    }

    private static float first(long pair) {
        return (int) (pair >>> 40) * UNIT;
    }

    private static float second(long pair) {
        return ((int) pair >>> 8) * UNIT;
    }

    /** The number at a place of the stream of a key, normal with mean 0 and deviation 1, by Box and Muller. */
    static float normalAt(long key, long place) {
        long bits = mix(key + GOLDEN * (place + 1));
        double radius = StrictMath.sqrt(-2 * StrictMath.log(((bits >>> 32) + 1) * 0x1p-32));
        return (float) (radius * StrictMath.cos(2 * Math.PI * ((bits & 0xFFFFFFFFL) * 0x1p-32)));
    }

    /**
     * The next number, uniform over [0, 1).
     *
     * @return a multiple of 2⁻²⁴
     */
    public float uniform() {
        return uniformAt(key, drawn++);
    }

    /**
     * The next number, uniform over [low, high).
     *
     * @param low lower bound
     * @param high upper bound
     * @return the number
     */
    public float uniform(double low, double high) {
        return (float) (low + (high - low) * uniform());
    }

    /**
     * The next number, normal with mean 0 and standard deviation 1.
     *
     * @return the number
     */
    public float normal() {
        return normalAt(key, drawn++);
    }
}
