package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What recurrent layers can be set to. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class RecurrentLayerTest {
    private static final Tensor X = Tensor.ragged(Tensor.randn(9, 3), 4, 0, 1, 4);

    static Stream<Supplier<RecurrentLayer<?>>> withoutBiases() {
        return Stream.of(
                () -> new Rnn(3, 4, 2, true, false),
                () -> new Gru(3, 4, 2, true, false),
                () -> new Lstm(3, 4, 2, true, false));
    }

    @ParameterizedTest
    @MethodSource("withoutBiases")
    void withoutBiasesIsWithBiasesOfZero(Supplier<RecurrentLayer<?>> maker) {
        RecurrentLayer<?> layer = maker.get();
        RecurrentLayer<?> biased = layer instanceof Rnn
                ? new Rnn(3, 4, 2, true)
                : layer instanceof Gru ? new Gru(3, 4, 2, true) : new Lstm(3, 4, 2, true);
        assertThat(layer.parameters()).hasSize(8);
        biased.parameters()
                .forEach((path, p) -> p.set(
                        path.startsWith("bias")
                                ? Tensor.zeros(p.shape().dims())
                                : layer.parameter(path).value()));
        assertThat(layer.forward(X).toArray()).isEqualTo(biased.forward(X).toArray());
        assertThat(layer.toString()).endsWith("(3, 4, 2, true, false)");
    }

    @Test
    void reluDoesNotBoundTheState() {
        Rnn rnn = new Rnn(1, 2).setNonlinearity("relu").setReturnSequences(true);
        rnn.parameter("weight_ih_l0").set(Tensor.of(new float[] {1, -1}, Shape.of(2, 1)));
        rnn.parameter("weight_hh_l0").set(Tensor.of(new float[] {2, 0, 0, 2}, Shape.of(2, 2)));
        rnn.parameter("bias_ih_l0").set(Tensor.of(0.25, 0.5));
        rnn.parameter("bias_hh_l0").set(Tensor.of(0.25, 0.5));
        Tensor x = Tensor.of(new float[] {3, -2, 0}, Shape.of(1, 3, 1));
        assertThat(rnn.forward(x).toArray()).containsExactly(3.5f, 0, 5.5f, 3, 11.5f, 7);
        assertThat(((Rnn) rnn.copy(ParamMap.empty())).forward(x).toArray()).contains(11.5f);
    }

    @Test
    void dropoutIsBetweenLayersAndInTrainingOnly() {
        Gru one = new Gru(3, 4).setDropout(1);
        Gru two = new Gru(3, 4, 2, false).setDropout(1);
        Gru kept = new Gru(3, 4, 2, false).setDropout(0);
        kept.parameters().forEach((path, p) -> p.set(two.parameter(path).value()));
        assertThat(two.forward(X).toArray()).isEqualTo(kept.forward(X).toArray());
        float[] ofOne = one.forward(X).toArray();
        float[] ofZeros = lastLayer(two)
                .forward(Tensor.ragged(Tensor.zeros(9, 4), 4, 0, 1, 4))
                .toArray();
        try (Pass pass = Pass.training(1)) {
            assertThat(one.forward(X).toArray()).isEqualTo(ofOne);
            assertThat(two.forward(X).toArray()).isEqualTo(ofZeros);
            Gru half = kept.setDropout(0.5);
            assertThat(half.forward(X).toArray()).isNotEqualTo(half.forward(X).toArray());
        }
    }

    private static Gru lastLayer(Gru layers) {
        Gru last = new Gru(4, 4);
        last.parameters()
                .forEach((path, p) ->
                        p.set(layers.parameter(path.replace("l0", "l1")).value()));
        return last;
    }

    @Test
    void refusesOtherNumbersOfWeights() {
        assertThatThrownBy(() -> X.rnnRelu(io.sparknn.tensor.Unroll.FORWARD, Tensor.ones(4, 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "rnnRelu of (4, *, 3) and (4, 3) expects sequences, (rows, *, width), and two matrices, with"
                                + " or without two biases");
    }
}
