package io.sparknn;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The first digits of MNIST's test set, on which PyTorch's reference runs train: {@code t10k-images-idx3-ubyte.gz} and
 * {@code t10k-labels-idx1-ubyte.gz} in the directory that {@code -Dsparknn.mnist} names. They are no part of the project,
 * so tests that ask for them are skipped where there is no such directory.
 */
public final class HandwrittenDigits {
    /** Pixels of a digit, 28 × 28. */
    public static final int WIDTH = 784;

    private static final int IMAGES_HEADER = 16;
    private static final int LABELS_HEADER = 8;

    private final int rows;
    private final float[] pixels;
    private final float[] labels;

    private HandwrittenDigits(int rows, float[] pixels, float[] labels) {
        this.rows = rows;
        this.pixels = pixels;
        this.labels = labels;
    }

    /** So many digits in the order of the file, or the end of a test that has none to read. */
    public static HandwrittenDigits first(int rows) {
        String directory = System.getProperty("sparknn.mnist", "");
        assumeTrue(!directory.isEmpty() && Files.isDirectory(Path.of(directory)), "no -Dsparknn.mnist=DIRECTORY");
        float[] pixels = bytes(Path.of(directory, "t10k-images-idx3-ubyte.gz"), IMAGES_HEADER, rows * WIDTH);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] /= 255f;
        }
        return new HandwrittenDigits(
                rows, pixels, bytes(Path.of(directory, "t10k-labels-idx1-ubyte.gz"), LABELS_HEADER, rows));
    }

    private static float[] bytes(Path file, int header, int count) {
        try (InputStream in = new GZIPInputStream(new FileInputStream(file.toFile()))) {
            in.readNBytes(header);
            byte[] read = in.readNBytes(count);
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = Byte.toUnsignedInt(read[i]);
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pixels from 0 to 1, (rows, 784). */
    public Tensor pixels() {
        return Tensor.of(pixels, Shape.of(rows, WIDTH));
    }

    /** Digits from 0 to 9, (rows). */
    public Tensor labels() {
        return Tensor.of(labels);
    }
}
