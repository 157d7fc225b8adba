package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparknn.Golden;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * PyTorch's run of 48 steps of Adam on handwritten digits, step by step.
 *
 * <p>The digits are no part of the project: the run is made where {@code -Dsparknn.mnist} names a directory with the test
 * set of MNIST, in its two gzip files, and skipped elsewhere.
 */
@Tag("fast")
@SuppressWarnings("try")
final class GoldenDigitsTest {
    private static final int ROWS = 1024;
    private static final int BATCH = 64;
    private static final int WIDTH = 784;
    /** Not said in the file; the only usual one with which the figures come out. */
    private static final double RATE = 2e-3;

    private static final List<String> NAMES = List.of("0.weight", "0.bias", "2.weight", "2.bias");

    @Test
    void trainsAsPyTorchDoes() throws IOException {
        String directory = System.getProperty("sparknn.mnist", "");
        assumeTrue(!directory.isEmpty() && Files.isDirectory(Path.of(directory)), "no -Dsparknn.mnist=DIRECTORY");
        float[] pixels = bytes(Path.of(directory, "t10k-images-idx3-ubyte.gz"), 16, ROWS * WIDTH);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= 255f;
        }
        float[] labels = bytes(Path.of(directory, "t10k-labels-idx1-ubyte.gz"), 8, ROWS);
        Golden golden = Golden.load("train_mlp_adam");
        Tensor[] parameters = NAMES.stream()
                .map(name -> golden.tensor("start." + name).requiresGrad(true))
                .toArray(Tensor[]::new);
        float[][][] states = new float[NAMES.size()][][];
        float[] losses = golden.tensor("losses").toArray();
        for (int step = 1; step <= losses.length; step++) {
            int first = (step - 1) * BATCH % ROWS;
            float[] batch = Arrays.copyOfRange(pixels, first * WIDTH, (first + BATCH) * WIDTH);
            Tensor label = Tensor.of(Arrays.copyOfRange(labels, first, first + BATCH));
            try (Pass pass = Pass.recording()) {
                Tensor output = network(Tensor.of(batch, Shape.of(BATCH, WIDTH)), parameters);
                Tensor loss = new CrossEntropyLoss().mean(output, label);
                double expected = losses[step - 1];
                assertThat((double) loss.item())
                        .as("loss of step %d", step)
                        .isCloseTo(expected, within(1e-5 * expected));
                loss.backward();
            }
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = stepped(parameters[i], i, states, step);
            }
        }
        for (int i = 0; i < parameters.length; i++) {
            golden.check("end." + NAMES.get(i), parameters[i], 1e-4, 1e-6);
        }
        Tensor first = Tensor.of(Arrays.copyOf(pixels, 64 * WIDTH), Shape.of(64, WIDTH));
        golden.check("logits", network(first, parameters), 1e-4, 1e-5);
    }

    private static Tensor network(Tensor x, Tensor... parameters) {
        return x.linear(parameters[0], parameters[1]).relu().linear(parameters[2], parameters[3]);
    }

    private static Tensor stepped(Tensor parameter, int number, float[][][] states, int step) {
        Adam adam = new Adam();
        float[] weights = parameter.toArray();
        float[] gradients = parameter.grad().toArray();
        if (states[number] == null) {
            states[number] = adam.newState(weights.length);
        }
        adam.step(weights, gradients, states[number], 0, weights.length, new Step(RATE, step, NAMES.get(number)));
        return Tensor.of(weights, parameter.shape()).requiresGrad(true);
    }

    private static float[] bytes(Path file, int header, int count) throws IOException {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(new FileInputStream(file.toFile())))) {
            in.readNBytes(header);
            byte[] read = in.readNBytes(count);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = Byte.toUnsignedInt(read[i]);
            }
            return values;
        }
    }
}
