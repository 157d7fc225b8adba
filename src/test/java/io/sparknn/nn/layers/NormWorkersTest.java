package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.RowResolver;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Team;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Training steps of several workers that share a layer give outputs, gradients and running statistics of one. */
@Tag("fast")
@SuppressWarnings("try")
final class NormWorkersTest {
    private static final int STEPS = 3;

    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of("BatchNorm1d", layer(() -> new BatchNorm1d(6)), Shape.of(7, 6)),
                Arguments.of("cumulative", layer(() -> new BatchNorm1d(6, 1e-3, null)), Shape.of(7, 6)),
                Arguments.of("plain", layer(() -> new BatchNorm1d(6, 1e-5, 0.1, false, false)), Shape.of(7, 6)),
                Arguments.of("BatchNorm1d of series", layer(() -> new BatchNorm1d(3)), Shape.of(7, 3, 5)),
                Arguments.of("BatchNorm2d", layer(() -> new BatchNorm2d(2)), Shape.of(7, 2, 3, 4)),
                Arguments.of("BatchNorm3d", layer(() -> new BatchNorm3d(2)), Shape.of(7, 2, 3, 2, 2)),
                Arguments.of(
                        "InstanceNorm2d",
                        layer(() -> new InstanceNorm2d(2, 1e-5, 0.1, true, true)),
                        Shape.of(7, 2, 3, 4)),
                Arguments.of(
                        "used twice",
                        layer(() -> {
                            BatchNorm1d shared = new BatchNorm1d(6);
                            return new Sequential(shared, new Tanh(), shared);
                        }),
                        Shape.of(7, 6)),
                Arguments.of("LayerNorm", layer(() -> new LayerNorm(6)), Shape.of(7, 6)),
                Arguments.of("GroupNorm", layer(() -> new GroupNorm(2, 4)), Shape.of(7, 4, 3)));
    }

    private static Supplier<Layer> layer(Supplier<Layer> layer) {
        return layer;
    }

    /** What a few steps gave: outputs row by row, gradients and buffers of each step. */
    private static final class Run {
        private final List<float[]> outputs = new ArrayList<>();
        private final List<float[]> gradients = new ArrayList<>();
        private final Map<String, float[]> buffers = new LinkedHashMap<>();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void areThoseOfOne(String name, Supplier<Layer> norm, Shape shape) {
        Run expected = whole(network(norm, shape), shape);
        for (int[] sizes : new int[][] {{7}, {3, 4}, {6, 1}, {2, 0, 5}, {0, 0, 7}, {1, 4, 2}}) {
            Run run = steps(network(norm, shape), shape, sizes);
            String cut = "cut into " + Arrays.toString(sizes);
            for (int step = 0; step < STEPS; step++) {
                assertThat(run.outputs.get(step)).as(cut).isEqualTo(expected.outputs.get(step));
            }
            assertThat(run.buffers.keySet()).isEqualTo(expected.buffers.keySet());
            run.buffers.forEach(
                    (path, values) -> assertThat(values).as("%s %s", path, cut).isEqualTo(expected.buffers.get(path)));
            for (int i = 0; i < expected.gradients.size(); i++) {
                assertClose(run.gradients.get(i), expected.gradients.get(i), "gradient " + i + " " + cut);
            }
        }
    }

    private static void assertClose(float[] found, float[] expected, String what) {
        double size = 1;
        for (float value : expected) {
            size = Math.max(size, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i]).as("%s at %d", what, i).isCloseTo(expected[i], within(1e-5 * size));
        }
    }

    /** A layer before it, so that the gradient of the input shows. */
    private static Layer network(Supplier<Layer> norm, Shape shape) {
        return new Sequential(new Linear(shape.last(), shape.last()), norm.get()).setSeed(5);
    }

    private static float[] numbers(String name, int n) {
        RandomStream random = RandomStream.of(3, name);
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = 2 * random.normal() + 1;
        }
        return values;
    }

    /** All rows at once, in a pass of the user's own. */
    private static Run whole(Layer network, Shape shape) {
        Run run = new Run();
        for (int step = 0; step < STEPS; step++) {
            Tensor x = Tensor.of(numbers("x" + step, shape.size()), shape);
            Map<String, float[]> before = buffers(network);
            network.parameters().values().forEach(Tensor::zeroGrad);
            try (Pass pass = Pass.training(1)) {
                Tensor y = network.forward(x);
                run.outputs.add(y.toArray());
                losses(y).mul(Tensor.of(rowWeights(0, shape.dim(0)))).sum().backward();
                assertThat(buffers(network)).usingRecursiveComparison().isEqualTo(before);
            }
            network.parameters()
                    .values()
                    .forEach(p -> run.gradients.add(p.grad().toArray()));
        }
        run.buffers.putAll(buffers(network));
        return run;
    }

    /** The rows cut; after each step the buffers take what every worker found, as the engine does it. */
    private static Run steps(Layer network, Shape shape, int... sizes) {
        Run run = new Run();
        for (int step = 0; step < STEPS; step++) {
            float[] x = numbers("x" + step, shape.size());
            int number = step;
            Map<String, float[]> before = buffers(network);
            List<Part> parts = Team.run(
                    sizes.length, (rank, resolver) -> new Part(network, shape, x, number, rank, resolver, sizes));
            assertThat(buffers(network)).usingRecursiveComparison().isEqualTo(before);
            run.outputs.add(joined(parts, shape));
            for (int i = 0; i < network.parameters().size(); i++) {
                run.gradients.add(sum(parts, i));
            }
            for (Part part : parts) {
                assertThat(part.updates.keySet()).isEqualTo(parts.get(0).updates.keySet());
                part.updates.forEach((buffer, values) ->
                        assertThat(values).isEqualTo(parts.get(0).updates.get(buffer)));
            }
            parts.get(0).updates.forEach((buffer, values) -> ((Parameter) buffer)
                    .set(Tensor.of(values, buffer.shape())));
        }
        run.buffers.putAll(buffers(network));
        return run;
    }

    private static float[] joined(List<Part> parts, Shape shape) {
        float[] all = new float[shape.size()];
        int at = 0;
        for (Part part : parts) {
            System.arraycopy(part.output, 0, all, at, part.output.length);
            at += part.output.length;
        }
        return all;
    }

    private static float[] sum(List<Part> parts, int parameter) {
        float[] sum = new float[parts.get(0).gradients[parameter].length];
        for (Part part : parts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part.gradients[parameter][i];
            }
        }
        return sum;
    }

    private static Map<String, float[]> buffers(Layer network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        network.buffers()
                .forEach((path, buffer) -> values.put(path, buffer.value().toArray()));
        return values;
    }

    /** One number of each row. */
    private static Tensor losses(Tensor y) {
        Tensor flat = y.shape().rank() > 2 ? y.flatten(1) : y;
        return flat.mul(Tensor.of(numbers("loss", flat.shape().dim(1)))).sum(1);
    }

    /** Different for each row, the same whichever worker has it. */
    private static float[] rowWeights(int from, int size) {
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = 0.5f + 0.25f * (from + i);
        }
        return weights;
    }

    /** A step of one worker. */
    private static final class Part {
        private final float[] output;
        private final float[][] gradients;
        private final Map<Tensor, float[]> updates;

        Part(Layer network, Shape shape, float[] x, int step, int rank, RowResolver resolver, int... sizes) {
            int from = IntStream.of(sizes).limit(rank).sum();
            int size = sizes[rank];
            int row = shape.dropFirst(1).size();
            long[] rowNumbers =
                    IntStream.range(from, from + size).asLongStream().toArray();
            Gradients collected = new Gradients(network.parameters().values());
            try (Pass pass = Pass.step(1, step, shape.dim(0), rowNumbers, resolver, collected)) {
                float[] own = Arrays.copyOfRange(x, from * row, (from + size) * row);
                Tensor y = network.forward(pass.block(own, shape.with(0, size)));
                output = Arrays.copyOf(pass.values(y), size * row);
                pass.backward(losses(y), rowWeights(from, size));
                updates = pass.bufferUpdates();
            }
            gradients = collected.arrays();
        }
    }
}
