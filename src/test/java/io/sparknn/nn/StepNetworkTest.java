package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.d2l.CenteredLayer;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.RowResolver;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Team;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A step of a network by several workers is that of one: with dropout, and with layers that reduce over rows. */
@Tag("fast")
final class StepNetworkTest {
    private static final int ROWS = 13;
    private static final int[][] CUTS = {{13}, {6, 7}, {0, 13}, {4, 5, 4}, {5, 0, 8}, {3, 3, 3, 4}, {13, 0, 0, 0}};
    private static final float[] X = values(1, ROWS * 5);
    private static final int[] LABELS = IntStream.range(0, ROWS).map(i -> i % 3).toArray();

    /** As BatchNorm, before there is one. */
    static final class Standardized extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean(0)).div(x.var(0, false, 0).add(1e-3).sqrt());
        }
    }

    static final class Extremes extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor spread = x.max(0).sub(x.min(0)).add(x.norm(0)).add(x.std(0));
            return x.div(spread.add(1));
        }
    }

    static final class Gram extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.matmul(x.transpose(0, 1).matmul(x).div(x.size(0)).tanh());
        }
    }

    static final class Noise extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.add(randn(x.shape()).mul(0.1)).mul(rand(Shape.of(1)));
        }
    }

    static Stream<Sequential> networks() {
        return Stream.of(
                new Sequential(new Linear(5, 8), new Relu(), new Linear(8, 3)),
                new Sequential(new Linear(5, 8), new Relu(), new Dropout(0.4), new Linear(8, 3)),
                new Sequential(new Linear(5, 8), new CenteredLayer(), new Dropout(0.2), new Tanh(), new Linear(8, 3)),
                new Sequential(new Linear(5, 8), new Standardized(), new Tanh(), new Linear(8, 3), new Standardized()),
                new Sequential(new Linear(5, 8), new Tanh(), new Extremes(), new Linear(8, 3)),
                new Sequential(new Linear(5, 8), new Tanh(), new Gram(), new Linear(8, 3)),
                new Sequential(new Noise(), new Linear(5, 8), new Tanh(), new Noise(), new Linear(8, 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void workersAddUpToOne(Sequential network) {
        network.setSeed(3);
        float[][] one = null;
        double loss = 0;
        for (int[] sizes : CUTS) {
            List<Result> results =
                    Team.run(sizes.length, (rank, rows) -> step(network, rows, first(sizes, rank), sizes[rank]));
            float[][] sum = results.get(0).gradients;
            double sumOfLosses = results.get(0).loss;
            for (Result result : results.subList(1, results.size())) {
                add(result.gradients, sum);
                sumOfLosses += result.loss;
            }
            one = one == null ? sum : one;
            loss = sizes.length == 1 ? sumOfLosses : loss;
            assertThat(sumOfLosses).as(Arrays.toString(sizes)).isCloseTo(loss, within(1e-5 * loss));
            double largest =
                    Stream.of(one).mapToDouble(StepNetworkTest::size).max().orElseThrow();
            for (int i = 0; i < one.length; i++) {
                // a bias in front of a layer that takes the mean away has no gradient but rounding
                double tolerance = 1e-5 * Math.max(size(one[i]), largest / 10);
                assertClose(sum[i], one[i], tolerance, "parameter " + i + " of " + Arrays.toString(sizes));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsAgreeWithDifferences(Sequential network) {
        network.setSeed(3);
        Result result = alone(network);
        int i = 0;
        for (Parameter parameter : network.parameters().values()) {
            float[] gradient = result.gradients[i++];
            float[] direction = values(i, gradient.length);
            double expected = 0;
            double size = 0;
            for (int at = 0; at < gradient.length; at++) {
                expected += gradient[at] * direction[at];
                size += Math.abs(gradient[at] * direction[at]);
            }
            Tensor start = parameter.value();
            double slope =
                    (loss(network, parameter, start, direction, 1) - loss(network, parameter, start, direction, -1))
                            / (2 * STEP);
            parameter.set(start);
            assertThat(expected).as(parameter.name()).isCloseTo(slope, within(2e-2 * Math.max(0.1, size)));
        }
    }

    private static final double STEP = 1.0 / 256;

    private static double loss(Sequential network, Parameter parameter, Tensor start, float[] direction, int sign) {
        parameter.set(start.add(Tensor.of(direction, start.shape()).mul(sign * STEP)));
        return alone(network).loss;
    }

    private static Result alone(Sequential network) {
        return Team.run(1, (rank, rows) -> step(network, rows, 0, ROWS)).get(0);
    }

    /** What one worker gets from its rows. */
    private static final class Result {
        private final float[][] gradients;
        private final double loss;

        Result(float[][] gradients, double loss) {
            this.gradients = gradients;
            this.loss = loss;
        }
    }

    private static Result step(Sequential network, RowResolver rows, int from, int size) {
        Gradients gradients = new Gradients(new ArrayList<>(network.parameters().values()));
        long[] numbers = IntStream.range(from, from + size).asLongStream().toArray();
        float[] labels = new float[size];
        float[] weights = new float[size];
        for (int row = 0; row < size; row++) {
            labels[row] = LABELS[from + row];
            weights[row] = 0.5f + (from + row) % 2;
        }
        try (Pass pass = Pass.step(9, 2, ROWS, numbers, rows, gradients)) {
            Tensor x = pass.block(Arrays.copyOfRange(X, from * 5, (from + size) * 5), Shape.of(size, 5));
            Tensor y = network.forward(x);
            double loss = pass.backward(y.crossEntropy(pass.block(labels, Shape.of(size)), null, 0), weights);
            return new Result(gradients.arrays(), loss);
        }
    }

    private static int first(int[] sizes, int rank) {
        return IntStream.of(sizes).limit(rank).sum();
    }

    private static void add(float[][] more, float[][] sum) {
        for (int i = 0; i < sum.length; i++) {
            for (int at = 0; at < sum[i].length; at++) {
                sum[i][at] += more[i][at];
            }
        }
    }

    private static double size(float... values) {
        double size = 0;
        for (float value : values) {
            size = Math.max(size, Math.abs(value));
        }
        return size;
    }

    private static void assertClose(float[] found, float[] expected, double tolerance, String what) {
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("%s, element %d", what, i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static float[] values(long seed, int n) {
        RandomStream stream = RandomStream.of(seed, "values");
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = stream.normal();
        }
        return values;
    }
}
