package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Tensor;
import java.util.function.DoubleSupplier;

/** Checks the gradients of a layer against differences of its output, weighted so that no entry is like another. */
@SuppressWarnings("try")
final class Slopes {
    private static final float STEP = 1f / 64;

    private Slopes() {}

    /** Fails unless the gradient of every parameter, and of the input, is the slope. The layer must be smooth at x. */
    static void check(Layer layer, Tensor x) {
        Tensor input = Tensor.of(x.toArray(), x.shape()).requiresGrad(true);
        layer.parameters().values().forEach(Parameter::zeroGrad);
        try (Pass pass = Pass.recording()) {
            Tensor y = layer.forward(input);
            y.mul(weights(y)).sum().backward();
        }
        layer.parameters().forEach((path, parameter) -> {
            Tensor before = parameter.value();
            for (int i = 0; i < before.numel(); i++) {
                int entry = i;
                double slope = slope(step -> {
                    parameter.set(moved(before, entry, step));
                    return loss(layer, x);
                });
                parameter.set(before);
                assertThat((double) parameter.grad().toArray()[i])
                        .as("gradient of %s[%d]", path, i)
                        .isCloseTo(slope, within(1e-3 + 1e-3 * Math.abs(slope)));
            }
        });
        for (int i = 0; i < x.numel(); i++) {
            int entry = i;
            double slope = slope(step -> loss(layer, moved(x, entry, step)));
            assertThat((double) input.grad().toArray()[i])
                    .as("gradient of the input[%d]", i)
                    .isCloseTo(slope, within(1e-3 + 1e-3 * Math.abs(slope)));
        }
    }

    private interface Loss {
        double at(int step);
    }

    /** The five-point rule: its error is of the fourth order in the step. */
    private static double slope(Loss loss) {
        DoubleSupplier near = () -> loss.at(1) - loss.at(-1);
        DoubleSupplier far = () -> loss.at(2) - loss.at(-2);
        return (8 * near.getAsDouble() - far.getAsDouble()) / (12 * STEP);
    }

    private static Tensor moved(Tensor from, int entry, int steps) {
        float[] values = from.toArray();
        values[entry] += steps * STEP;
        return Tensor.of(values, from.shape());
    }

    private static Tensor weights(Tensor y) {
        return Data.normal(99, y.shape().dims());
    }

    private static double loss(Layer layer, Tensor x) {
        Tensor y = layer.forward(x);
        float[] values = y.toArray();
        float[] weights = weights(y).toArray();
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += (double) values[i] * weights[i];
        }
        return sum;
    }
}
