package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Gradients where there is none: at kinks, ties and zeros they are PyTorch's. */
@Tag("fast")
@SuppressWarnings("try")
final class KinkTest {
    private static float[] gradient(UnaryOperator<Tensor> function, double... values) {
        Tensor x = Tensor.of(values).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            function.apply(x).sum().backward();
        }
        return x.grad().toArray();
    }

    @Test
    void boundsAreFlatInActivationsButNotInClamp() {
        assertThat(gradient(Tensor::relu, -1, 0, 1)).containsExactly(0, 0, 1);
        assertThat(gradient(Tensor::relu6, 0, 6, 5)).containsExactly(0, 0, 1);
        assertThat(gradient(Tensor::hardTanh, -1, 1, 0)).containsExactly(0, 0, 1);
        assertThat(gradient(Tensor::hardSigmoid, -3, 3)).containsExactly(0, 0);
        assertThat(gradient(x -> x.clamp(-1, 1), -1, 1, 1.5)).containsExactly(1, 1, 0);
        assertThat(gradient(Tensor::abs, 0)).containsExactly(0);
        assertThat(gradient(x -> x.leakyRelu(0.5), 0)).containsExactly(0.5f);
    }

    @Test
    void nanLetsTheGradientOfTheRectifierPass() {
        assertThat(gradient(Tensor::relu, Double.NaN)).containsExactly(1);
    }

    @Test
    void tiesShareTheGradient() {
        assertThat(gradient(Tensor::max, 3, 1, 3)).containsExactly(0.5f, 0, 0.5f);
        assertThat(gradient(Tensor::min, 1, 1, 3)).containsExactly(0.5f, 0.5f, 0);
        assertThat(gradient(x -> x.maximum(Tensor.of(1, 2)), 1, 3)).containsExactly(0.5f, 1);
        assertThat(gradient(x -> x.minimum(Tensor.of(1, 2)), 1, 3)).containsExactly(0.5f, 0);
    }

    @Test
    void deviationsAndNormsOfZeroAreFlat() {
        assertThat(gradient(Tensor::std, 2, 2, 2)).containsExactly(0, 0, 0);
        assertThat(gradient(Tensor::norm, 0, 0)).containsExactly(0, 0);
    }

    @Test
    void powersAtZeroAreFlatWhereTheyAreDefined() {
        assertThat(gradient(x -> x.pow(0), 0)).containsExactly(0);
        assertThat(gradient(x -> x.pow(2), 0)).containsExactly(0);
        assertThat(gradient(x -> Tensor.of(0).pow(x), 2)).containsExactly(0);
        assertThat(gradient(x -> x.pow(Tensor.of(0)), 0)).containsExactly(0);
    }
}
