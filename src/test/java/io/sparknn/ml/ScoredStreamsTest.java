package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.MemoryRows;
import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Structured Streaming: trained models and their Pipelines score files and rows as they come. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ScoredStreamsTest {
    @TempDir
    private Path directory;

    private static NeuralNetworkClassifier classifier() {
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear()))
                .setMaxEpochs(1)
                .setBatchSize(32)
                .setNumWorkers(1)
                .setSeed(1);
    }

    private StreamingQuery query(Dataset<Row> scored, String name) throws Exception {
        return scored.writeStream()
                .format("memory")
                .queryName(name)
                .outputMode("append")
                .option(
                        "checkpointLocation",
                        directory.resolve(name + "-checkpoint").toString())
                .trigger(Trigger.AvailableNow())
                .start();
    }

    private static List<Row> table(String name) {
        return SharedSpark.session().table(name).collectAsList();
    }

    @Test
    void aSavedPipelineScoresFiles() throws Exception {
        SparkSession spark = SharedSpark.session();
        StructType schema = new StructType()
                .add("x", DataTypes.DoubleType)
                .add("y", DataTypes.DoubleType)
                .add("label", DataTypes.DoubleType);
        Dataset<Row> rows = spark.range(60).selectExpr("sin(id) as x", "cos(id) as y", "double(id % 3) as label");
        rows.repartition(3).write().parquet(directory.resolve("rows").toString());
        VectorAssembler assembler =
                new VectorAssembler().setInputCols(new String[] {"x", "y"}).setOutputCol("features");
        new Pipeline()
                .setStages(new PipelineStage[] {assembler, classifier()})
                .fit(rows)
                .save(directory.resolve("model").toString());
        Transformer model = PipelineModel.load(directory.resolve("model").toString());
        Dataset<Row> stream = spark.readStream()
                .schema(schema)
                .option("maxFilesPerTrigger", "1")
                .parquet(directory.resolve("rows").toString());
        Dataset<Row> scored = model.transform(stream);
        assertThat(scored.isStreaming()).isTrue();
        query(scored, "files").awaitTermination();
        assertThat(table("files"))
                .hasSize(60)
                .containsExactlyInAnyOrderElementsOf(model.transform(
                                spark.read().parquet(directory.resolve("rows").toString()))
                        .collectAsList());
    }

    @Test
    void rowsOfAMemoryStreamAreScoredAsTheyCome() throws Exception {
        SparkSession spark = SharedSpark.session();
        NeuralNetworkClassificationModel model = classifier()
                .setFeaturesCol("value")
                .fit(spark.range(60).selectExpr("array(sin(id), cos(id)) as value", "double(id % 2) as label"));
        MemoryRows<Double> numbers = new MemoryRows<>(spark, Encoders.DOUBLE());
        Dataset<Row> pairs = numbers.frame().selectExpr("value as x", "array(value, -value) as value");
        StreamingQuery query = model.transform(pairs)
                .writeStream()
                .format("memory")
                .queryName("rows")
                .outputMode("append")
                .option(
                        "checkpointLocation",
                        directory.resolve("rows-checkpoint").toString())
                .start();
        try {
            numbers.add(0.5, -1.0);
            query.processAllAvailable();
            assertThat(table("rows")).hasSize(2);
            numbers.add(3.0);
            query.processAllAvailable();
            Dataset<Row> batch = spark.createDataset(List.of(0.5, -1.0, 3.0), Encoders.DOUBLE())
                    .selectExpr("value as x", "array(value, -value) as value");
            assertThat(table("rows"))
                    .containsExactlyInAnyOrderElementsOf(model.transform(batch).collectAsList());
        } finally {
            query.stop();
        }
    }

    @Test
    void aLayerScoresAMemoryStream() throws Exception {
        MemoryRows<Double> numbers = new MemoryRows<>(SharedSpark.session(), Encoders.DOUBLE());
        Linear layer = new Linear(1, 1);
        layer.parameter("weight").init(io.sparknn.nn.Init.constant(2));
        layer.parameter("bias").init(io.sparknn.nn.Init.constant(1));
        Dataset<Row> scored = layer.setInputCol("value").setOutputCol("out").transform(numbers.frame());
        numbers.add(1.0, 2.0);
        query(scored, "layered").awaitTermination();
        assertThat(table("layered").stream().map(row -> row.get(1).toString()))
                .containsExactlyInAnyOrder("[3.0]", "[5.0]");
    }

    @Test
    void scoredRowsAreCountedByAStatefulQuery() throws Exception {
        SparkSession spark = SharedSpark.session();
        NeuralNetworkClassificationModel model = classifier()
                .setFeaturesCol("value")
                .fit(spark.range(60).selectExpr("array(sin(id), cos(id)) as value", "double(id % 2) as label"));
        MemoryRows<Double> numbers = new MemoryRows<>(spark, Encoders.DOUBLE());
        StreamingQuery query = model.transform(numbers.frame().selectExpr("array(value, -value) as value"))
                .groupBy("prediction")
                .count()
                .writeStream()
                .format("memory")
                .queryName("counts")
                .outputMode("complete")
                .option(
                        "checkpointLocation",
                        directory.resolve("counts-checkpoint").toString())
                .start();
        try {
            numbers.add(1.0, 2.0, 3.0);
            numbers.add(-1.0, -2.0);
            query.processAllAvailable();
            assertThat(table("counts").stream().mapToLong(row -> row.getLong(1)).sum())
                    .isEqualTo(5);
        } finally {
            query.stop();
        }
    }
}
