package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparknn.format.Safetensors;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.BatchNorm3d;
import io.sparknn.nn.layers.Conv1d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Conv3d;
import io.sparknn.nn.layers.ConvTranspose1d;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.LayerNorm;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Lstm;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.MultiheadAttention;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Weights to PyTorch and back, with PyTorch itself: {@code load_state_dict(strict=True)} there of what was saved here, and
 * here of what it saved, each side's outputs against the other's. Runs where {@code /usr/bin/python3} or {@code python3}
 * has torch, as after {@code apt install python3-torch}; is skipped elsewhere, but not where {@code
 * -Dsparknn.python=COMMAND} names a Python.
 */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class PyTorchTest {
    private static final String SCRIPT = "round_trip.py";
    private static final Map<String, Supplier<Sequential>> NETWORKS = new TreeMap<>();
    private static final Map<String, Tensor> INPUTS = new TreeMap<>();

    static {
        put(
                "mlp",
                Tensor.rand(5, 6),
                () -> new Sequential(new Linear(6, 8), new BatchNorm1d(8), new Relu(), new Linear(8, 3, false)));
        put(
                "cnn",
                Tensor.rand(3, 2, 8, 8),
                () -> new Sequential(
                        new Conv2d(2, 4, 3, 1, 1),
                        new BatchNorm2d(4),
                        new Relu(),
                        new MaxPool2d(2),
                        new Conv2d(4, 6, new int[] {1, 3}, 2, false),
                        new Flatten(),
                        new Linear(48, 3)));
        put(
                "series",
                Tensor.rand(3, 2, 9),
                () -> new Sequential(
                        new Conv1d(2, 4, 3, 2, 0),
                        new BatchNorm1d(4, 1e-5, 0.1, false, true),
                        new ConvTranspose1d(4, 2, 3)));
        put("volume", Tensor.rand(2, 1, 3, 4, 3), () -> new Sequential(new Conv3d(1, 2, 2), new BatchNorm3d(2)));
        put(
                "gru",
                ids(),
                () -> new Sequential(
                        new Embedding(20, 5), new Gru(5, 4, 2, true).setReturnSequences(true), new Linear(8, 2)));
        put("lstm", ids(), () -> new Sequential(new Embedding(20, 5), new Lstm(5, 4), new Linear(4, 2)));
        put(
                "attention",
                ids(),
                () -> new Sequential(
                        new Embedding(20, 8), new MultiheadAttention(8, 2), new LayerNorm(8), new Linear(8, 2)));
        put(
                "nested",
                Tensor.rand(4, 6),
                () -> new Sequential(new Linear(6, 4), new Sequential(new Tanh(), new Linear(4, 4)), new Linear(4, 1)));
    }

    @TempDir
    private static Path folder;

    private static final Map<String, Sequential> SAVED = new TreeMap<>();

    private static void put(String name, Tensor input, Supplier<Sequential> network) {
        NETWORKS.put(name, network);
        INPUTS.put(name, input);
    }

    private static Tensor ids() {
        return Tensor.of(3, 19, 0, 7, 7, 1, 12, 5).reshape(2, 4);
    }

    static Stream<String> networks() {
        return NETWORKS.keySet().stream();
    }

    @BeforeAll
    static void exchange() throws IOException, InterruptedException {
        String python = python();
        for (String name : NETWORKS.keySet()) {
            Sequential network = NETWORKS.get(name).get();
            // Running statistics and a counter that are not their initial values.
            for (int step = 0; step < 3; step++) {
                try (Pass pass = Pass.training(step)) {
                    network.forward(INPUTS.get(name));
                }
            }
            SAVED.put(name, network);
            network.saveWeights(file(name + ".java"));
            Tensor x = INPUTS.get(name);
            try (OutputStream out = Files.newOutputStream(Path.of(file(name + ".input")))) {
                Safetensors.builder().add("x", x.shape(), x.toArray()).build().write(out);
            }
        }
        Path script = folder.resolve(SCRIPT);
        try (InputStream in = PyTorchTest.class.getResourceAsStream("/pytorch/" + SCRIPT)) {
            Files.copy(in, script);
        }
        Path log = folder.resolve("log");
        int status = run(log, python, script.toString(), folder.toString());
        assertThat(status).as(() -> read(log)).isZero();
    }

    /** The command of a Python that has torch; the end of the tests where there is none. */
    private static String python() throws IOException, InterruptedException {
        String named = System.getProperty("sparknn.python");
        List<String> candidates = named == null ? List.of("/usr/bin/python3", "python3") : List.of(named);
        for (String candidate : candidates) {
            if (run(folder.resolve("probe"), candidate, "-c", "import torch") == 0) {
                return candidate;
            }
        }
        assertThat(named)
                .as("no torch in the Python that -Dsparknn.python names")
                .isNull();
        assumeTrue(false, "no torch in any Python of " + candidates + "; apt install python3-torch to run this");
        throw new AssertionError();
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) { // no such program
            return -1;
        }
        try {
            return process.waitFor(5, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    private static String file(String name) {
        return folder.resolve(name + ".safetensors").toString();
    }

    private static Safetensors weights(String name) throws IOException {
        return Safetensors.read(Files.readAllBytes(Path.of(file(name))));
    }

    private static void assertOutput(Layer network, String name, String output) throws IOException {
        Tensor y = network.forward(INPUTS.get(name));
        Safetensors expected = weights(name + output);
        assertThat(y.shape()).isEqualTo(expected.shape("y"));
        float[] values = expected.values("y");
        for (int i = 0; i < values.length; i++) {
            assertThat(Math.abs(y.toArray()[i] - values[i]))
                    .as("output %d of %s: %s instead of %s", i, name, y.toArray()[i], values[i])
                    .isLessThanOrEqualTo(1e-5f + 1e-5f * Math.abs(values[i]));
        }
    }

    private static void assertHolds(Layer network, Safetensors expected) {
        Map<String, Parameter> state = ModuleState.of(network);
        assertThat(state.keySet()).containsExactlyInAnyOrderElementsOf(expected.names());
        state.forEach((name, parameter) -> {
            assertThat(parameter.shape()).as(name).isEqualTo(expected.shape(name));
            assertThat(parameter.load(true)).as(name).containsExactly(expected.values(name));
        });
    }

    /** That PyTorch loads it, strictly and with the types it has itself, its script has checked. */
    @ParameterizedTest
    @MethodSource("networks")
    void pyTorchComputesTheSameOfWhatWasSavedHere(String name) throws IOException {
        assertOutput(SAVED.get(name), name, ".java_output");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatPyTorchSavedComputesTheSameHere(String name) throws IOException {
        Sequential network = NETWORKS.get(name).get().loadWeights(file(name + ".torch"));
        assertHolds(network, weights(name + ".torch"));
        assertOutput(network, name, ".torch_output");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void whatPyTorchSavedIsSavedAgainAsItWas(String name) throws IOException {
        NETWORKS.get(name).get().loadWeights(file(name + ".torch")).saveWeights(file(name + ".again"));
        Safetensors first = weights(name + ".torch");
        Safetensors again = weights(name + ".again");
        assertThat(again.names()).containsExactlyInAnyOrderElementsOf(first.names());
        for (String tensor : first.names()) {
            assertThat(again.shape(tensor)).isEqualTo(first.shape(tensor));
            assertThat(again.isWhole(tensor)).isEqualTo(first.isWhole(tensor));
            assertThat(again.values(tensor)).containsExactly(first.values(tensor));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void otherTypesOfNumbersAreWhatPyTorchMakesOfThem(String name) throws IOException {
        for (String type : List.of(".half", ".bfloat16", ".double")) {
            Sequential network = NETWORKS.get(name).get().loadWeights(file(name + type));
            assertHolds(network, weights(name + type + "_values"));
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void shardsAreReadAsOne(String name) throws IOException {
        Path shards = folder.resolve(name + ".shards");
        Safetensors expected = weights(name + ".torch");
        assertHolds(NETWORKS.get(name).get().loadWeights(shards.toString()), expected);
        String index = shards.resolve("model.safetensors.index.json").toString();
        assertHolds(NETWORKS.get(name).get().loadWeights(index), expected);
    }

    @Test
    void lazyNetworksTakeTheirSizesFromPyTorchsFile() throws IOException {
        Layer network = (Layer)
                new LazySequential(new LazyLinear(8), new LazyBatchNorm1d(), new Relu(), new LazyLinear(3, false))
                        .loadWeights(file("mlp.torch"));
        assertThat(network.parameter("0.weight").shape()).isEqualTo(Shape.of(8, 6));
        assertOutput(network, "mlp", ".torch_output");
    }

    @Test
    void batchesAreCountedInPyTorchsType() throws IOException {
        assertThat(weights("mlp.java").isWhole("1.num_batches_tracked")).isTrue();
        assertThat(weights("mlp.java").values("1.num_batches_tracked")).containsExactly(3);
        assertThat(weights("mlp.torch").values("1.num_batches_tracked")).containsExactly(7);
    }
}
