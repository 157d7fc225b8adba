package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.Golden;
import io.sparknn.nn.Layer;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables and recurrent layers against PyTorch's figures. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class GoldenSequenceTest {
    private static final Map<String, Supplier<RecurrentLayer<?>>> RECURRENT = new TreeMap<>();

    static {
        RECURRENT.put("rnn", () -> new Rnn(5, 7));
        RECURRENT.put("gru", () -> new Gru(5, 7));
        RECURRENT.put("lstm", () -> new Lstm(5, 7));
        RECURRENT.put("rnn_bidirectional_2layer", () -> new Rnn(5, 4, 2, true));
        RECURRENT.put("gru_bidirectional_2layer", () -> new Gru(5, 4, 2, true));
        RECURRENT.put("lstm_bidirectional_2layer", () -> new Lstm(5, 4, 2, true));
        RECURRENT.put("gru_varlen", () -> new Gru(5, 5));
        RECURRENT.put("lstm_varlen", () -> new Lstm(5, 5));
    }

    static Stream<String> recurrent() {
        return RECURRENT.keySet().stream();
    }

    static Stream<EmbeddingBag.Mode> modes() {
        return Stream.of(EmbeddingBag.Mode.values());
    }

    @Test
    void everyFileOfTheseKindsIsChecked() {
        assertThat(Golden.names("rnn", "gru", "lstm")).containsExactlyInAnyOrderElementsOf(RECURRENT.keySet());
        assertThat(Golden.names("embedding"))
                .containsExactly(
                        "embedding", "embedding_padding", "embeddingbag_max", "embeddingbag_mean", "embeddingbag_sum");
    }

    @Test
    void looksUpAsPyTorchDoes() {
        looksUp("embedding", new Embedding(12, 5));
        looksUp("embedding_padding", new Embedding(12, 5, 0));
    }

    private static void looksUp(String name, Embedding layer) {
        Golden golden = Golden.load(name);
        take(layer, golden, "");
        try (Pass pass = Pass.recording()) {
            Tensor y = layer.forward(golden.input());
            golden.check("output", y);
            y.mul(golden.gradOutput()).sum().backward();
        }
        golden.check("grad.param.weight", layer.parameter("weight").grad());
    }

    @ParameterizedTest
    @MethodSource("modes")
    void putsBagsTogetherAsPyTorchDoes(EmbeddingBag.Mode mode) {
        Golden golden = Golden.load("embeddingbag_" + mode.name().toLowerCase(java.util.Locale.ROOT));
        EmbeddingBag layer = new EmbeddingBag(12, 5, mode);
        take(layer, golden, "bag.");
        float[] starts = golden.input(1).toArray();
        int[] lengths = new int[starts.length];
        for (int i = 0; i < lengths.length; i++) {
            int end = i + 1 < starts.length
                    ? (int) starts[i + 1]
                    : golden.input(0).numel();
            lengths[i] = end - (int) starts[i];
        }
        try (Pass pass = Pass.recording()) {
            Tensor y = layer.forward(Tensor.ragged(golden.input(0), lengths));
            golden.check("output", y);
            y.mul(golden.gradOutput()).sum().backward();
        }
        golden.check("grad.param.bag.weight", layer.parameter("weight").grad());
    }

    @Test
    void attendsAsPyTorchDoes() {
        Golden golden = Golden.load("multihead_self_attention");
        MultiheadAttention layer = new MultiheadAttention(8, 2);
        take(layer, golden, "attn.");
        for (boolean ragged : new boolean[] {false, true}) {
            Tensor padded = golden.input();
            int[] lengths = lengths(golden, padded);
            Tensor x = (ragged ? rows(padded, lengths) : padded).requiresGrad(true);
            layer.parameters().values().forEach(Tensor::zeroGrad);
            try (Pass pass = Pass.recording()) {
                Tensor y = layer.forward(x);
                golden.check("output", padded(y, lengths));
                y.mul(ragged ? rows(golden.gradOutput(), lengths) : golden.gradOutput())
                        .sum()
                        .backward();
            }
            golden.check("grad.input", padded(x.grad(), lengths));
            layer.parameters().forEach((path, p) -> golden.check("grad.param.attn." + path, p.grad()));
        }
    }

    @Test
    void placesAreSinesAndCosines() {
        float[] y = new SinusoidalPositions().forward(Tensor.zeros(1, 3, 4)).toArray();
        for (int t = 0; t < 3; t++) {
            double[] expected = {Math.sin(t), Math.cos(t), Math.sin(t / 100.0), Math.cos(t / 100.0)};
            for (int i = 0; i < 4; i++) {
                assertThat((double) y[t * 4 + i]).isCloseTo(expected[i], org.assertj.core.api.Assertions.within(1e-6));
            }
        }
        float[] odd = new SinusoidalPositions().forward(Tensor.zeros(1, 2, 3)).toArray();
        assertThat(odd[5]).isEqualTo((float) Math.sin(Math.pow(10_000, -2.0 / 3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("recurrent")
    void runsOverSequencesAsPyTorchDoes(String name) {
        Golden golden = Golden.load(name);
        boolean packed = golden.has("input.1");
        String prefix = packed ? "rnn." : "";
        RecurrentLayer<?> layer = RECURRENT.get(name).get();
        take(layer, golden, prefix);
        Tensor padded = packed ? golden.input(0) : golden.input();
        int[] lengths = lengths(golden, padded);
        Tensor x = (packed ? rows(padded, lengths) : padded).requiresGrad(true);
        layer.setReturnSequences(true);
        try (Pass pass = Pass.recording()) {
            Tensor y = layer.forward(x);
            golden.check("output.0", padded(y, lengths));
            Tensor gradient = golden.gradOutput();
            y.mul(packed ? rows(gradient, lengths) : gradient).sum().backward();
        }
        golden.check(packed ? "grad.input.0" : "grad.input", padded(x.grad(), lengths));
        layer.parameters().forEach((path, parameter) -> golden.check("grad.param." + prefix + path, parameter.grad()));
        checkLast(golden, layer.setReturnSequences(false).forward(x.detach()));
    }

    /** PyTorch gives the last states of all layers, one behind the other; the last layer's are what ours gives. */
    private static void checkLast(Golden golden, Tensor last) {
        Tensor all = golden.tensor("output.1");
        int directions = last.size(1) / all.size(2);
        Tensor expected = all.slice(0, all.size(0) - directions, all.size(0))
                .transpose(0, 1)
                .flatten(1);
        assertThat(last.shape()).isEqualTo(expected.shape());
        float[] values = last.toArray();
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).isCloseTo(expected.toArray()[i], org.assertj.core.api.Assertions.within(1e-5f));
        }
    }

    private static int[] lengths(Golden golden, Tensor padded) {
        int[] lengths = new int[padded.size(0)];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = golden.has("input.1") ? (int) golden.input(1).get(i) : padded.size(1);
        }
        return lengths;
    }

    private static Tensor rows(Tensor padded, int... lengths) {
        Tensor[] rows = new Tensor[lengths.length];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = padded.slice(0, i, i + 1).squeeze(0).slice(0, 0, lengths[i]);
        }
        return Tensor.ragged(rows);
    }

    /** With zeros behind shorter rows, as PyTorch pads. */
    private static Tensor padded(Tensor x, int... lengths) {
        int longest = java.util.Arrays.stream(lengths).max().orElse(0);
        int width = x.shape().last();
        float[] values = new float[lengths.length * longest * width];
        float[] from = x.toArray();
        int at = 0;
        for (int row = 0; row < lengths.length; row++) {
            System.arraycopy(from, at, values, row * longest * width, lengths[row] * width);
            at += lengths[row] * width;
        }
        return Tensor.of(values, Shape.of(lengths.length, longest, width));
    }

    private static void take(Layer layer, Golden golden, String prefix) {
        assertThat(golden.parameters())
                .containsExactlyInAnyOrderElementsOf(layer.parameters().keySet().stream()
                        .map(path -> prefix + path)
                        .toList());
        layer.parameters().forEach((path, parameter) -> parameter.set(golden.parameter(prefix + path)));
    }
}
