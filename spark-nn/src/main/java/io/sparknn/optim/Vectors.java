package io.sparknn.optim;

/** Sums over flat arrays, in double and in a fixed order. */
final class Vectors {
    private Vectors() {}

    /** Four sums side by side, since one alone waits for each addition. */
    static double dot(float[] a, float[] b, int from, int to) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            s0 += (double) a[i] * b[i];
            s1 += (double) a[i + 1] * b[i + 1];
            s2 += (double) a[i + 2] * b[i + 2];
            s3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < to; i++) {
            s0 += (double) a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }

    static double dot(float[] a, float[] b) {
        return dot(a, b, 0, a.length);
    }

    static double largest(float... a) {
        float largest = 0;
        for (float value : a) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static double sumOfSizes(float... a) {
        double sum = 0;
        for (float value : a) {
            sum += Math.abs(value);
        }
        return sum;
    }

    /** Adds a multiple of b to a. */
    static void add(float[] a, double factor, float[] b) {
        float by = (float) factor;
        for (int i = 0; i < a.length; i++) {
            a[i] += by * b[i];
        }
    }

    static float[] scaled(float[] a, double factor) {
        float by = (float) factor;
        float[] result = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            result[i] = by * a[i];
        }
        return result;
    }
}
