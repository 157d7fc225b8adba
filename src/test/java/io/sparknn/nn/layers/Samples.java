package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import java.util.Random;

/** Values for layers of the catalogue, and rows for their inputs. */
final class Samples {
    private final Random random = new Random(11);

    /** Gives parameters and buffers values that are none of their first ones; variances above 0. */
    <L extends Layer> L trained(L layer) {
        layer.parameters().forEach((name, p) -> p.set(normal(p.shape(), 0.5)));
        layer.buffers().forEach((name, b) -> {
            Tensor values = normal(b.shape(), 0.5);
            b.set(name.endsWith("running_var") ? values.abs().add(0.3) : values);
        });
        return layer;
    }

    private Tensor normal(Shape shape, double scale) {
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return Tensor.of(values, shape);
    }

    /** One input of so many rows, each an array; of different length where the shape says so. */
    float[][] rows(Shape shape, int rows, boolean equal) {
        float[][] values = new float[rows][];
        int ids = shape.ids();
        int element = shape.dropFirst(shape.isRagged() ? 2 : 1).size();
        for (int i = 0; i < rows; i++) {
            int length = !shape.isRagged() ? 1 : equal ? 4 : i % 5;
            values[i] = new float[length * element];
            for (int j = 0; j < values[i].length; j++) {
                values[i][j] = ids > 0 ? random.nextInt(ids) : (float) random.nextGaussian();
            }
        }
        return values;
    }

    /** The same as a tensor. */
    static Tensor tensor(Shape shape, float[]... rows) {
        int size = Arrays.stream(rows).mapToInt(row -> row.length).sum();
        float[] all = new float[size];
        int at = 0;
        for (float[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        if (!shape.isRagged()) {
            return Tensor.of(all, Shape.of(shape.with(0, rows.length).dims()));
        }
        Shape element = shape.dropFirst(2);
        int[] lengths =
                Arrays.stream(rows).mapToInt(row -> row.length / element.size()).toArray();
        int[] dims = shape.dropFirst(1).dims();
        dims[0] = size / element.size();
        return Tensor.ragged(Tensor.of(all, Shape.of(dims)), lengths);
    }

    /** The values of each row of a result. */
    static float[][] rowsOf(Tensor y) {
        float[] values = y.toArray();
        float[][] rows = new float[y.shape().dim(0)][];
        float[] lengths = y.shape().isRagged() ? y.rowLengths().toArray() : null;
        int width = values.length == 0
                ? 0
                : lengths == null
                        ? values.length / rows.length
                        : y.shape().dropFirst(2).size();
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            int size = lengths == null ? width : ((int) lengths[i]) * width;
            rows[i] = Arrays.copyOfRange(values, at, at + size);
            at += size;
        }
        return rows;
    }
}
