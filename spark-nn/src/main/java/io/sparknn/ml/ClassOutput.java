package io.sparknn.ml;

import io.sparknn.nn.RowScorer;
import io.sparknn.serve.Prediction;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vectors;

/** Raw prediction, probability and prediction of a row, of the network's outputs: those of them that are asked for. */
final class ClassOutput implements RowScorer.Output {
    private static final long serialVersionUID = 1L;

    private final Prediction rule;
    private final boolean raw;
    private final boolean probability;
    private final boolean prediction;

    /**
     * The columns.
     *
     * @param rule makes probabilities and predictions of outputs
     */
    ClassOutput(Prediction rule, boolean raw, boolean probability, boolean prediction) {
        this.rule = rule;
        this.raw = raw;
        this.probability = probability;
        this.prediction = prediction;
    }

    @Override
    public void write(float[] values, int from, int width, Object[] row, int at) {
        double[] scores = rule.raw(values, from, width);
        double[] shares = probability || (prediction && rule.needsProbabilities()) ? rule.linked(scores) : null;
        int next = at;
        if (raw) {
            row[next++] = Vectors.dense(scores);
        }
        if (probability) {
            row[next++] = Vectors.dense(shares);
        }
        if (prediction) {
            row[next] = rule.isSeveral()
                    ? new DenseVector(rule.labels(shares))
                    : (Object) (double) rule.choice(scores, shares);
        }
    }
}
