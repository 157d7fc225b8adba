package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What pooling and padding give at their edges, as PyTorch does. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class PoolingTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private static float[] of(Function<Tensor, Tensor> function, float... x) {
        return function.apply(Tensor.of(x).reshape(1, 1, -1)).toArray();
    }

    private static float[] gradient(Function<Tensor, Tensor> function, float... x) {
        Tensor leaf = Tensor.of(x).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor y = function.apply(leaf.reshape(1, 1, -1));
            y.mul(Tensor.arange(y.numel()).add(1).reshape(1, 1, -1)).sum().backward();
        }
        return leaf.grad().toArray();
    }

    @Test
    void theFirstOfEqualElementsGetsTheGradient() {
        Window two = Window.of(2).stride(2);
        assertThat(gradient(x -> x.maxPool(two), 0, 0, 3, 3, -1, -1)).containsExactly(1, 0, 2, 0, 3, 0);
        assertThat(gradient(x -> x.maxPool(two), -0f, 0f, 0f, -0f)).containsExactly(1, 0, 2, 0);
        assertThat(gradient(x -> x.maxPool(Window.of(3)), 5, 5, 5, 5)).containsExactly(1, 2, 0, 0);
        assertThat(gradient(
                        x -> x.reshape(1, 1, 2, 4)
                                .maxPool(Window.of(2, 2).stride(2))
                                .reshape(1, 1, 2),
                        7,
                        1,
                        0,
                        0,
                        7,
                        7,
                        0,
                        0))
                .containsExactly(1, 0, 2, 0, 0, 0, 0, 0);
    }

    @Test
    void aWindowWithNanIsNan() {
        Window two = Window.of(2).stride(2);
        assertThat(of(x -> x.maxPool(two), NAN, 1, 1, NAN, INFINITY, 2)).containsExactly(NAN, NAN, INFINITY);
        assertThat(gradient(x -> x.maxPool(two), NAN, 1, 1, NAN, NAN, NAN, INFINITY, 2))
                .containsExactly(1, 0, 0, 2, 0, 3, 4, 0);
        assertThat(gradient(x -> x.maxPool(Window.of(2)), -INFINITY, -INFINITY, INFINITY))
                .containsExactly(1, 0, 2);
    }

    @Test
    void paddingIsNeverTheLargest() {
        assertThat(of(x -> x.maxPool(Window.of(3).stride(2).padding(1)), -5, -4, -3, -2))
                .containsExactly(-4, -2);
    }

    @Test
    void aMeanCountsPaddingOrNot() {
        Window three = Window.of(3).stride(2).padding(1);
        assertThat(of(x -> x.avgPool(three, true), 3, 6, 9, 12, 15)).containsExactly(3, 9, 9);
        assertThat(of(x -> x.avgPool(three, false), 3, 6, 9, 12, 15)).containsExactly(4.5f, 9, 13.5f);
    }

    @Test
    void aWindowMayStickOutBehindButNotBeginThere() {
        Window two = Window.of(2).stride(2);
        assertThat(of(x -> x.maxPool(two), 1, 2, 3, 4, 5)).containsExactly(2, 4);
        assertThat(of(x -> x.maxPool(two.ceil(true)), 1, 2, 3, 4, 5)).containsExactly(2, 4, 5);
        // A window larger than the input, as PyTorch has it: cut at the end, as long as the next step is not nearer.
        assertThat(of(x -> x.maxPool(Window.of(5).stride(2).ceil(true)), 1, 2, 3, 6))
                .containsExactly(6);
        assertThat(of(x -> x.avgPool(Window.of(5).stride(2).ceil(true), true), 1, 2, 3, 6))
                .containsExactly(3);
        assertThat(of(x -> x.avgPool(Window.of(5).stride(2).padding(1).ceil(true), true), 1, 2))
                .containsExactly(0.75f);
        assertThatThrownBy(() -> of(x -> x.maxPool(Window.of(5).ceil(true)), 1, 2, 3, 4))
                .hasMessageContaining("a window of (5) does not fit into an input of (4)");
        // the mean over what lies in the padded input, as in PyTorch
        assertThat(of(x -> x.avgPool(two.ceil(true), true), 1, 2, 3, 4, 5)).containsExactly(1.5f, 3.5f, 5);
        Window far = Window.of(2).stride(3).padding(1).ceil(true);
        assertThat(of(x -> x.maxPool(far), 1, 2, 3)).containsExactly(1, 3);
        assertThat(of(x -> x.avgPool(far, true), 2, 4, 6)).containsExactly(1, 3);
        // a third window would begin in the padding behind
        assertThat(of(x -> x.maxPool(Window.of(2).stride(4).padding(1).ceil(true)), 1, 2, 3))
                .containsExactly(1);
    }

    @Test
    void aWindowThatSeesNothingIsMinusInfinity() {
        Window apart = Window.of(2).dilation(3).padding(2);
        assertThat(of(x -> x.maxPool(apart), 7)).containsExactly(-INFINITY, -INFINITY);
        assertThat(gradient(x -> x.maxPool(apart), 7)).containsExactly(0);
    }

    @Test
    void partsOverlapWhereTheSizeDoesNotDivide() {
        assertThat(of(x -> x.adaptiveAvgPool(3), 1, 2, 3, 4, 5)).containsExactly(1.5f, 3, 4.5f);
        assertThat(of(x -> x.adaptiveMaxPool(3), 1, 2, 3, 4, 5)).containsExactly(2, 4, 5);
        assertThat(of(x -> x.adaptiveAvgPool(4), 1, 3)).containsExactly(1, 1, 3, 3);
        assertThat(of(x -> x.adaptiveAvgPool(-1), 1, 3)).containsExactly(1, 3);
    }

    @Test
    void padsAsPyTorchDoes() {
        int[] two = {2};
        assertThat(of(x -> x.pad(PadMode.ZEROS, two, two), 1, 2, 3)).containsExactly(0, 0, 1, 2, 3, 0, 0);
        assertThat(of(x -> x.pad(PadMode.REFLECT, two, two), 1, 2, 3)).containsExactly(3, 2, 1, 2, 3, 2, 1);
        assertThat(of(x -> x.pad(PadMode.REPLICATE, two, two), 1, 2, 3)).containsExactly(1, 1, 1, 2, 3, 3, 3);
        assertThat(of(x -> x.pad(PadMode.CIRCULAR, two, two), 1, 2, 3)).containsExactly(2, 3, 1, 2, 3, 1, 2);
        assertThat(of(x -> x.pad(PadMode.REPLICATE, two, new int[] {0}), 1, 2)).containsExactly(1, 1, 1, 2);
    }

    @Test
    void theNameOfAModeIsPyTorchs() {
        assertThat(PadMode.of("circular")).isEqualTo(PadMode.CIRCULAR);
        assertThat(PadMode.REFLECT).hasToString("reflect");
        refuses("zeros, reflect, replicate or circular, got mirror", () -> PadMode.of("mirror"));
    }

    @Test
    void refusesWhatDoesNotFit() {
        Tensor x = Tensor.zeros(2, 3, 5);
        refuses("maxPool of (2, 3, 5): a window of (6) does not fit", () -> x.maxPool(Window.of(6)));
        refuses(
                "padding of at most half the window, got 2",
                () -> x.maxPool(Window.of(3).padding(2)));
        refuses(
                "padding of at most half the window, got 1",
                () -> x.avgPool(Window.of(1).padding(1), true));
        refuses("without dilation, got 2", () -> x.avgPool(Window.of(2).dilation(2), true));
        refuses("maxPool of (2, 3, 5) expects an input of rank 4", () -> x.maxPool(Window.of(2, 2)));
        refuses("adaptiveAvgPool of (2, 3, 5) expects an input of rank 4", () -> x.adaptiveAvgPool(2, 2));
        refuses("expects an output size of 1 or more, got [0]", () -> x.adaptiveAvgPool(0));
        refuses(
                "from 0 to 4 elements at an end of 5 for the mode reflect, got 5",
                () -> x.pad(PadMode.REFLECT, new int[] {5}, new int[] {0}));
        refuses(
                "from 0 to 5 elements at an end of 5 for the mode circular, got 6",
                () -> x.pad(PadMode.CIRCULAR, new int[] {0}, new int[] {6}));
        refuses("got [1] and [1, 1]", () -> x.pad(PadMode.ZEROS, new int[] {1}, new int[] {1, 1}));
        refuses("got -1", () -> x.pad(PadMode.ZEROS, new int[] {-1}, new int[] {1}));
    }

    private static void refuses(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
