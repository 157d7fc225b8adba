package io.sparknn.examples.benchmarks;

import static org.apache.spark.sql.functions.col;

import io.sparknn.nn.Sequential;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows scored beside ten columns of strings, two of which are wanted afterwards, and without such columns. */
final class ScoreColumns extends Benchmark {
    ScoreColumns() {
        super("score-columns");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> rows = setting.rows();
        Sequential network = Networks.perceptron();
        Dataset<Row> features = rows.select("features");
        Pairs pairs = Pairs.inTurns(
                3,
                15,
                25,
                Pairs.timed(() -> Setting.consume(network.transform(rows).select(col("s3"), col("s7"), col("out")))),
                Pairs.timed(() -> Setting.consume(network.transform(features).select("out"))));
        return List.of(Comparison.of(
                        name(),
                        "the same with 10 columns of strings, 2 of them selected",
                        "the same without them",
                        Target.time(1.2))
                .measured(pairs, Setting.ROWS));
    }
}
