package io.sparknn.ml;

import io.sparknn.nn.RowScorer;
import io.sparknn.serve.Link;
import org.apache.spark.ml.linalg.Vectors;

/** The prediction of a row: a number, or a vector of several. */
final class NumberOutput implements RowScorer.Output {
    private static final long serialVersionUID = 1L;

    private final Link link;
    private final boolean vector;

    NumberOutput(Link link, boolean vector) {
        this.link = link;
        this.vector = vector;
    }

    @Override
    public void write(float[] values, int from, int width, Object[] row, int at) {
        double[] numbers = new double[width];
        for (int i = 0; i < width; i++) {
            numbers[i] = values[from + i];
        }
        link.apply(numbers);
        row[at] = vector ? Vectors.dense(numbers) : (Object) numbers[0];
    }
}
