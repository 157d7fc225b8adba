package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparknn.Golden;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.optim.Adam;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * PyTorch's run of three epochs of Adam on handwritten digits, through the engine. The digits are no part of the project:
 * the run is made where {@code -Dsparknn.mnist} names a directory with MNIST's test set, and skipped elsewhere.
 */
final class GoldenDigitsFitTest {
    private static final int ROWS = 1024;
    private static final int BATCH = 64;
    private static final int WIDTH = 784;
    private static final int EPOCHS = 3;

    @ParameterizedTest(name = "{0} workers")
    @ValueSource(ints = {1, 2})
    void trainsAsPyTorchDoes(int workers) throws IOException {
        String directory = System.getProperty("sparknn.mnist", "");
        assumeTrue(!directory.isEmpty() && Files.isDirectory(Path.of(directory)), "no -Dsparknn.mnist=DIRECTORY");
        Golden golden = Golden.load("train_mlp_adam");
        int hidden = golden.tensor("start.0.bias").numel();
        Layer network = new Sequential(new Linear(WIDTH, hidden), new Relu(), new Linear(hidden, 10));
        network.parameters().forEach((name, parameter) -> parameter.set(golden.tensor("start." + name)));

        TrainingOptions options = TrainingOptions.of(new CrossEntropyLoss(), new Adam(), 2e-3)
                .withWork(EPOCHS, BATCH, workers)
                .withPatience(0, 0, false)
                .withSeed(0, false);
        TrainingResult result = Fits.fit(network, options, digits(Path.of(directory)), Fits.classes(WIDTH, 10));

        float[] losses = golden.tensor("losses").toArray();
        int steps = ROWS / BATCH;
        assertThat(losses).hasSize(EPOCHS * steps);
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double mean = 0;
            for (int step = 0; step < steps; step++) {
                mean += (double) losses[epoch * steps + step] / steps;
            }
            assertThat(result.history().get(epoch).loss())
                    .as("loss of epoch %d", epoch + 1)
                    .isCloseTo(mean, within(1e-5 * mean));
        }
        network.parameters()
                .keySet()
                .forEach(name -> golden.check(
                        "end." + name, result.network().parameter(name).value(), 1e-3, 1e-5));
    }

    private static Dataset<Row> digits(Path directory) throws IOException {
        byte[] pixels = bytes(directory.resolve("t10k-images-idx3-ubyte.gz"), 16, ROWS * WIDTH);
        byte[] labels = bytes(directory.resolve("t10k-labels-idx1-ubyte.gz"), 8, ROWS);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double[] values = new double[WIDTH];
            for (int i = 0; i < WIDTH; i++) {
                values[i] = Byte.toUnsignedInt(pixels[row * WIDTH + i]) / 255f;
            }
            rows.add(RowFactory.create(Vectors.dense(values), Vectors.dense(0), (double) labels[row], 1.0, false));
        }
        return Fits.frame(rows, 3);
    }

    private static byte[] bytes(Path file, int header, int count) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new FileInputStream(file.toFile())))) {
            in.readNBytes(header);
            return in.readNBytes(count);
        }
    }
}
