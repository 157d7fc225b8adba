package io.sparknn.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.ChildJvm;
import io.sparknn.nn.Layer;
import io.sparknn.nn.NetworkFiles;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Softmax;
import io.sparknn.nn.layers.TransformerEncoderLayer;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server asks of a predictor: speed from the first row on, no garbage, any number of threads, clear errors. */
@Tag("fast")
final class PredictorTest {
    private static final int WIDTH = 784;

    @TempDir
    private Path directory;

    private static Sequential digits() {
        return new Sequential(new Linear(WIDTH, 128), new Relu(), new Dropout(0.2), new Linear(128, 10), new Softmax());
    }

    private Predictor saved(Layer layer, Shape... inputs) {
        NetworkFiles.write(layer, directory.toString());
        NetworkFiles.writeRecording(layer, directory.toString(), null, inputs);
        return Predictor.load(directory.toString());
    }

    private static float[] row(int seed, int width) {
        float[] row = new float[width];
        for (int i = 0; i < width; i++) {
            row[i] = (float) Math.sin(seed + i * 0.37);
        }
        return row;
    }

    @Test
    void aColdJvmWithNothingButTheLibraryAnswersAtOnce() throws IOException, InterruptedException, URISyntaxException {
        Sequential network = digits();
        saved(network);
        float[] half = new float[WIDTH];
        Arrays.fill(half, 0.5f);
        String expected = Arrays.toString(
                network.forward(Tensor.of(half, Shape.of(1, WIDTH))).toArray());
        long best = Long.MAX_VALUE;
        // Other processes disturb, such as the tests beside this one; what the JVM needs is the best of some runs.
        for (int run = 0; run < 40 && best > 100_000_000L; run++) {
            List<String> lines = coldStart(directory.toString(), String.valueOf(WIDTH));
            assertThat(lines.get(1)).isEqualTo(expected);
            best = Math.min(best, Long.parseLong(lines.get(0)));
        }
        assertThat(best).as("nanoseconds from main to the first answer").isLessThan(100_000_000L);
    }

    private List<String> coldStart(String... arguments) throws IOException, InterruptedException, URISyntaxException {
        Path main = Files.createDirectories(directory.resolve("main/io/sparknn/serve"));
        String name = ColdStart.class.getSimpleName() + ".class";
        try (var in = ColdStart.class.getResourceAsStream(name)) {
            Files.write(main.resolve(name), in.readAllBytes());
        }
        Path library = Path.of(Predictor.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                library + System.getProperty("path.separator") + directory.resolve("main"),
                ColdStart.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed.lines().toList();
    }

    /** The vectors of a loop that C2 compiled badly are objects; in one JVM out of four that happens to recurrent layers. */
    @ParameterizedTest
    @CsvSource({"plain, 0", "vector, 4096"})
    void scoringCreatesNothing(String kernel, long most) {
        Map<String, Layer> networks = Map.of(
                "digits", digits(),
                "images",
                        new Sequential(
                                new Unflatten(1, 8, 8),
                                new Conv2d(1, 8, 3),
                                new BatchNorm2d(8),
                                new Relu(),
                                new MaxPool2d(2),
                                new Flatten(),
                                new Linear(72, 5)),
                "texts",
                        new Sequential(
                                new Embedding(10, 16),
                                new TransformerEncoderLayer(16, 2, 32, 0.1),
                                new Gru(16, 16),
                                new Linear(16, 2)));
        List<String> directories = new ArrayList<>();
        networks.forEach((name, network) -> {
            if (kernel.equals("vector") && name.equals("texts")) {
                return;
            }
            String path = directory.resolve(name).toString();
            Shape input = Shape.of(-1, name.equals("digits") ? WIDTH : name.equals("images") ? 64 : 12);
            NetworkFiles.write(network, path);
            NetworkFiles.writeRecording(network, path, null, input);
            directories.add(path);
        });
        String printed = ChildJvm.run(
                Garbage.class, List.of("-Xmx1g", "-Dsparknn.gemm=" + kernel), directories.toArray(new String[0]));
        assertThat(printed.lines().map(Long::valueOf))
                .hasSize(2 * directories.size())
                .allMatch(bytes -> bytes <= most);
    }

    @Test
    void threadsShareOnePredictor() throws InterruptedException, ExecutionException {
        Sequential network = new Sequential(
                new Unflatten(1, 8, 8),
                new Conv2d(1, 4, 3),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new Linear(36, 5));
        Predictor predictor = saved(network, Shape.of(-1, 64));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int seed = i;
                results.add(threads.submit(() -> predictor.predict(row(seed, 64))));
            }
            for (int i = 0; i < 400; i++) {
                assertThat(results.get(i).get())
                        .isEqualTo(network.forward(Tensor.of(row(i, 64), Shape.of(1, 64)))
                                .toArray());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void idsComeAsInts() {
        Sequential network = new Sequential(new Embedding(20, 4), new Gru(4, 3));
        Predictor predictor = saved(network);
        assertThat(predictor.inputShape()).isEqualTo(Shape.of(-1, -2));
        assertThat(predictor.outputShape()).isEqualTo(Shape.of(-1, 3));
        float[] expected = network.forward(Tensor.ragged(Tensor.of(3, 1, 19), Tensor.of(new float[0])))
                .toArray();
        float[][] both = predictor.predictIds(new int[] {3, 1, 19}, new int[0]);
        assertThat(both[0]).isEqualTo(Arrays.copyOf(expected, 3)).isEqualTo(predictor.predict(3, 1, 19));
        assertThat(both[1]).containsExactly(0, 0, 0);
        assertThatThrownBy(() -> predictor.predict(20)).hasMessageContaining("whole numbers from 0 to 19, got 20.0");
    }

    @Test
    void wrongRowsAreRefused() {
        Predictor predictor = saved(new Linear(3, 2));
        assertThat(predictor.inputShape()).isEqualTo(Shape.of(-1, 3));
        assertThatThrownBy(() -> predictor.predict(new float[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the network expects vectors of 3, got 4; give it rows of the width it was trained on");
        assertThatThrownBy(() -> predictor.predict(1, 2)).hasMessageContaining("vectors of 3, got 2");
        assertThatThrownBy(() -> predictor.predict(new float[] {1, Float.NaN, 2}))
                .hasMessageContaining("got NaN or an infinite value");
        assertThatThrownBy(() -> predictor.predict(new float[3], new float[3])).hasMessageContaining("1 inputs, got 2");
        assertThatThrownBy(() -> predictor.predictInto(new float[3], new float[1]))
                .hasMessageContaining("room for 1 rows of 2 outputs, got 1");
        assertThatThrownBy(() -> predictor.predictInto(2, new float[5], new float[4]))
                .hasMessageContaining("2 rows of 3 values, got 5");
        assertThatThrownBy(() -> predictor.predictInto(2_000_000_000, new float[3], new float[2]))
                .hasMessageContaining("2000000000 rows of 3 values, got 3");
        assertThatThrownBy(() -> predictor.predict((float[]) null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects values for input 0, got null");
        assertThatThrownBy(() -> Predictor.load("hdfs://host/model"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects a directory of the local file system, got hdfs://host/model");
        assertThatThrownBy(() -> predictor.probability(new float[3])).hasMessageContaining("got a layer; use predict");
    }

    @Test
    void aDirectoryWithoutARecordingIsRefused() throws IOException {
        assertThatThrownBy(() -> Predictor.load(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without recording.json");
        assertThatThrownBy(() -> saved(new Sequential(new Conv2d(1, 2, 3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not know the shape of its input");
        saved(new Linear(3, 2));
        String json = Files.readString(directory.resolve("recording.json"));
        List<String> damages = List.of(
                "",
                "[]",
                "{}",
                json.substring(0, json.length() / 2),
                json.replace("\"format\":1", "\"format\":2"),
                json.replace("\"linear\"", "\"frobnicate\""),
                json.replace("[-1,3]", "[-1,\"3\"]"),
                json.replace("\"in\":[0,", "\"in\":[9,"),
                json.replace("\"shape\":[2,3]", "\"shape\":[3,3]"),
                json.replace("\"weight\"", "\"wait\""));
        for (String damage : damages) {
            assertThat(damage).isNotEqualTo(json);
            Files.writeString(directory.resolve("recording.json"), damage);
            assertThatThrownBy(() -> Predictor.load(directory).predict(1, 2, 3))
                    .as(damage)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
