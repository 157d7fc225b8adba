package io.sparknn.examples.benchmarks;

import java.util.Arrays;

/**
 * What several measurements came to.
 *
 * @param median the one in the middle, of an even number the mean of the two there
 * @param min the least
 * @param max the greatest
 */
record Spread(double median, double min, double max) {

    static Spread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("a spread expects measurements, got none");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
    }
}
