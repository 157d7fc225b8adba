package io.sparknn.tensor;

/** Sums over all elements of each channel of (N, C, ...). */
final class Channels {
    private Channels() {}

    /** Adds to sums, one for each channel. */
    static void addSums(int rows, float[] x, float[] sums) {
        int size = rows == 0 ? 0 : x.length / rows / sums.length;
        for (int row = 0; row < rows; row++) {
            for (int channel = 0; channel < sums.length; channel++) {
                sums[channel] += sum(x, (row * sums.length + channel) * size, size);
            }
        }
    }

    /** Eight sums that do not wait for each other. */
    private static float sum(float[] x, int from, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        int i = from;
        for (int end = from + n / 8 * 8; i < end; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        float rest = 0;
        for (; i < from + n; i++) {
            rest += x[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7)) + rest;
    }
}
