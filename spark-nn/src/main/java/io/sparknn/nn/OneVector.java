package io.sparknn.nn;

import org.apache.spark.ml.linalg.Vectors;

/** The output of a layer as one column of vectors. */
final class OneVector implements RowScorer.Output {
    private static final long serialVersionUID = 1L;

    @Override
    public void write(float[] values, int from, int width, Object[] row, int at) {
        double[] vector = new double[width];
        for (int i = 0; i < width; i++) {
            vector[i] = values[from + i];
        }
        row[at] = Vectors.dense(vector);
    }
}
