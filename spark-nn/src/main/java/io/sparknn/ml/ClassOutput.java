package io.sparknn.ml;

import io.sparknn.nn.RowScorer;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vectors;

/** Raw prediction, probability and prediction of a row, of the network's outputs: those of them that are asked for. */
final class ClassOutput implements RowScorer.Output {
    private static final long serialVersionUID = 1L;

    private final Link link;
    private final boolean several;
    private final double[] thresholds;
    private final boolean raw;
    private final boolean probability;
    private final boolean prediction;

    /**
     * The columns.
     *
     * @param link makes probabilities of outputs
     * @param several whether each output is a label of its own
     * @param thresholds of the classes, or null
     */
    ClassOutput(Link link, boolean several, double[] thresholds, boolean raw, boolean probability, boolean prediction) {
        this.link = link;
        this.several = several;
        this.thresholds = thresholds == null ? null : thresholds.clone();
        this.raw = raw;
        this.probability = probability;
        this.prediction = prediction;
    }

    @Override
    public void write(float[] values, int from, int width, Object[] row, int at) {
        double[] scores = raw(several, values, from, width);
        double[] shares = null;
        if (probability || (prediction && (thresholds != null || several))) {
            shares = scores.clone();
            link.apply(shares);
        }
        int next = at;
        if (raw) {
            row[next++] = Vectors.dense(scores);
        }
        if (probability) {
            row[next++] = Vectors.dense(shares);
        }
        if (prediction) {
            row[next] = several ? new DenseVector(labels(shares)) : (Object) predicted(scores, shares);
        }
    }

    /** Outputs as raw predictions; a single one stands for class 1 against class 0. */
    static double[] raw(boolean several, float[] values, int from, int width) {
        if (width == 1 && !several) {
            return new double[] {-values[from], values[from]};
        }
        double[] raw = new double[width];
        for (int i = 0; i < width; i++) {
            raw[i] = values[from + i];
        }
        return raw;
    }

    /** As MLlib: the largest score, or with thresholds the largest probability by the class's threshold. */
    private double predicted(double[] scores, double... shares) {
        if (thresholds == null) {
            return Vectors.dense(scores).argmax();
        }
        int largest = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < shares.length; i++) {
            // of a class whose threshold is 0 infinite, or NaN if it is impossible
            double scaled = shares[i] / thresholds[i];
            if (scaled > most) {
                most = scaled;
                largest = i;
            }
        }
        return largest;
    }

    /** Of several labels, each is 1 if it is more probable than its threshold, or than not. */
    private double[] labels(double... shares) {
        double[] labels = new double[shares.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = shares[i] > (thresholds == null ? 0.5 : thresholds[i]) ? 1 : 0;
        }
        return labels;
    }
}
