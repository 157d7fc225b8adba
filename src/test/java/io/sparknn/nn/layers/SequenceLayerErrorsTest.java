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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What layers over sequences and tables refuse, what they say, and what they make of sequences without elements. */
@Tag("fast")
final class SequenceLayerErrorsTest {
    private static final Shape ANY = Shape.of(5, Shape.RAGGED, 4);

    static Stream<Arguments> arguments() {
        String heads = "MultiheadAttention expects heads that divide the width, got 3 heads and a width of 10; choose"
                + " a divisor of 10";
        return Stream.of(
                bad(heads, () -> new MultiheadAttention(10, 3)),
                bad(heads, () -> new TransformerEncoderLayer(10, 3)),
                bad("MultiheadAttention expects numHeads of 1 or more, got 0", () -> new MultiheadAttention(4, 0)),
                bad("MultiheadAttention expects embedDim of 1 or more, got 0", () -> new MultiheadAttention(0, 1)),
                bad("LazyMultiheadAttention expects numHeads of 1 or more", () -> new LazyMultiheadAttention(-1)),
                bad("Gru expects inputSize of 1 or more, got 0", () -> new Gru(0, 3)),
                bad("Lstm expects hiddenSize of 1 or more, got -1", () -> new Lstm(3, -1)),
                bad("Rnn expects numLayers of 1 or more, got 0", () -> new Rnn(3, 3, 0, false)),
                bad("LazyGru expects hiddenSize of 1 or more, got 0", () -> new LazyGru(0)),
                bad("LazyLstm expects numLayers of 1 or more, got 0", () -> new LazyLstm(3, 0, false)),
                bad("Embedding expects numEmbeddings of 1 or more, got 0", () -> new Embedding(0, 3)),
                bad("Embedding expects embeddingDim of 1 or more, got 0", () -> new Embedding(3, 0)),
                bad(
                        "Embedding expects a paddingIdx from 0 to 2, or Embedding.NO_PADDING, got 3; give it an id of"
                                + " the table",
                        () -> new Embedding(3, 2, 3)),
                bad("LazyEmbedding expects numEmbeddings of 16777216 at most, got 16777217", () -> new LazyEmbedding(2)
                        .setNumEmbeddings((1 << 24) + 1)),
                bad("LazyEmbedding expects numEmbeddings of 1 or more, got 0", () -> new LazyEmbedding(2)
                        .setNumEmbeddings(0)),
                bad("LazyEmbeddingBag expects embeddingDim of 1 or more, got 0", () -> new LazyEmbeddingBag(2)
                        .setEmbeddingDim(0)),
                bad(
                        "LazyEmbedding expects a paddingIdx of 0 or more, or Embedding.NO_PADDING, got -5",
                        () -> new LazyEmbedding(3, -5)));
    }

    static Stream<Arguments> inputs() {
        Shape vectors = Shape.of(5, 4);
        String differ = "got shape (5, *, 4); its rows differ in length, which ";
        return Stream.of(
                misfit("Gru expects sequences of vectors of 4", new Gru(4, 3), vectors),
                misfit("ids go through an Embedding first", new Lstm(4, 3), vectors),
                misfit("(N, *, 6) or (N, L, 6), got shape (5, 7, 4)", new Rnn(6, 3), Shape.of(5, 7, 4)),
                misfit("MultiheadAttention expects sequences of vectors of 4", new MultiheadAttention(4, 2), vectors),
                misfit("got shape (5, *, 4)", new MultiheadAttention(6, 2), ANY),
                misfit("(rows, *, width); ids go through an Embedding first", new SinusoidalPositions(), vectors),
                misfit("use Embedding for single ids", new EmbeddingBag(4, 3), Shape.of(5)),
                misfit(differ + "recurrent layers and attention take", new Conv1d(4, 3, 2), ANY),
                misfit(differ + "recurrent layers and attention take", new ConvTranspose1d(4, 3, 2), ANY),
                misfit(differ + "recurrent layers and attention take", new MaxPool1d(2), ANY),
                misfit(differ + "recurrent layers and attention take", new AdaptiveAvgPool1d(2), ANY),
                misfit(differ + "LayerNorm and RmsNorm take", new BatchNorm1d(4), ANY),
                misfit(differ + "LayerNorm and RmsNorm take", new InstanceNorm1d(4), ANY),
                misfit("cannot run over rows of different length (*)", new Flatten(), ANY));
    }

    static Stream<Arguments> lazyInputs() {
        Shape vectors = Shape.of(5, 10);
        Shape texts = Shape.of(5, Shape.RAGGED).withIds(9);
        return Stream.of(
                misfit("got 3 heads and a width of 10", new LazyMultiheadAttention(3), Shape.of(5, Shape.RAGGED, 10)),
                misfit(
                        "expects heads that divide the width, got 3 heads and a width of 10",
                        new LazySequential(new LazyEmbedding(10), new LazyMultiheadAttention(3)),
                        texts),
                misfit("ids go through a LazyEmbedding first", new LazyMultiheadAttention(2), vectors),
                misfit("ids go through a LazyEmbedding first", new LazyGru(2), vectors),
                misfit("or a vector behind Unflatten(length, 1)", new LazyGru(2), vectors),
                misfit("its rows differ in length", new LazyGroupNorm(2), ANY),
                misfit("its rows differ in length", new LazyPRelu(), ANY),
                misfit(
                        "take the layer for as many axes, or put Flatten() before it",
                        new LazyBatchNorm1d(),
                        Shape.of(2, 3, 4, 4)),
                misfit("1 channel or more, got an unknown number", new LazyConv1d(4, 3), Shape.of(-1, -1, 8)),
                misfit("its rows differ in length", new LazyConv1d(3, 2), ANY),
                misfit("its rows differ in length", new LazyConvTranspose1d(3, 2), ANY),
                misfit("its rows differ in length", new LazyBatchNorm1d(), ANY),
                misfit(
                        "its rows differ in length",
                        new LazySequential(new LazyEmbedding(4), new LazyConv1d(3, 2)),
                        texts),
                misfit("call setNumEmbeddings, fit it on a column of ids", new LazyEmbedding(3), Shape.of(5)));
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
    @MethodSource("lazyInputs")
    void aLazyLayerRefusesInputsByShape(String message, LazyLayer<?> layer, Shape shape) {
        assertThatThrownBy(() -> layer.build(shape))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(floats = {1.5f, 5, -1, Float.NaN, 1e10f})
    void whatIsNoIdIsRefusedByPlace(float wrong) {
        Tensor ids = Tensor.of(new float[] {0, 4, wrong}, Shape.of(3));
        assertThatThrownBy(() -> new Embedding(5, 2).forward(ids))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("embedding expects whole numbers from 0 to 4, got " + wrong
                        + " at place 2; count from 0 on, within the size of what they choose from");
        assertThatThrownBy(() -> new EmbeddingBag(5, 2).forward(Tensor.ragged(ids, 1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("whole numbers from 0 to 4, got " + wrong + " at place 2");
    }

    static Stream<Layer> overSequences() {
        return Stream.of(
                new Rnn(2, 3),
                new Gru(2, 3),
                new Lstm(2, 3),
                new Lstm(2, 3, 2, true),
                new Gru(2, 3).setReturnSequences(true),
                new MultiheadAttention(2, 1),
                new TransformerEncoderLayer(2, 1, 3, 0),
                new SinusoidalPositions(),
                new Linear(2, 3),
                new Softmax(1));
    }

    /** One without elements among others changes nothing for them; its last state is 0, its sequence is empty. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("overSequences")
    void aSequenceWithoutElementsHasAnOutput(Layer layer) {
        Tensor elements = Tensor.of(1, -2, 3, 4, 5, 0.5).reshape(3, 2);
        Tensor among = layer.forward(Tensor.ragged(elements, 0, 1, 0, 2));
        Tensor others = layer.forward(Tensor.ragged(elements, 1, 2));
        if (among.shape().isRagged()) {
            assertThat(among.rowLengths().toArray()).containsExactly(0, 1, 0, 2);
            assertThat(among.toArray()).isEqualTo(others.toArray());
        } else {
            int width = among.size(1);
            float[] values = among.toArray();
            assertThat(among.slice(0, 0, 1).toArray()).hasSize(width).containsOnly(0);
            assertThat(among.slice(0, 2, 3).toArray()).hasSize(width).containsOnly(0);
            assertThat(among.slice(0, 1, 2).toArray())
                    .isEqualTo(others.slice(0, 0, 1).toArray());
            assertThat(values).hasSize(4 * width);
        }
        Tensor none = layer.forward(Tensor.ragged(Tensor.zeros(0, 2), 0, 0));
        assertThat(none.toArray()).isEqualTo(new float[none.shape().isRagged() ? 0 : 2 * none.size(1)]);
    }

    private static Arguments bad(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    private static Arguments misfit(String message, Object layer, Shape shape) {
        return Arguments.of(message, layer, shape);
    }
}
