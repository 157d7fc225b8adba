package io.sparknn.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.split;

import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Lazy layers and layers of one's own, from the first line to the last: {@code examples/run Tour}. */
public final class Tour {
    private final SparkSession spark;
    private final Path directory;
    private int step;

    private Tour(SparkSession spark, Path directory) {
        this.spark = spark;
        this.directory = directory;
    }

    /**
     * Runs the tour.
     *
     * @param arguments none
     * @throws IOException if there is no directory for temporary files
     */
    public static void main(String[] arguments) throws IOException {
        // No layer of the tour is trained, which spark-nn says once for each that scores.
        Configurator.setLevel("io.sparknn", Level.ERROR);
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn tour").getOrCreate()) {
            Path directory = Files.createTempDirectory("spark-nn-tour");
            try {
                new Tour(spark, directory).run();
            } finally {
                delete(directory);
            }
        }
    }

    private void run() {
        System.out.println(
                "Spark " + spark.version() + ", master " + spark.sparkContext().master());
        Linear linear = aLayerThatFindsItsWidth();
        nothingToReadBeforeThat();
        aLayerWithoutParameters();
        aLayerWithParameters();
        layersInARow();
        aLazyLayerOfOnesOwn();
        sentencesOfDifferentLengths();
        saveAndLoad(linear);
        aPipeline();
    }

    private Linear aLayerThatFindsItsWidth() {
        title("A layer that finds the width of its input");
        Dataset<Row> rows = Rows.random(spark, 32, 100, 4);
        LazyLinear lazy = new LazyLinear(10).setInputCol("features").setOutputCol("out");
        show("rows", Rows.describe(rows, "features"));
        Linear linear = lazy.fit(rows);
        show("new LazyLinear(10).setInputCol(\"features\").setOutputCol(\"out\").fit(rows)", linear);
        show("linear.transform(rows)", Rows.describe(linear.transform(rows), "out"));
        Linear built = new LazyLinear(10).build(Shape.of(32, 100));
        show("new LazyLinear(10).build(Shape.of(32, 100))   // no DataFrame needed", built);
        show("   .parameter(\"weight\").shape()", built.parameter("weight").shape());
        show(
                "   .forward(Tensor.rand(32, 100)).shape()",
                built.forward(Tensor.rand(32, 100)).shape());
        return linear;
    }

    private void nothingToReadBeforeThat() {
        title("Before the width is known there is nothing to read");
        LazyLinear lazy = new LazyLinear(10);
        refused("new LazyLinear(10).parameter(\"weight\")", () -> lazy.parameter("weight"));
        show(
                "new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10)).summary()",
                new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10)).summary());
    }

    private void aLayerWithoutParameters() {
        title("A layer of one's own: forward is x.sub(x.mean())");
        show(
                "new CenteredLayer().forward(Tensor.of(1, 2, 3, 4, 5))",
                new CenteredLayer().forward(Tensor.of(1, 2, 3, 4, 5)));
        Sequential net = new Sequential(new Linear(8, 128), new CenteredLayer())
                .setInputCol("features")
                .setOutputCol("out");
        Dataset<Row> rows = Rows.random(spark, 1000, 8, 4);
        Dataset<Row> out = net.transform(rows);
        show("new Sequential(new Linear(8, 128), new CenteredLayer()).transform(rows)", Rows.describe(out, "out"));
        show(
                "the mean of all its numbers: one DataFrame is one batch",
                String.format(Locale.ROOT, "%.1e", Rows.mean(out, "out")));
    }

    @SuppressWarnings("try") // an open pass records by being there
    private void aLayerWithParameters() {
        title("A layer of one's own with parameters");
        MyLinear layer = new MyLinear(5, 3);
        layer.setSeed(1);
        show("new MyLinear(5, 3).parameter(\"weight\")", layer.parameter("weight"));
        show("layer.forward(Tensor.rand(2, 5))", layer.forward(Tensor.rand(2, 5)));
        try (Pass pass = Pass.recording()) {
            layer.forward(Tensor.ones(2, 5)).sum().backward();
        }
        show(
                "its gradient for the bias, of the sum over two rows of ones",
                layer.parameter("bias").grad());
    }

    private void layersInARow() {
        title("Layers of one's own in a row");
        Sequential net = new Sequential(new MyLinear(64, 8), new MyLinear(8, 1))
                .setSeed(1)
                .setInputCol("features")
                .setOutputCol("out");
        show(
                "new Sequential(new MyLinear(64, 8), new MyLinear(8, 1)).forward(Tensor.ones(2, 64))",
                net.forward(Tensor.ones(2, 64)));
        Dataset<Row> rows = Rows.random(spark, 100, 64, 3);
        show("net.transform(rows)", Rows.describe(net.transform(rows), "out"));
        show("net.summary()", net.summary());
    }

    private void aLazyLayerOfOnesOwn() {
        title("Its lazy twin: build is new MyLinear(input.last(), units)");
        Dataset<Row> rows = Rows.random(spark, 100, 20, 3);
        MyLinear layer =
                new LazyMyLinear(4).setInputCol("features").setOutputCol("out").fit(rows);
        show("new LazyMyLinear(4).setInputCol(\"features\").fit(rows)", layer);
        show("layer.transform(rows)", Rows.describe(layer.transform(rows), "out"));
        show(
                "new LazySequential(new LazyMyLinear(8), new LazyMyLinear(1)).build(Shape.of(2, 64))",
                new LazySequential(new LazyMyLinear(8), new LazyMyLinear(1)).build(Shape.of(2, 64)));
    }

    private void sentencesOfDifferentLengths() {
        title("Sentences of different lengths");
        Dataset<Row> sentences = spark.createDataset(
                        List.of(
                                "spark is fast",
                                "lazy layers find their own width",
                                "hello",
                                "layers are spark stages"),
                        Encoders.STRING())
                .repartition(2)
                .select(split(col("value"), " ").as("words"));
        LazySequential net = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2))
                .setInputCol("counts")
                .setOutputCol("out");
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    new CountVectorizer().setInputCol("words").setOutputCol("counts"), net
                })
                .fit(sentences);
        show("CountVectorizer, then LazySequential(LazyLinear(8), Relu(), LazyLinear(2))", model.stages()[1]);
        show("model.transform(sentences)", Rows.describe(model.transform(sentences), "out"));
        System.out.println("   Counts of words have one width for sentences of any length, but no order.");
        LazySequential reader = new LazySequential(new LazyEmbedding(4), new LazyGru(8), new LazyLinear(2))
                .setInputCol("ids")
                .setOutputCol("out");
        // A word's place in a table, by its hash: short, and good enough to show.
        Dataset<Row> ids = sentences.select(expr("transform(words, word -> pmod(hash(word), 50)) as ids"));
        Sequential read = reader.fit(ids);
        show("LazySequential(LazyEmbedding(4), LazyGru(8), LazyLinear(2)) reads words in order, without padding", read);
        show("read.transform(ids)", Rows.describe(read.transform(ids), "out"));
    }

    private void saveAndLoad(Linear linear) {
        title("Save, load, the same answers");
        Dataset<Row> rows = Rows.random(spark, 32, 100, 4);
        String path = directory.resolve("linear").toUri().toString();
        save(linear, path);
        Linear loaded = Linear.load(path);
        show("Linear.load(path)", loaded);
        show(
                "equal answers, bit by bit",
                Rows.vectors(linear.transform(rows), "out").equals(Rows.vectors(loaded.transform(rows), "out")));
        String weights = directory.resolve("linear.safetensors").toUri().toString();
        linear.saveWeights(weights);
        show(
                "new LazyLinear(10).loadWeights(file)   // weights alone, as PyTorch names them",
                new LazyLinear(10).loadWeights(weights));
    }

    private void aPipeline() {
        title("A Pipeline of layers and MLlib's stages");
        Dataset<Row> rows = Rows.random(spark, 1000, 20, 4).selectExpr("*", "sin(id) as label");
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new LazySequential(new LazyMyLinear(16), new CenteredLayer())
                    .setInputCol("features")
                    .setOutputCol("hidden"),
            new LinearRegression().setFeaturesCol("hidden").setRegParam(0.1)
        });
        PipelineModel model = pipeline.fit(rows);
        show(
                "Pipeline(LazySequential(LazyMyLinear(16), CenteredLayer()), LinearRegression()).fit(rows)",
                List.of(model.stages()));
        String path = directory.resolve("pipeline").toUri().toString();
        save(model, path);
        List<Row> before = model.transform(rows).select("prediction").collectAsList();
        List<Row> after =
                PipelineModel.load(path).transform(rows).select("prediction").collectAsList();
        show("saved, loaded: equal predictions of " + before.size() + " rows", before.equals(after));
    }

    private static void save(MLWritable stage, String path) {
        try {
            stage.write().overwrite().save(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void title(String text) {
        step++;
        System.out.println();
        System.out.println(step + ". " + text);
    }

    private static void show(String code, Object result) {
        System.out.println("   " + code);
        result.toString().lines().forEach(line -> System.out.println("       " + line));
    }

    private static void refused(String code, Runnable action) {
        try {
            action.run();
        } catch (IllegalStateException e) {
            show(code, "refused: " + e.getMessage());
            return;
        }
        throw new AssertionError(code + " was not refused");
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
