package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The built-in metrics, of rows with weights, and of parts that are merged. */
@Tag("fast")
final class MetricsTest {
    private static double[] sums(Metric metric, float[][]... rows) {
        double[] sums = new double[metric.size()];
        for (float[][] row : rows) {
            metric.add(sums, row[0], row[1], row.length > 2 ? row[2][0] : 1);
        }
        return sums;
    }

    private static float[][] row(float[] output, float... label) {
        return new float[][] {output, label};
    }

    private static float[][] weighted(float output, float label, float weight) {
        return new float[][] {{output}, {label}, {weight}};
    }

    @Test
    void accuracyOfClassesIsByTheLargestOutput() {
        Metric accuracy = new Accuracy();
        double[] sums = sums(
                accuracy,
                row(new float[] {1, 3, 2}, 1),
                row(new float[] {1, 3, 2}, 2),
                row(new float[] {-1, -3, -2}, 0),
                row(new float[] {2, 2, 0}, 0));
        assertThat(accuracy.value(sums)).isEqualTo(0.75);
        assertThat(accuracy.name()).isEqualTo("accuracy");
    }

    @Test
    void accuracyOfOneOutputIsByItsSign() {
        Metric accuracy = new Accuracy();
        double[] sums = sums(accuracy, weighted(2, 1, 1), weighted(-2, 1, 3), weighted(0, 0, 4));
        assertThat(accuracy.value(sums)).isEqualTo(5.0 / 8);
    }

    @Test
    void accuracyOfSeveralLabelsCountsEach() {
        Metric accuracy = new Accuracy();
        double[] sums = sums(accuracy, row(new float[] {1, -1, 1}, 1, 0, 0), row(new float[] {1, 1, -1}, 1, 1, 1));
        assertThat(accuracy.value(sums)).isEqualTo(4.0 / 6, within(1e-12));
    }

    @Test
    void distancesAreMeansOfWeightedValues() {
        float[][][] rows = {weighted(1, 3, 1), weighted(5, 4, 3)};
        assertThat(new MeanAbsoluteError().value(sums(new MeanAbsoluteError(), rows)))
                .isEqualTo(5.0 / 4);
        assertThat(new RootMeanSquaredError().value(sums(new RootMeanSquaredError(), rows)))
                .isEqualTo(Math.sqrt(7.0 / 4));
        assertThat(new MeanAbsoluteError().name()).isEqualTo("mae");
        assertThat(new RootMeanSquaredError().name()).isEqualTo("rmse");
    }

    /** Labels far from 0, where differences of sums of squares have no digits left. */
    @Test
    void theShareOfVarianceIsExactAlsoInParts() {
        Metric r2 = new RSquared();
        float[][][] left = {weighted(1_000_001, 1_000_000, 1), weighted(1_000_002, 1_000_002, 2)};
        float[][][] right = {weighted(1_000_004, 1_000_005, 1)};
        double[] merged = sums(r2, left);
        r2.merge(merged, sums(r2, right));
        r2.merge(merged, new double[r2.size()]);
        double mean = (0 + 2 * 2 + 5) / 4.0;
        double spread = mean * mean + 2 * (2 - mean) * (2 - mean) + (5 - mean) * (5 - mean);
        assertThat(r2.value(merged)).isEqualTo(1 - 2 / spread, within(1e-9));
        double[] onto = new double[r2.size()];
        r2.merge(onto, merged);
        assertThat(onto).containsExactly(merged, within(1e-9));
    }
}
