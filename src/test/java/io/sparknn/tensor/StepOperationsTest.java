package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.tensor.OperationCase.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation in training steps of several workers, some without rows: their gradients add up to those of the whole,
 * which {@link GradientTest} compares with finite differences.
 */
@Tag("fast")
@SuppressWarnings("try")
final class StepOperationsTest {
    private static final long SEED = 5;

    static Stream<OperationCase> possible() {
        return OperationCases.all().filter(c -> c.rows != Rows.REFUSED && c.withoutGradient == null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("possible")
    void gradientsOfWorkersAddUpToThoseOfTheWhole(OperationCase c) {
        int rows = Stream.of(c.inputs)
                .filter(i -> i.rows)
                .findFirst()
                .orElseThrow()
                .tensor
                .size(0);
        List<float[]> expected = whole(c, rows);
        int[][] cuts = {{rows}, {1, rows - 1}, {0, rows}, {1, 0, rows - 1}, {0, 1, rows - 1, 0}};
        for (int[] sizes : cuts) {
            List<List<float[]>> parts = Team.run(sizes.length, (rank, resolver) -> part(c, sizes, rank, resolver));
            for (int leaf = 0; leaf < expected.size(); leaf++) {
                float[] total = new float[expected.get(leaf).length];
                for (List<float[]> part : parts) {
                    for (int i = 0; i < total.length; i++) {
                        total[i] += part.get(leaf)[i];
                    }
                }
                assertClose(total, expected.get(leaf), "leaf " + leaf + " cut into " + Arrays.toString(sizes));
            }
        }
    }

    private static void assertClose(float[] found, float[] expected, String what) {
        double size = IntStream.range(0, expected.length)
                .mapToDouble(i -> Math.abs(expected[i]))
                .max()
                .orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) found[i])
                    .as("%s, element %d", what, i)
                    .isCloseTo(expected[i], within(1e-5 * Math.max(1, size)));
        }
    }

    /** The gradients by all inputs of a weighted sum of the result, by one pass over all rows. */
    private static List<float[]> whole(OperationCase c, int rows) {
        Tensor[] inputs = c.tensors();
        Leaves leaves = new Leaves(c, inputs);
        Tensor weights = Tensor.of(rowWeights(0, rows), Shape.of(rows));
        int axis = resultRowAxis(c, rows);
        try (Pass pass = Pass.recording()) {
            Tensor y = c.function.apply(leaves.apply(inputs));
            lossOfRows(y, axis, Tensor.ones(rows)).mul(weights).sum().backward();
        }
        List<float[]> gradients = new ArrayList<>();
        leaves.all.forEach(leaf -> gradients.add(
                leaf.grad() == null ? new float[leaf.numel()] : leaf.grad().toArray()));
        return gradients;
    }

    private static int resultRowAxis(OperationCase c, int rows) {
        try (Pass pass = Pass.shapes(part -> part)) {
            Tensor[] inputs = c.tensors();
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = c.inputs[i].rows ? Blocks.block(pass, inputs[i], 0, rows) : inputs[i];
            }
            return pass.rowAxis(c.function.apply(inputs));
        }
    }

    /** The gradients that one worker has, with rows behind those of the workers before it. */
    private static List<float[]> part(OperationCase c, int[] sizes, int rank, RowResolver resolver) {
        int from = IntStream.of(sizes).limit(rank).sum();
        int size = sizes[rank];
        Tensor[] inputs = c.tensors();
        Leaves leaves = new Leaves(c, inputs);
        Gradients gradients = new Gradients(leaves.all);
        long[] numbers = new long[size];
        int all = IntStream.of(sizes).sum();
        for (int run = 0; run < 2; run++) {
            // the second time on used buffers
            gradients.clear();
            try (Pass pass = Pass.step(SEED, 1, all, numbers, resolver, gradients)) {
                for (int i = 0; i < inputs.length; i++) {
                    inputs[i] = c.inputs[i].rows ? block(pass, c.inputs[i].tensor, from, size) : inputs[i];
                }
                Tensor y = c.function.apply(leaves.apply(inputs));
                Tensor ones = block(pass, Tensor.ones(all), from, size);
                pass.backward(lossOfRows(y, y.rowAxis(), ones), rowWeights(from, size));
            }
        }
        return Arrays.asList(gradients.arrays());
    }

    /** A block in an array with NaNs behind its values, as arrays of fixed capacity have what was there before. */
    private static Tensor block(Pass pass, Tensor x, int from, int size) {
        if (x.lengths() != null) {
            return Blocks.ragged(pass, x, from, size, 3);
        }
        Shape shape = x.shape().with(0, size);
        int row = shape.dropFirst(1).size();
        float[] values =
                Arrays.copyOf(Arrays.copyOfRange(x.toArray(), from * row, (from + size) * row), size * row + 3);
        Arrays.fill(values, size * row, values.length, Float.NaN);
        return pass.block(values, shape);
    }

    /** One number of each row: of a result without rows, the same for all. */
    private static Tensor lossOfRows(Tensor y, int axis, Tensor ones) {
        if (axis < 0) {
            int size = y.localSize();
            Tensor weighted = y.mul(Tensor.of(Numbers.normal(3, size).toArray(), y.localShape()))
                    .sum();
            return ones.mul(weighted);
        }
        if (y.lengths() != null) {
            Tensor elements = y.localShape().rank() == 2 ? y.unsqueeze(2) : y.flatten(2);
            return elements.mul(Numbers.normal(3, elements.localShape().dim(2)))
                    .sum(1)
                    .sum(1);
        }
        Tensor rows = y;
        for (int at = axis; at > 0; at--) {
            rows = rows.transpose(at - 1, at);
        }
        Tensor flat = rows.localShape().rank() == 1 ? rows.unsqueeze(1) : rows.flatten(1);
        return flat.mul(Numbers.normal(3, flat.localShape().dim(1))).sum(1);
    }

    /** Different for each row, the same whichever worker has it. */
    private static float[] rowWeights(int from, int size) {
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = 0.5f + 0.25f * (from + i);
        }
        return weights;
    }

    /** What gradients are wanted of: inputs without rows, and a factor and a shift for each that has rows. */
    private static final class Leaves {
        private final List<Tensor> all = new ArrayList<>();
        private final Tensor[] factors;
        private final Tensor[] shifts;

        Leaves(OperationCase c, Tensor... inputs) {
            factors = new Tensor[inputs.length];
            shifts = new Tensor[inputs.length];
            for (int i = 0; i < inputs.length; i++) {
                if (c.inputs[i].differentiable && c.inputs[i].rows) {
                    int axes = inputs[i].lengths() == null ? 1 : 2;
                    int[] row = inputs[i].shape().dropFirst(axes).dims();
                    factors[i] = Tensor.ones(row).requiresGrad(true);
                    shifts[i] = Tensor.zeros(row).requiresGrad(true);
                    all.add(factors[i]);
                    all.add(shifts[i]);
                } else if (c.inputs[i].differentiable) {
                    all.add(inputs[i]);
                }
            }
        }

        Tensor[] apply(Tensor... inputs) {
            Tensor[] applied = inputs.clone();
            for (int i = 0; i < applied.length; i++) {
                applied[i] = factors[i] == null
                        ? inputs[i]
                        : inputs[i].mul(factors[i]).add(shifts[i]);
            }
            return applied;
        }
    }
}
