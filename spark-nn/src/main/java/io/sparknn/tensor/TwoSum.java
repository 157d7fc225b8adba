package io.sparknn.tensor;

/**
 * Sums kept in two doubles: the rounded sum and what rounding lost.
 *
 * <p>Source: Knuth's TwoSum, TAOCP 2, 4.2.2, theorem B; as in "Accurate Sum and Dot Product", Ogita, Rump, Oishi, 2005.
 */
final class TwoSum {
    private TwoSum() {}

    /** Adds x to the pair at (sums[at], sums[at + 1]). */
    static void add(double[] sums, int at, double x) {
        double old = sums[at];
        double sum = old + x;
        double part = sum - old;
        double lost = (old - (sum - part)) + (x - part);
        sums[at] = sum;
        // An infinite or NaN sum loses nothing that could be given back: inf - inf would turn it into NaN.
        sums[at + 1] += Double.isFinite(lost) ? lost : 0;
    }

    /** The pair as one number. */
    static double value(double[] sums, int at) {
        return sums[at] + sums[at + 1];
    }
}
