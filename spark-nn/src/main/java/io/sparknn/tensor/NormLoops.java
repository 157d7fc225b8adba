package io.sparknn.tensor;

/**
 * The loops of normalisation over a run of neighbours that share one mean. They are plain loops of one index, which the
 * compiler turns into vector code.
 *
 * <p>A mean travels as two floats: subtracting both in turn loses nothing where the mean is large beside the deviation.
 */
final class NormLoops {
    private NormLoops() {}

    static float high(double mean) {
        return (float) mean;
    }

    static float low(double mean) {
        return (float) (mean - (float) mean);
    }

    /** {@code y = (x - mean) · scale + shift}. */
    static void apply(float[] x, float[] y, int from, int to, float high, float low, float scale, float shift) {
        for (int at = from; at < to; at++) {
            y[at] = ((x[at] - high) - low) * scale + shift;
        }
    }

    /** {@code gx += gy · scale - (shift + (x - mean) · slope)}. */
    static void backward(
            float[] x,
            float[] gy,
            float[] gx,
            int from,
            int to,
            float high,
            float low,
            float scale,
            float shift,
            float slope) {
        for (int at = from; at < to; at++) {
            gx[at] += gy[at] * scale - (shift + ((x[at] - high) - low) * slope);
        }
    }

    /** Four sums side by side, which do not wait for each other; in an order that depends on the length alone. */
    static double sum(float[] x, int from, int to) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = from;
        for (; at < to - 3; at += 4) {
            a += x[at];
            b += x[at + 1];
            c += x[at + 2];
            d += x[at + 3];
        }
        for (; at < to; at++) {
            a += x[at];
        }
        return (a + b) + (c + d);
    }

    /** {@code Σ (x - mean)²}. */
    static double squares(float[] x, int from, int to, double mean) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = from;
        for (; at < to - 3; at += 4) {
            double p = x[at] - mean;
            double q = x[at + 1] - mean;
            double r = x[at + 2] - mean;
            double s = x[at + 3] - mean;
            a += p * p;
            b += q * q;
            c += r * r;
            d += s * s;
        }
        for (; at < to; at++) {
            double p = x[at] - mean;
            a += p * p;
        }
        return (a + b) + (c + d);
    }

    /** {@code Σ gy · (x - mean)}. */
    static double products(float[] gy, float[] x, int from, int to, double mean) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int at = from;
        for (; at < to - 3; at += 4) {
            a += gy[at] * (x[at] - mean);
            b += gy[at + 1] * (x[at + 1] - mean);
            c += gy[at + 2] * (x[at + 2] - mean);
            d += gy[at + 3] * (x[at + 3] - mean);
        }
        for (; at < to; at++) {
            a += gy[at] * (x[at] - mean);
        }
        return (a + b) + (c + d);
    }
}
