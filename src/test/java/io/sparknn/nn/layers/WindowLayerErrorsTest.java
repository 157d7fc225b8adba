package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What convolutions and pooling refuse, and what they say. */
@Tag("fast")
final class WindowLayerErrorsTest {
    private static final int[] THREE = {3};

    static Stream<Arguments> arguments() {
        return Stream.of(
                bad("Conv2d expects inChannels of 1 or more, got 0", () -> new Conv2d(0, 2, 3)),
                bad("Conv2d expects outChannels of 1 or more, got -1", () -> new Conv2d(2, -1, 3)),
                bad("Conv2d expects kernelSize of 1 or more, got 0", () -> new Conv2d(2, 2, 0)),
                bad("Conv2d expects kernelSize as one number or 2, got 3", () -> new Conv2d(2, 2, new int[3], 1, true)),
                bad("Conv2d expects groups of 1 or more, got 0", () -> new Conv2d(2, 2, THREE, 0, true)),
                bad(
                        "Conv2d expects inChannels to be a multiple of groups, got 3 channels in 2 groups",
                        () -> new Conv2d(3, 2, THREE, 2, true)),
                bad(
                        "Conv2d expects outChannels to be a multiple of groups, got 3 channels in 2 groups",
                        () -> new Conv2d(2, 3, THREE, 2, true)),
                bad("Conv1d expects stride of 1 or more, got 0", () -> new Conv1d(1, 1, 3, 0, 0)),
                bad("Conv1d expects padding of 0 or more, got -1", () -> new Conv1d(1, 1, 3, 1, -1)),
                bad("Conv2d expects stride as one number or 2, got 3", () -> new Conv2d(1, 1, 3).setStride(1, 2, 3)),
                bad("Conv2d expects dilation of 1 or more, got 0", () -> new Conv2d(1, 1, 3).setDilation(0)),
                bad("Conv2d expects padding as same, valid, or a number", () -> new Conv2d(1, 1, 3).setPadding("full")),
                bad("Conv2d expects padding as one number or 2, got 3", () -> new Conv2d(1, 1, 3)
                        .setPadding("1, 2, 3")),
                bad("Conv2d expects padding of 0 or more, got -2", () -> new Conv2d(1, 1, 3).setPadding("-2")),
                bad("MaxPool2d expects padding as a number for all axes or for each, got \"same\"", () -> {
                    MaxPool2d pool = new MaxPool2d(3);
                    pool.set("padding", "same");
                    pool.forward(Tensor.zeros(1, 1, 5, 5));
                }),
                bad("ConvTranspose2d expects padding as a number for all axes or for each, got \"valid\"", () -> {
                    ConvTranspose2d conv = new ConvTranspose2d(1, 1, 3);
                    conv.set("padding", "valid");
                    conv.forward(Tensor.zeros(1, 1, 5, 5));
                }),
                bad(
                        "Conv2d expects paddingMode to be zeros, reflect, replicate or circular, got mirror",
                        () -> new Conv2d(1, 1, 3).setPaddingMode("mirror")),
                bad("ConvTranspose2d expects outputPadding of 0 or more", () -> new ConvTranspose2d(1, 1, 3)
                        .setOutputPadding(-1)),
                bad("ConvTranspose2d expects outputSize of 1 or more", () -> new ConvTranspose2d(1, 1, 3)
                        .setOutputSize(0)),
                bad(
                        "ConvTranspose3d expects inChannels to be a multiple of groups",
                        () -> new ConvTranspose3d(3, 2, THREE, 2, true)),
                bad("LazyConv2d expects outChannels of 1 or more, got 0", () -> new LazyConv2d(0, 3)),
                bad(
                        "LazyConv2d expects outChannels to be a multiple of groups",
                        () -> new LazyConv2d(3, THREE, 2, true)),
                bad("LazyConv2d expects groups of 1 or more, got 0", () -> new LazyConv2d(3, THREE, 0, true)),
                bad("LazyConv2d expects kernelSize of 1 or more, got 0", () -> new LazyConv2d(3, 0)),
                bad("LazyConv2d expects outChannels of 1 or more, got 0", () -> new LazyConv2d(3, 3).setOutChannels(0)),
                bad("LazyConvTranspose1d expects stride of 1 or more", () -> new LazyConvTranspose1d(3, 3, 0, 0)),
                bad("MaxPool2d expects kernelSize of 1 or more, got 0", () -> new MaxPool2d(0)),
                bad("MaxPool2d expects stride of 1 or more, got 0", () -> new MaxPool2d(2, 0)),
                bad("AvgPool1d expects padding of 0 or more, got -1", () -> new AvgPool1d(2, 2, -1)),
                bad("AdaptiveAvgPool2d expects outputSize of 1 or more, got 0", () -> new AdaptiveAvgPool2d(0)),
                bad("AdaptiveMaxPool2d expects outputSize as one number or 2", () -> new AdaptiveMaxPool2d(1, 2, 3)),
                bad("AdaptiveMaxPool1d expects outputSize of -1 or more", () -> new AdaptiveMaxPool1d(-2)));
    }

    static Stream<Arguments> inputs() {
        Shape images = Shape.of(5, 3, 8, 6);
        return Stream.of(
                misfit("put Unflatten(1, 28, 28) before it", new Conv2d(1, 2, 5), Shape.of(5, 784)),
                misfit("put Unflatten(3, 16, 16) before it", new Conv2d(3, 2, 5), Shape.of(5, 768)),
                misfit("put Unflatten(3, height, width) before it", new Conv2d(3, 2, 5), Shape.of(5, 100)),
                misfit("put Flatten() and Unflatten(1, 28, 28) before it", new Conv2d(1, 2, 5), Shape.of(5, 28, 28)),
                misfit(
                        "the first axis holds the rows: one alone wants unsqueeze(0)",
                        new Conv2d(3, 1, 3),
                        Shape.of(3, 8, 8)),
                misfit("put Unflatten(2, 25) before it", new Conv1d(2, 2, 5), Shape.of(5, 50)),
                misfit("put Unflatten(1, 4, 4, 4) before it", new Conv3d(1, 2, 2), Shape.of(5, 64)),
                misfit("put Unflatten(3, 5, 5) before it", new MaxPool2d(2), Shape.of(5, 75)),
                misfit("put Unflatten(channels, height, width) before it", new AvgPool2d(2), Shape.of(5, 77)),
                misfit(
                        "AdaptiveAvgPool1d expects an input of shape (N, channels, length), got shape (5, 3, 8, 6)",
                        new AdaptiveAvgPool1d(1),
                        images),
                misfit("name a column of images, or of vectors", new MaxPool1d(1), Shape.of(5)),
                misfit("expects an input of channels: 2, got 3", new Conv2d(2, 2, 3), images),
                misfit("expects an input of channels: 2, got 3", new ConvTranspose2d(2, 2, 3), images),
                misfit("a window of (7, 7) does not fit into an input of (8, 6)", new Conv2d(3, 2, 7), images),
                misfit(
                        "a window of (11, 9) does not fit into an input of (10, 8) with its padding",
                        new Conv2d(3, 2, new int[] {6, 5}, 1, true)
                                .setDilation(2)
                                .setPadding(1),
                        images),
                misfit("a window of (9, 9) does not fit into an input of (8, 6)", new MaxPool2d(9), images),
                misfit(
                        "padding \"same\" expects a stride of 1",
                        new Conv2d(3, 2, 3).setPadding("same").setStride(2),
                        images),
                misfit(
                        "for the mode reflect, got 6",
                        new Conv2d(3, 2, 3).setPadding(0, 6).setPaddingMode("reflect"),
                        images),
                misfit(
                        "for the mode circular, got 7",
                        new Conv2d(3, 2, 3).setPadding(7).setPaddingMode("circular"),
                        images),
                misfit("padding of at most half the window, got 2", new MaxPool2d(3, 1, 2), images),
                misfit("padding of at most half the window, got 2", new AvgPool2d(2, 1, 2), images),
                misfit("expects an output of size 1 or more, got [0, -2]", new ConvTranspose2d(3, 2, 3, 1, 5), images),
                misfit("less than stride or dilation, got 1", new ConvTranspose2d(3, 2, 3).setOutputPadding(1), images),
                misfit(
                        "outputSize from 17 to 18 on axis 2",
                        new ConvTranspose2d(3, 2, 3, 2, 0).setOutputSize(19),
                        images),
                misfit(
                        "outputSize from 17 to 18 on axis 2",
                        new ConvTranspose2d(3, 2, 3, 2, 0).setOutputSize(16),
                        images));
    }

    static Stream<Arguments> lazyInputs() {
        return Stream.of(
                lazily("put Unflatten(1, 28, 28) before it", new LazyConv2d(2, 5), Shape.of(5, 784)),
                lazily("put Unflatten(3, 16, 16) before it", new LazyConv2d(2, 5), Shape.of(5, 768)),
                lazily("put Unflatten(1, 784) before it", new LazyConv1d(2, 5), Shape.of(5, 784)),
                lazily("expects an input of 1 channel or more, got 0", new LazyConv1d(2, 5), Shape.of(5, 0, 10)),
                lazily(
                        "expects inChannels to be a multiple of groups, got 3 channels in 2 groups",
                        new LazyConv2d(2, THREE, 2, true),
                        Shape.of(5, 3, 8, 8)),
                lazily(
                        "expects outChannels to be a multiple of groups, got 5 channels in 2 groups",
                        new LazyConv2d(2, THREE, 2, true).setOutChannels(5),
                        Shape.of(5, 4, 8, 8)),
                lazily("a window of (9, 9) does not fit", new LazyConv2d(2, 9), Shape.of(5, 3, 8, 8)),
                lazily("of size 1 or more", new LazyConvTranspose1d(2, 3, 1, 9), Shape.of(5, 3, 8)),
                lazily("module 0: ", new LazySequential(new LazyConv2d(2, 5), new Relu()), Shape.of(5, 784)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arguments")
    void refusesArguments(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void refusesInputsByShape(String message, Layer layer, Shape shape) {
        assertThatThrownBy(() -> layer.outputShape(shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(layer.uid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void refusesInputsInForward(String message, Layer layer, Shape shape) {
        assertThatThrownBy(() -> layer.forward(Tensor.zeros(shape.dims())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyInputs")
    void aLazyLayerRefusesInputsByShape(String message, LazyLayer<?> layer, Shape shape) {
        assertThatThrownBy(() -> layer.build(shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(layer.uid());
    }

    @Test
    void thePaddingThatKeepsTheSizeWantsAnOddKernel() {
        Tensor x = Tensor.rand(1, 1, 9);
        assertThatThrownBy(() -> new Conv1d(1, 1, 4).setPadding("same").forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Conv1d expects a kernel of odd sizes with padding \"same\", got 4, which would add one more"
                                + " behind than before; take an odd size, or give the padding in numbers");
        // Two apart, four elements reach over seven: three are added on either side.
        assertThat(new Conv1d(1, 1, 4)
                        .setDilation(2)
                        .setPadding("same")
                        .forward(x)
                        .shape())
                .isEqualTo(x.shape());
    }

    @Test
    void tellsWhatItIs() {
        assertThat(new Conv2d(3, 8, 3)).hasToString("Conv2d(3, 8, 3)");
        assertThat(new Conv2d(4, 8, new int[] {3, 5}, 2, false)
                        .setStride(2, 1)
                        .setPadding("same")
                        .setPaddingMode("reflect"))
                .hasToString("Conv2d(4, 8, (3, 5), stride (2, 1), padding same, reflect, groups 2, no bias)");
        assertThat(new LazyConv2d(8, 3, 2, 1)).hasToString("LazyConv2d(8, 3, stride 2, padding 1)");
        assertThat(new ConvTranspose1d(4, 8, 3).setOutputPadding(1).setDilation(2))
                .hasToString("ConvTranspose1d(4, 8, 3, dilation 2, outputPadding 1)");
        assertThat(new MaxPool2d(3, 2, 1).setCeilMode(true)).hasToString("MaxPool2d(3, stride 2, padding 1, ceil)");
        assertThat(new AvgPool2d(new int[] {3, 2}).setCountIncludePad(false))
                .hasToString("AvgPool2d((3, 2), padding not counted)");
        assertThat(new AdaptiveAvgPool2d(1, -1)).hasToString("AdaptiveAvgPool2d((1, ?))");
    }

    /** In PyTorch's order: channels, kernel, stride. */
    @Test
    void takesAStrideAlone() {
        assertThat(Stream.of(
                        new Conv1d(3, 8, 5, 2),
                        new Conv2d(3, 8, 5, 2),
                        new Conv3d(3, 8, 5, 2),
                        new ConvTranspose1d(3, 8, 5, 2),
                        new ConvTranspose2d(3, 8, 5, 2),
                        new ConvTranspose3d(3, 8, 5, 2)))
                .allSatisfy(conv -> assertThat(conv.toString()).endsWith("(3, 8, 5, stride 2)"));
        assertThat(Stream.of(
                        new LazyConv1d(8, 5, 2),
                        new LazyConv2d(8, 5, 2),
                        new LazyConv3d(8, 5, 2),
                        new LazyConvTranspose1d(8, 5, 2),
                        new LazyConvTranspose2d(8, 5, 2),
                        new LazyConvTranspose3d(8, 5, 2)))
                .allSatisfy(conv -> assertThat(conv.toString()).endsWith("(8, 5, stride 2)"));
    }

    @Test
    void theWeightsOfALazyOneAreShownAsFarAsTheyAreKnown() {
        assertThat(new LazyConv2d(8, 3).summary()).contains("weight (8, ?, 3, 3), bias (8)");
        assertThat(new LazyConvTranspose2d(8, new int[] {3}, 2, false).summary())
                .contains("weight (?, 4, 3, 3)");
    }

    private static Arguments bad(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    private static Arguments misfit(String message, Layer layer, Shape shape) {
        return Arguments.of(message, layer, shape);
    }

    private static Arguments lazily(String message, LazyLayer<?> layer, Shape shape) {
        return Arguments.of(message, layer, shape);
    }
}
