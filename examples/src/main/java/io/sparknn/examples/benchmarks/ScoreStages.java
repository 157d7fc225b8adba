package io.sparknn.examples.benchmarks;

import io.sparknn.examples.Rows;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import java.io.IOException;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Four small layers as stages of a PipelineModel, each with a column of its own, and as one Sequential. */
final class ScoreStages extends Benchmark {
    private static final int ROWS = 200_000;

    ScoreStages() {
        super("score-stages");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> rows =
                Rows.random(setting.spark(), ROWS, 16, 8).select("features").cache();
        rows.count();
        Layer[] layers = layers();
        PipelineStage[] stages = new PipelineStage[layers.length];
        for (int i = 0; i < layers.length; i++) {
            String input = i == 0 ? "features" : "out" + i;
            stages[i] = layers[i].setInputCol(input).setOutputCol("out" + (i + 1));
        }
        PipelineModel pipeline = new Pipeline().setStages(stages).fit(rows);
        Sequential one = new Sequential(layers())
                .setInputCol("features")
                .setOutputCol("out4")
                .setTrainable(false);
        Pairs pairs = Pairs.inTurns(
                3,
                15,
                25,
                Pairs.timed(() -> Setting.consume(pipeline.transform(rows).select("out4"))),
                Pairs.timed(() -> Setting.consume(one.transform(rows).select("out4"))));
        rows.unpersist();
        return List.of(Comparison.of(
                        name(), "score 200,000 × 16 by 4 layers in a PipelineModel", "one Sequential", Target.time(1.5))
                .measured(pairs, ROWS));
    }

    private static Layer[] layers() {
        Layer[] layers = {new Linear(16, 32), new Relu(), new Linear(32, 8), new Tanh()};
        for (Layer layer : layers) {
            layer.setTrainable(false);
        }
        return layers;
    }
}
