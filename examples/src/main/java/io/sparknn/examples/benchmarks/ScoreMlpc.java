package io.sparknn.examples.benchmarks;

import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import io.sparknn.nn.Sequential;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.classification.MultilayerPerceptronClassificationModel;
import org.apache.spark.ml.classification.MultilayerPerceptronClassifier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows scored by a chain of layers, and by MLlib's perceptron of the same sizes with the three columns it adds. */
final class ScoreMlpc extends Benchmark {
    ScoreMlpc() {
        super("score-mlpc");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> rows = setting.rows().select("features");
        Sequential network = Networks.perceptron();
        MultilayerPerceptronClassificationModel theirs = perceptron(rows);
        Pairs pairs = Pairs.inTurns(
                2,
                9,
                35,
                Pairs.timed(() -> Setting.consume(network.transform(rows))),
                Pairs.timed(() -> Setting.consume(theirs.transform(rows))));
        return List.of(
                Comparison.of(name(), "score 80,000 × 784 by 784-128-10", "MLlib's perceptron model", Target.speed(25))
                        .measured(pairs, Setting.ROWS)
                        .noted("MLlib's BLAS: " + blas()));
    }

    /** What MLlib finds: a native library, Java's vector registers, or plain Java. */
    private static String blas() {
        try {
            return NativeBLAS.getInstance().getClass().getSimpleName();
        } catch (RuntimeException e) {
            return JavaBLAS.getInstance().getClass().getSimpleName();
        }
    }

    /** MLlib makes such a model by training only; one step on a few rows will do. */
    private static MultilayerPerceptronClassificationModel perceptron(Dataset<Row> rows) {
        return new MultilayerPerceptronClassifier()
                .setLayers(new int[] {Networks.INPUTS, Networks.HIDDEN, Networks.OUTPUTS})
                .setMaxIter(1)
                .setSeed(7)
                .fit(rows.limit(100).selectExpr("features", "pmod(hash(features), 10) as label"));
    }
}
