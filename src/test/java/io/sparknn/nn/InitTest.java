package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every initialiser against its formula, on tensors so large that chance does not show. */
@Tag("fast")
final class InitTest {
    /** A matrix of fan-in 300 and fan-out 500, and a convolution of fan-in 60 · 9 and fan-out 80 · 9. */
    private static final int[] MATRIX = {500, 300};

    private static final int[] KERNELS = {80, 60, 3, 3};

    static Stream<Arguments> uniform() {
        double a = Math.sqrt(5);
        return Stream.of(
                Arguments.of(Init.uniform(-0.5, 0.5), MATRIX, 0.5),
                Arguments.of(Init.xavierUniform(), MATRIX, Math.sqrt(6.0 / 800)),
                Arguments.of(Init.xavierUniform(Gain.tanh()), MATRIX, 5.0 / 3 * Math.sqrt(6.0 / 800)),
                Arguments.of(Init.xavierUniform(), KERNELS, Math.sqrt(6.0 / (540 + 720))),
                Arguments.of(Init.kaimingUniform(), MATRIX, Math.sqrt(6.0 / 300)),
                Arguments.of(Init.kaimingUniform(), KERNELS, Math.sqrt(6.0 / 540)),
                Arguments.of(Init.kaimingUniform(Gain.relu(), Fan.OUT), MATRIX, Math.sqrt(6.0 / 500)),
                Arguments.of(Init.kaimingUniform(Gain.linear(), Fan.OUT), KERNELS, Math.sqrt(3.0 / 720)),
                // PyTorch's default of linear and convolution: slope √5, so the bound is 1/√fan.
                Arguments.of(Init.kaimingUniform(Gain.leakyRelu(a), Fan.IN), MATRIX, 1 / Math.sqrt(300)),
                Arguments.of(Init.kaimingUniform(Gain.leakyRelu(a), Fan.IN), KERNELS, 1 / Math.sqrt(540)));
    }

    static Stream<Arguments> normal() {
        return Stream.of(
                Arguments.of(Init.normal(), MATRIX, 0.0, 1.0),
                Arguments.of(Init.normal(3, 0.01), MATRIX, 3.0, 0.01),
                Arguments.of(Init.xavierNormal(), MATRIX, 0.0, Math.sqrt(2.0 / 800)),
                Arguments.of(Init.xavierNormal(Gain.selu()), KERNELS, 0.0, 0.75 * Math.sqrt(2.0 / 1260)),
                Arguments.of(Init.kaimingNormal(), MATRIX, 0.0, Math.sqrt(2.0 / 300)),
                Arguments.of(Init.kaimingNormal(), KERNELS, 0.0, Math.sqrt(2.0 / 540)),
                Arguments.of(
                        Init.kaimingNormal(Gain.leakyRelu(0.01), Fan.OUT),
                        MATRIX,
                        0.0,
                        Math.sqrt(2 / (1 + 1e-4) / 500)));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("uniform")
    void aUniformOneFillsItsBounds(Init init, int[] shape, double bound) {
        float[] values = drawn(init, shape);
        double std = bound / Math.sqrt(3);
        double[] moments = moments(values);
        assertThat(moments[0]).isCloseTo(0, within(5 * std / Math.sqrt(values.length)));
        assertThat(moments[1]).isCloseTo(std, within(0.01 * std));
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat((double) largest).isBetween(0.999 * bound, bound * (1 + 1e-6));
    }

    @ParameterizedTest(name = "{0} {3}")
    @MethodSource("normal")
    void aNormalOneHasItsMoments(Init init, int[] shape, double mean, double std) {
        float[] values = drawn(init, shape);
        double[] moments = moments(values);
        assertThat(moments[0]).isCloseTo(mean, within(5 * std / Math.sqrt(values.length)));
        assertThat(moments[1]).isCloseTo(std, within(0.02 * std));
        int beyondTwo = 0;
        for (float value : values) {
            beyondTwo += Math.abs(value - mean) > 2 * std ? 1 : 0;
        }
        assertThat((double) beyondTwo / values.length).isCloseTo(0.0455, within(0.005));
    }

    @Test
    void constants() {
        assertThat(drawn(Init.zeros(), 2, 3)).containsOnly(0f);
        assertThat(drawn(Init.ones(), 2, 3)).containsOnly(1f);
        assertThat(drawn(Init.constant(0.25), 7)).containsOnly(0.25f);
    }

    @Test
    void truncatedNormalStaysWithinItsBounds() {
        float[] values = drawn(Init.truncatedNormal(0, 1, -2, 2), MATRIX);
        for (float value : values) {
            assertThat(value).isBetween(-2f, 2f);
        }
        // Of the normal distribution cut at two deviations: √(1 - 4 φ(2) / (2 Φ(2) - 1)).
        assertThat(moments(values)[0]).isCloseTo(0, within(0.01));
        assertThat(moments(values)[1]).isCloseTo(0.87962566, within(0.01));
    }

    @Test
    void truncatedNormalOnOneSide() {
        float[] values = drawn(Init.truncatedNormal(0, 2, 0, 100), MATRIX);
        assertThat(moments(values)[0]).isCloseTo(2 * Math.sqrt(2 / Math.PI), within(0.02));
    }

    @Test
    void orthogonalRowsOrColumnsAreOrthonormal() {
        for (int[] shape : new int[][] {{20, 50}, {50, 20}, {30, 30}, {8, 3, 2, 2}}) {
            Tensor w =
                    Tensor.of(drawn(Init.orthogonal(2), shape), Shape.of(shape)).flatten(1);
            boolean wide = w.size(0) <= w.size(1);
            Tensor gram = wide ? w.matmul(w.transpose(0, 1)) : w.transpose(0, 1).matmul(w);
            float[] expected = Tensor.eye(gram.size(0)).mul(4).toArray();
            assertThat(gram.toArray()).containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void eyeHasOnesOnItsDiagonal() {
        assertThat(drawn(Init.eye(), 2, 3)).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(drawn(Init.eye(), 3, 2)).containsExactly(1, 0, 0, 1, 0, 0);
    }

    @Test
    void gainsArePyTorchs() {
        assertThat(Gain.linear()).isEqualTo(1);
        assertThat(Gain.tanh()).isEqualTo(5.0 / 3);
        assertThat(Gain.relu()).isEqualTo(Math.sqrt(2));
        assertThat(Gain.leakyRelu(0.01)).isCloseTo(1.4141428569978354, within(1e-15));
        assertThat(Gain.selu()).isEqualTo(0.75);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("expects low <= high, got 1.0 and 0.0", (Runnable) () -> Init.uniform(1, 0)),
                Arguments.of("standard deviation of 0 or more, got -1.0", (Runnable) () -> Init.normal(0, -1)),
                Arguments.of("above 0 and low < high", (Runnable) () -> Init.truncatedNormal(0, 1, 2, -2)),
                Arguments.of("above 0 and low < high", (Runnable) () -> Init.truncatedNormal(0, 0, -2, 2)),
                Arguments.of("bounds that values reach", (Runnable) () -> drawn(Init.truncatedNormal(0, 1, 90, 91), 1)),
                Arguments.of("rank 2 or more, got shape (5)", (Runnable) () -> drawn(Init.xavierUniform(), 5)),
                Arguments.of("rank 2 or more, got shape (5)", (Runnable) () -> drawn(Init.kaimingNormal(), 5)),
                Arguments.of("rank 2 or more, got shape (5)", (Runnable) () -> drawn(Init.orthogonal(), 5)),
                Arguments.of("rank 2, got shape (5, 2, 2)", (Runnable) () -> drawn(Init.eye(), 5, 2, 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String message, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static float[] drawn(Init init, int... shape) {
        float[] values = new float[Shape.of(shape).size()];
        init.fill(values, Shape.of(shape), RandomStream.of(17, "init"));
        return values;
    }

    /** Mean and standard deviation. */
    private static double[] moments(float... values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (float value : values) {
            squares += (value - mean) * (value - mean);
        }
        return new double[] {mean, Math.sqrt(squares / values.length)};
    }
}
