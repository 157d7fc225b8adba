package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the layers of the catalogue refuse, and what they say. */
@Tag("fast")
@SuppressWarnings("try")
final class LayerErrorsTest {
    static Stream<Arguments> arguments() {
        return Stream.of(
                bad("Linear expects inFeatures of 1 or more, got 0", () -> new Linear(0, 3)),
                bad("Linear expects inFeatures of 1 or more, got -4", () -> new Linear(-4, 3)),
                bad("Linear expects outFeatures of 1 or more, got 0", () -> new Linear(3, 0)),
                bad("LazyLinear expects outFeatures of 1 or more, got 0", () -> new LazyLinear(0)),
                bad("LazyLinear expects outFeatures of 1 or more, got -1", () -> new LazyLinear(-1)),
                bad("LazyLinear expects outFeatures of 1 or more, got 0", () -> new LazyLinear(3).setOutFeatures(0)),
                bad("Bilinear expects in1Features of 1 or more, got 0", () -> new Bilinear(0, 2, 3)),
                bad("Bilinear expects in2Features of 1 or more, got -1", () -> new Bilinear(2, -1, 3)),
                bad("Bilinear expects outFeatures of 1 or more, got 0", () -> new Bilinear(2, 3, 0)),
                bad("LazyBilinear expects outFeatures of 1 or more, got 0", () -> new LazyBilinear(0)),
                bad("LazyBilinear expects outFeatures of 1 or more, got -1", () -> new LazyBilinear(-1, false)),
                bad("PRelu expects numParameters of 1 or more, got 0", () -> new PRelu(0)),
                bad("PRelu expects init to be a finite number, got NaN", () -> new PRelu(1, Double.NaN)),
                bad("LazyPRelu expects init to be a finite number, got NaN", () -> new LazyPRelu(Double.NaN)),
                bad("BatchNorm1d expects numFeatures of 1 or more, got 0", () -> new BatchNorm1d(0)),
                bad("BatchNorm2d expects eps of 0 or more, got -1.0", () -> new BatchNorm2d(3, -1, 0.1)),
                bad("BatchNorm3d expects momentum from 0 to 1, or null, got 1.5", () -> new BatchNorm3d(3, 0, 1.5)),
                bad("LazyBatchNorm1d expects eps to be a finite number", () -> new LazyBatchNorm1d(1.0 / 0, 0.1)),
                bad("LazyInstanceNorm3d expects momentum from 0 to 1", () -> new LazyInstanceNorm3d(0, Double.NaN)),
                bad("LayerNorm expects a normalizedShape of one size or more, got none", LayerNorm::new),
                bad("LayerNorm expects normalizedShape of 1 or more, got 0", () -> new LayerNorm(3, 0)),
                bad("LazyLayerNorm expects axes of 1 or more, got 0", () -> new LazyLayerNorm(0)),
                bad("RmsNorm expects eps of 0 or more, got -0.5", () -> new RmsNorm(new int[] {2}, -0.5, true)),
                bad("GroupNorm expects numGroups of 1 or more, got 0", () -> new GroupNorm(0, 4)),
                bad("numGroups that divide numChannels, got 3 groups of 4 channels", () -> new GroupNorm(3, 4)),
                bad("LazyGroupNorm expects numGroups of 1 or more, got -1", () -> new LazyGroupNorm(-1)),
                bad("LeakyRelu expects negativeSlope to be a finite number", () -> new LeakyRelu(1.0 / 0)),
                bad("Elu expects alpha to be a finite number, got NaN", () -> new Elu(Double.NaN)),
                bad("Softplus expects beta above 0, got 0.0", () -> new Softplus(0, 20)),
                bad("Softplus expects beta above 0, got -1.0", () -> new Softplus(-1, 20)),
                bad("Softplus expects threshold to be a finite number", () -> new Softplus(1, Double.NaN)),
                bad("HardTanh expects minValue below maxValue, got 1.0 and 1.0", () -> new HardTanh(1, 1)),
                bad("HardTanh expects minValue below maxValue, got NaN", () -> new HardTanh(Double.NaN, 1)),
                bad("Dropout expects p from 0 to 1, got -0.1", () -> new Dropout(-0.1)),
                bad("Dropout expects p from 0 to 1, got 1.1", () -> new Dropout(1.1)),
                bad("Dropout expects p from 0 to 1, got NaN", () -> new Dropout(Double.NaN)),
                bad("Dropout expects p from 0 to 1, got 2.0", () -> new Dropout().setP(2)),
                bad("Dropout2d expects p from 0 to 1, got 1.5", () -> new Dropout2d(1.5)),
                bad("hiddenSize of 1 or more, got 0", () -> new LazyGru(0, 1, false, false)),
                bad("Gru expects dropout from 0 to 1, got 1.5", () -> new Gru(3, 4, 2, false).setDropout(1.5)),
                bad(
                        "Rnn expects nonlinearity to be tanh or relu, got sigmoid; give it one of these",
                        () -> new Rnn(3, 4).setNonlinearity("sigmoid")),
                bad("expects handleInvalid to be error, skip or keep, got drop", () -> new Dropout()
                        .setHandleInvalid("drop")),
                bad("LazyGru expects hiddenSize of 1 or more, got 0", () -> new LazyGru(2).setHiddenSize(0)),
                bad("LazyLstm expects dropout from 0 to 1, got 2.0", () -> new LazyLstm(2).setDropout(2)),
                bad("LazyBilinear expects outFeatures of 1 or more, got 0", () -> new LazyBilinear(2)
                        .setOutFeatures(0)),
                bad("LazyGroupNorm expects numGroups of 1 or more, got 0", () -> new LazyGroupNorm(2).setNumGroups(0)),
                bad(
                        "LazyTransformerEncoderLayer expects dimFeedforward of 1 or more, got 0",
                        () -> new LazyTransformerEncoderLayer(2).setDimFeedforward(0)),
                bad("expects dropout from 0 to 1, got 2.0", () -> new LazyTransformerEncoderLayer(2, 6, 2)),
                bad("expects nhead of 1 or more, got 0", () -> new LazyTransformerEncoderLayer(0)),
                bad("Flatten expects startAxis not behind endAxis, got 2 and 1", () -> new Flatten(2, 1)),
                bad("Flatten expects startAxis not behind endAxis, got -1 and -2", () -> new Flatten(-1, -2)),
                bad("Unflatten expects one size or more, got none", Unflatten::new),
                bad("Unflatten expects sizes of 1 or more, got 0", () -> new Unflatten(2, 0)),
                bad("Unflatten expects sizes of 1 or more, got -1", () -> new Unflatten(-1, 2)),
                bad("sizes whose product is at most 2147483647", () -> new Unflatten(1 << 16, 1 << 15)),
                bad("sizes whose product is at most 2147483647", () -> new Unflatten(1 << 16, 1 << 16, 1 << 16)),
                bad("expects one layer or more, got none", Concat::new),
                bad("expects one layer or more, got none", Add::new),
                bad("expects one module or more, got none", LazyConcat::new),
                bad("expects one module or more, got none", LazyAdd::new),
                bad("expects a layer for 0, got null", () -> new Residual(null)),
                bad("expects a layer for 1, got null", () -> new Concat(new Relu(), null)),
                bad("expects a layer for 0, got null", () -> new Sequential((Layer) null)),
                bad("expects modules, got null among 1", () -> new LazyResidual(null)),
                bad("expects modules, got null among 2", () -> new LazyAdd(new Relu(), null)),
                bad("expects modules, got null among 1", () -> new LazySequential((Module) null)));
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                misfit("expects vectors of 8, got 10 in shape (2, 10)", new Linear(8, 3), Shape.of(2, 10)),
                misfit("expects vectors of 8, got a scalar", new Linear(8, 3), Shape.of()),
                misfit("Bilinear expects 2 inputs, got 1", new Bilinear(5, 4, 3), Shape.of(2, 5)),
                misfit(
                        "the inputs have 5 and 3 features, the weight is for 5 and 4",
                        new Bilinear(5, 4, 3),
                        Shape.of(2, 5),
                        Shape.of(2, 3)),
                misfit("expects a weight of (1), or of one value", new PRelu(3), Shape.of(2, 4)),
                misfit("expects 3 channels on axis 1, got 4 in shape (2, 4)", new BatchNorm1d(3), Shape.of(2, 4)),
                misfit("expects an input (N, 3) or (N, 3, L), got shape (3)", new BatchNorm1d(3), Shape.of(3)),
                misfit(
                        "expects an input (N, 1, H, W), got shape (2, 784); put Unflatten(1, height, width) before it",
                        new BatchNorm2d(1),
                        Shape.of(2, 784)),
                misfit("one row alone wants unsqueeze(0)", new BatchNorm3d(2), Shape.of(2, 3, 3, 3)),
                misfit("expects an input (N, 3, L), got shape (2, 3)", new InstanceNorm1d(3), Shape.of(2, 3)),
                misfit("2 places or more in each channel of a row, got 1", new InstanceNorm1d(3), Shape.of(2, 3, 1)),
                misfit("an input whose last sizes are (3, 4), got shape (2, 12)", new LayerNorm(3, 4), Shape.of(2, 12)),
                misfit("expects vectors of 5, got 4", new RmsNorm(5), Shape.of(2, 4)),
                misfit("expects an input (N, 6, ...), got shape (2, 4)", new GroupNorm(2, 6), Shape.of(2, 4)),
                misfit("put Unflatten(1, 28, 28) before it", new Dropout2d(), Shape.of(2, 784)),
                misfit("an input of shape (N, channels, length), got", new Dropout1d(), Shape.of(2, 3, 4, 4)),
                misfit("axis 3 of a tensor of shape", new Softmax(3), Shape.of(2, 4)),
                misfit("Flatten expects an input with the axes 2 to 3", new Flatten(2, 3), Shape.of(2, 4)),
                misfit(
                        "expects vectors of 6, got 7 in shape (5, 7); fit it on data of the width it will score, or"
                                + " change Unflatten(2, 3)",
                        new Unflatten(2, 3),
                        Shape.of(5, 7)),
                misfit("one row alone wants unsqueeze(0)", new InstanceNorm2d(3), Shape.of(3, 5, 5)),
                misfit("last sizes are (3, 4), got shape (5, 4, 3)", new LayerNorm(3, 4), Shape.of(5, 4, 3)),
                misfit("expects vectors of 4, got 5", new LayerNorm(4), Shape.of(2, 5)),
                misfit("to keep the shape (2, 4), got (2, 3)", new Residual(new Linear(4, 3)), Shape.of(2, 4)),
                misfit("to keep the shape (2, 1), got (2, 3)", new Residual(new Linear(1, 3)), Shape.of(2, 1)),
                misfit("one for each of its 2 layers, got 3", sides(), Shape.of(2, 4), Shape.of(2, 4), Shape.of(2, 4)),
                misfit(
                        "to give equal shapes, got (2, 3) from layer 0 and (2, 1) from layer 1",
                        sum(3, 1),
                        Shape.of(2, 4)),
                misfit("1 input, got 2", new Residual(new Relu()), Shape.of(2, 4), Shape.of(2, 4)),
                misfit("1 input, got 2", new Relu(), Shape.of(2, 4), Shape.of(2, 4)));
    }

    static Stream<Arguments> lazyInputs() {
        LazyConcat sides = new LazyConcat(new LazyLinear(2), new Relu());
        return Stream.of(
                lazily("expects an input of width 1 or more, got shape (5, 0)", new LazyLinear(3), Shape.of(5, 0)),
                lazily("expects an input of width 1 or more, got shape ()", new LazyLinear(3), Shape.of()),
                lazily("expects 1 channel or more on axis 1", new LazyBatchNorm2d(), Shape.of(5, 0, 3, 3)),
                lazily("expects an input (N, C, H, W), got shape (5, 9)", new LazyBatchNorm2d(), Shape.of(5, 9)),
                lazily("got 4 groups of 6 channels; call setNumGroups", new LazyGroupNorm(4), Shape.of(5, 6)),
                lazily("expects an input (N, C, ...) of 1 channel or more", new LazyPRelu(), Shape.of(5)),
                lazily("2 known axes of size 1 or more behind the rows", new LazyLayerNorm(2), Shape.of(5, 4)),
                lazily("expects 2 inputs, got 1", new LazyBilinear(3), Shape.of(5, 4)),
                lazily("expects inputs of width 1 or more", new LazyBilinear(3), Shape.of(5, 4), Shape.of(5, 0)),
                lazily("expects 1 input, got 2", new LazyLinear(3), Shape.of(5, 4), Shape.of(5, 4)),
                lazily("expects 1 input, got 2", new LazyResidual(new LazyLinear(4)), Shape.of(5, 4), Shape.of(5, 4)),
                lazily("to keep the shape (5, 4), got (5, 3)", new LazyResidual(new LazyLinear(3)), Shape.of(5, 4)),
                lazily("expects sequences of vectors", new LazyTransformerEncoderLayer(2), Shape.of(5, 4)),
                lazily(
                        "heads that divide the width, got 3 heads and a width of 4",
                        new LazyTransformerEncoderLayer(3),
                        Shape.of(5, 2, 4)),
                lazily("one for each of its 2 layers, got 3", sides, Shape.of(5, 4), Shape.of(5, 4), Shape.of(5, 4)),
                lazily("equal shapes", new LazyAdd(new LazyLinear(2), new LazyLinear(3)), Shape.of(5, 4)),
                lazily("module 1: ", new LazySequential(new LazyLinear(3), new Linear(4, 2)), Shape.of(5, 4)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arguments")
    void refusesArguments(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void refusesInputsByShape(String message, Layer layer, Shape[] shapes) {
        assertThatThrownBy(() -> layer.outputShape(shapes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(layer.uid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyInputs")
    void aLazyLayerRefusesInputsByShape(String message, LazyLayer<?> layer, Shape[] shapes) {
        assertThatThrownBy(() -> layer.build(shapes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(layer.uid());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void refusesInputsInForward(String message, Layer layer, Shape[] shapes) {
        Tensor[] x = Stream.of(shapes).map(shape -> Tensor.zeros(shape.dims())).toArray(Tensor[]::new);
        assertThatThrownBy(() -> layer.forward(x)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unflattenTellsTheSizesItHas() {
        assertThatThrownBy(() -> new Unflatten(2, 3).forward(Tensor.zeros(5, 7)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects a last axis of 6 for the sizes (2, 3), got shape (5, 7)");
    }

    @Test
    void aBatchOfOneValueHasNoStatistics() {
        BatchNorm1d norm = new BatchNorm1d(3);
        assertThat(norm.forward(Tensor.zeros(1, 3)).shape()).isEqualTo(Shape.of(1, 3));
        try (Pass pass = Pass.training(1)) {
            assertThatThrownBy(() -> norm.forward(Tensor.zeros(1, 3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("batchNorm of (1, 3) expects 2 values or more in each channel of the"
                            + " batch, got 1; give it more rows, or in training a batch size that leaves no batch of one"
                            + " row");
            assertThat(norm.forward(Tensor.zeros(1, 3, 2)).shape()).isEqualTo(Shape.of(1, 3, 2));
        }
    }

    private static Concat sides() {
        return new Concat(new Relu(), new Identity());
    }

    private static Add sum(int first, int second) {
        return new Add(new Linear(4, first), new Linear(4, second));
    }

    private static Arguments bad(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    private static Arguments misfit(String message, Layer layer, Shape... shapes) {
        return Arguments.of(message, layer, shapes);
    }

    private static Arguments lazily(String message, LazyLayer<?> layer, Shape... shapes) {
        return Arguments.of(message, layer, shapes);
    }
}
