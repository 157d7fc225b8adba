package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clipping against PyTorch's figures, slice by slice. */
@Tag("fast")
final class GradientClippingTest {
    @Test
    void clipsByTheNormOfAllParameters() {
        Golden golden = Golden.load("clip_grad_norm");
        float[] first = golden.tensor("grad.0").toArray();
        float[] second = golden.tensor("grad.1").toArray();
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        // two workers whose slices do not end where parameters do
        double sum = GradientClipping.sumOfSquares(all, 0, 5) + GradientClipping.sumOfSquares(all, 5, all.length);
        assertThat((float) Math.sqrt(sum)).isCloseTo(golden.tensor("norm").item(), within(1e-6f));
        double maxNorm = ((Number) golden.args().get("max_norm")).doubleValue();
        GradientClipping.byNorm(all, 0, 5, maxNorm, sum);
        GradientClipping.byNorm(all, 5, all.length, maxNorm, sum);
        Tensor clipped = Tensor.of(all);
        golden.check("clipped.0", clipped.slice(0, 0, 12).reshape(4, 3), 1e-6, 1e-8);
        golden.check("clipped.1", clipped.slice(0, 12, 19), 1e-6, 1e-8);
    }

    @Test
    void leavesShortGradientsAsTheyAre() {
        float[] gradients = {0.3f, -0.4f};
        GradientClipping.byNorm(gradients, 0, 2, 1, 0.25);
        assertThat(gradients).containsExactly(0.3f, -0.4f);
    }

    @Test
    void clipsByValueWithinTheSlice() {
        float[] gradients = {9, -3, 0.5f, 3, Float.NaN, -9};
        GradientClipping.byValue(gradients, 1, 5, 2);
        assertThat(gradients).containsExactly(9, -2, 0.5f, 2, Float.NaN, -9);
    }

    @Test
    void refusesBoundsThatAreNone() {
        float[] gradients = {1};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientClipping.byNorm(gradients, 0, 1, 0, 1))
                .withMessageContaining("clipping by norm expects a norm above 0, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GradientClipping.byValue(gradients, 0, 1, -1))
                .withMessageContaining("clipping by value expects a limit above 0, got -1.0");
    }
}
