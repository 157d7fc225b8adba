package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.feature.VectorSizeHint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers over streaming DataFrames. */
final class StreamingTest {
    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() throws Exception {
        Files.createDirectories(directory.resolve("in"));
        write("a", "2020-01-01T00:00:00Z,1", "2020-01-01T00:00:10Z,-2", "2020-01-01T00:01:00Z,3");
    }

    private void write(String name, String... lines) throws Exception {
        Files.write(directory.resolve("in").resolve(name + ".csv"), List.of(lines));
    }

    private Dataset<Row> stream() {
        return SharedSpark.session()
                .readStream()
                .schema("time timestamp, x double")
                .option("maxFilesPerTrigger", "1")
                .csv(directory.resolve("in").toString());
    }

    private List<Row> run(Dataset<Row> frame, String name) throws Exception {
        StreamingQuery query = frame.writeStream()
                .format("memory")
                .queryName(name)
                .outputMode("append")
                .option("checkpointLocation", directory.resolve(name).toString())
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        return SharedSpark.session().table(name).collectAsList();
    }

    @Test
    void aRowWiseLayerScoresAStream() throws Exception {
        write("b", "2020-01-01T00:02:00Z,-4");
        Layer net =
                new Sequential(new Linear(1, 3), new Relu()).setInputCol("x").setOutputCol("out");
        List<Row> scored = run(net.transform(stream()), "scored");
        Dataset<Row> batch = net.transform(SharedSpark.session()
                .read()
                .schema("time timestamp, x double")
                .csv(directory.resolve("in").toString()));
        assertThat(scored).hasSize(4).containsExactlyInAnyOrderElementsOf(batch.collectAsList());
    }

    @Test
    void theWatermarkSurvives() throws Exception {
        write("b", "2020-01-02T00:00:00Z,1");
        write("c", "2020-01-02T00:00:01Z,1");
        Dataset<Row> scored = new Relu()
                .setInputCol("x")
                .setOutputCol("out")
                .transform(stream().withWatermark("time", "1 minute"));
        Dataset<Row> counted = scored.groupBy(functions.window(functions.col("time"), "30 seconds"))
                .count()
                .select("count");
        // Append mode is refused without a watermark, and gives only windows that it has passed.
        assertThat(run(counted, "counted").stream().map(row -> row.getLong(0))).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void aLayerThatReducesOverRowsIsRefusedByName() {
        Layer layer = new CenteredLayer().setInputCol("x").setOutputCol("out");
        assertThatThrownBy(() -> layer.transform(stream()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(
                        "(?s)CenteredLayer\\(CenteredLayer_.*\\) expects all rows at once, because it reduces"
                                + " over them \\(mean over axes \\[0, 1\\] of \\(.*\\)\\), got a streaming DataFrame; score it in"
                                + " foreachBatch");
    }

    @Test
    void aLayerThatReducesOverRowsScoresEachBatch() throws Exception {
        Layer layer = new CenteredLayer().setInputCol("x").setOutputCol("out");
        List<Double> sums = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
        write("b", "2020-01-01T00:02:00Z,-4", "2020-01-01T00:02:00Z,-5");
        stream()
                .writeStream()
                .foreachBatch((Dataset<Row> batch, Long id) -> {
                    double sum = 0;
                    for (float value : Frames.values(layer.transform(batch), "out")) {
                        sum += value;
                    }
                    sums.add(sum);
                })
                .trigger(Trigger.AvailableNow())
                .option("checkpointLocation", directory.resolve("batches").toString())
                .start()
                .awaitTermination();
        assertThat(sums).hasSize(2).allSatisfy(sum -> assertThat(Math.abs(sum)).isLessThan(1e-5));
    }

    @Test
    void aStreamOfUnknownWidthNeedsAHint() {
        Dataset<Row> vectors = stream()
                .select(org.apache
                        .spark
                        .ml
                        .functions
                        .array_to_vector(functions.array("x", "x"))
                        .as("v"));
        assertThatThrownBy(() -> new Relu().setInputCol("v").transform(vectors))
                .hasMessageContaining("expects a streaming column whose size is known, got \"v\" without;"
                        + " put a VectorSizeHint before it");
        Dataset<Row> hinted = new VectorSizeHint().setInputCol("v").setSize(2).transform(vectors);
        assertThat(new Relu().setInputCol("v").transform(hinted).isStreaming()).isTrue();
        assertThat(new Linear(2, 1).setInputCol("v").transform(vectors).isStreaming())
                .isTrue();
    }
}
