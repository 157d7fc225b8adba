package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The gradient of every operation against finite differences.
 *
 * <p>The loss is a weighted sum of the results, added up in double, so that only the rounding of the operation itself
 * counts: about 1e-7, over a step of 1/32 some 1e-5. The error of the five-point rule is of the fourth order in the step.
 */
@Tag("fast")
@SuppressWarnings("try")
final class GradientTest {
    private static final double STEP = 1.0 / 32;
    private static final double RELATIVE = 1e-3;
    private static final double ABSOLUTE = 2e-4;
    private static final int DIRECTIONS = 3;

    static Stream<OperationCase> withGradient() {
        return OperationCases.all().filter(c -> c.withoutGradient == null);
    }

    static Stream<OperationCase> withoutGradient() {
        return OperationCases.all().filter(c -> c.withoutGradient != null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withGradient")
    void agreesWithDifferencesInEveryEntry(OperationCase c) {
        Tensor[] inputs = gradients(c);
        for (int i = 0; i < inputs.length; i++) {
            for (int entry = 0; c.inputs[i].differentiable && entry < inputs[i].numel(); entry++) {
                float[][] direction = zeros(inputs);
                direction[i][entry] = 1;
                assertThat((double) inputs[i].grad().toArray()[entry])
                        .as("gradient by element %d of input %d", entry, i)
                        .isCloseTo(
                                slope(c, inputs, direction),
                                tolerance(inputs[i].grad().toArray()[entry]));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withGradient")
    void agreesWithDifferencesAlongDirections(OperationCase c) {
        Tensor[] inputs = gradients(c);
        RandomStream stream = RandomStream.of(5, c.name);
        for (int run = 0; run < DIRECTIONS; run++) {
            float[][] direction = zeros(inputs);
            double expected = 0;
            double size = 0;
            for (int i = 0; i < inputs.length; i++) {
                for (int entry = 0; c.inputs[i].differentiable && entry < direction[i].length; entry++) {
                    direction[i][entry] = stream.uniform() < 0.5f ? -1 : 1;
                    float gradient = inputs[i].grad().toArray()[entry];
                    expected += direction[i][entry] * gradient;
                    size += Math.abs(gradient);
                }
            }
            assertThat(expected).isCloseTo(slope(c, inputs, direction), tolerance(size));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withoutGradient")
    void recordsNothingWhereThereIsNoGradient(OperationCase c) {
        try (Pass pass = Pass.recording()) {
            Tensor[] inputs = c.tensors();
            for (Tensor input : inputs) {
                input.requiresGrad(true);
            }
            assertThat(c.function.apply(inputs).requiresGrad()).isFalse();
        }
    }

    @Test
    void theProductOverRowsHasTheGradientOfTheProduct() {
        Tensor a = Numbers.normal(1, 3, 5).requiresGrad(true);
        Tensor b = Numbers.normal(2, 5, 2).requiresGrad(true);
        Tensor weights = Numbers.normal(3, 3, 2);
        try (Pass pass = Pass.recording()) {
            a.matmul(b).mul(weights).sum().backward();
        }
        float[][] gradients = {new float[15], new float[10]};
        Tensor[] in = {a, b};
        new RowMatMul().backward(in, new float[6], weights.toArray(), gradients);
        assertThat(gradients[0]).isEqualTo(a.grad().toArray());
        assertThat(gradients[1]).isEqualTo(b.grad().toArray());
    }

    private static Offset<Double> tolerance(double size) {
        return within(ABSOLUTE + RELATIVE * Math.abs(size));
    }

    private static Tensor[] gradients(OperationCase c) {
        Tensor[] inputs = c.tensors();
        try (Pass pass = Pass.recording()) {
            Tensor y = c.function.apply(inputs);
            y.mul(Tensor.of(weights(y.numel()), y.shape())).sum().backward();
        }
        return inputs;
    }

    private static float[] weights(int n) {
        return Numbers.normal(3, n).toArray();
    }

    private static float[][] zeros(Tensor... inputs) {
        return Stream.of(inputs).map(input -> new float[input.numel()]).toArray(float[][]::new);
    }

    private static double slope(OperationCase c, Tensor[] inputs, float[][] direction) {
        return (8 * (loss(c, inputs, direction, 1) - loss(c, inputs, direction, -1))
                        - (loss(c, inputs, direction, 2) - loss(c, inputs, direction, -2)))
                / (12 * STEP);
    }

    private static double loss(OperationCase c, Tensor[] inputs, float[][] direction, int steps) {
        Tensor[] moved = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            float[] values = inputs[i].toArray();
            for (int entry = 0; entry < values.length; entry++) {
                values[entry] += (float) (steps * STEP) * direction[i][entry];
            }
            moved[i] = Tensor.of(values, inputs[i].shape());
        }
        float[] y = c.function.apply(moved).toArray();
        float[] weights = weights(y.length);
        double loss = 0;
        for (int i = 0; i < y.length; i++) {
            loss += (double) weights[i] * y[i];
        }
        return loss;
    }
}
