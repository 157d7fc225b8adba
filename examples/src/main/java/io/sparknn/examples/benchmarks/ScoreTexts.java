package io.sparknn.examples.benchmarks;

import static org.apache.spark.sql.functions.expr;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Gru;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The last state of a Gru over messages of 1 to 200 tokens: one partition, so one thread, beside PyTorch's. */
final class ScoreTexts extends Benchmark {
    private static final int ROWS = 5_000;

    ScoreTexts() {
        super("score-gru");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Comparison row = Comparison.of(
                name(),
                "score 5,000 texts of 1 to 200 tokens, Gru 32 → 64, one thread",
                "PyTorch, packed sequences, one thread",
                Target.speed(0.8));
        Torch torch = setting.torch();
        if (torch.missing() != null) {
            return List.of(row.skipped(torch.missing()));
        }
        String ids = "transform(sequence(0, int(id * 7919 % 200)), i -> pmod(hash(id, i), 5000))";
        Dataset<Row> texts =
                setting.spark().range(0, ROWS, 1, 1).select(expr(ids).as("ids")).cache();
        texts.count();
        Sequential network = new Sequential(new Embedding(5000, 32), new Gru(32, 64))
                .setInputCol("ids")
                .setOutputCol("state")
                .setTrainable(false);
        Pairs pairs = Pairs.inTurns(
                3,
                11,
                30,
                Pairs.timed(() -> Setting.consume(network.transform(texts).select("state"))),
                () -> torch.seconds("gru", ROWS));
        texts.unpersist();
        return List.of(row.measured(pairs, ROWS));
    }
}
