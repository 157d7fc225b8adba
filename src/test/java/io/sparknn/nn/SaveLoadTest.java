package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.OwnLayers.Block;
import io.sparknn.nn.OwnLayers.Everything;
import io.sparknn.nn.OwnLayers.Scale;
import io.sparknn.nn.OwnLayers.TiedDecoder;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.LinearRegression;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything saves and loads, in this JVM and in a fresh one. */
final class SaveLoadTest {
    @TempDir
    private Path folder;

    private final SparkSession spark = SharedSpark.session();

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private Dataset<Row> data() {
        Dataset<Row> rows =
                spark.range(0, 60, 1, 3).selectExpr("double(id) / 60 as a", "cos(id) as b", "double(id % 7) as label");
        return new VectorAssembler()
                .setInputCols(new String[] {"a", "b"})
                .setOutputCol("features")
                .transform(rows);
    }

    private static Pipeline pipeline(LazySequential net) {
        return new Pipeline().setStages(new PipelineStage[] {
            net.setInputCol("features").setOutputCol("hidden"),
            new LinearRegression().setFeaturesCol("hidden").setMaxIter(2)
        });
    }

    private static String bits(Layer layer, int width) {
        Tensor x = Tensor.arange(3 * width).reshape(3, width).mul(0.1);
        return Arrays.toString(layer.forward(x).toArray());
    }

    private static String predictions(PipelineModel model, Dataset<Row> data) {
        return model.transform(data).select("prediction").collectAsList().toString();
    }

    @Test
    void readyLayersLoadWithTheirBits() throws IOException {
        Linear encoder = new Linear(3, 2, false);
        Linear shared = new Linear(2, 2);
        Layer[] layers = {
            new Sequential(new MyLinear(3, 2), new Relu(), shared, shared, new Block(2)),
            new Sequential(encoder, new TiedDecoder(encoder)),
            new Sequential(new TiedDecoder(new Linear(2, 3, false))),
            new Sequential(new Scale(Double.MIN_VALUE), new CenteredLayer()),
        };
        for (int i = 0; i < layers.length; i++) {
            layers[i].setSeed(i).setInputCol("x");
            layers[i].save(path("layer" + i));
            Layer loaded = Layer.load(path("layer" + i));
            assertThat(bits(loaded, 3)).isEqualTo(bits(layers[i], 3));
            assertThat(loaded.uid()).isEqualTo(layers[i].uid());
            assertThat(loaded.isUntrained()).isEqualTo(layers[i].isUntrained());
            assertThat(loaded.getOrDefault(loaded.inputCol())).isEqualTo("x");
            assertThat(loaded.isSet(loaded.outputCol())).isFalse();
        }
        Sequential tied = Sequential.load(path("layer0"));
        assertThat(tied.layer(2)).isSameAs(tied.layer(3));
    }

    @Test
    void frozenAndTrainedStaySo() throws IOException {
        Sequential net = new Sequential(new Linear(2, 2), new Block(2));
        net.layer(0).setTrainable(false);
        net.parameter("1.first.bias").set(Tensor.ones(2));
        net.save(path("net"));
        Sequential loaded = Sequential.load(path("net"));
        assertThat(loaded.parameter("0.weight").requiresGrad()).isFalse();
        assertThat(loaded.parameter("1.first.bias").requiresGrad()).isTrue();
        assertThat(loaded.parameter("1.first.bias").isGiven()).isTrue();
        assertThat(loaded.parameter("0.bias").isGiven()).isFalse();
    }

    @Test
    void unfittedLazyLayersLoad() throws IOException {
        LazySequential net = new LazySequential(
                new LazyMyLinear(3), new Linear(3, 4), new LazyLinear(2).setWeightInit(new OwnLayers.Halves(0.25)));
        net.setSeed(3).save(path("lazy"));
        LazySequential loaded = LazySequential.load(path("lazy"));
        Shape input = Shape.of(-1, 2);
        assertThat(loaded).hasToString(net.toString());
        assertThat(bits(loaded.build(input), 2)).isEqualTo(bits(net.build(input), 2));
        new LazyMyLinear(3).save(path("own"));
        assertThat(LazyLayer.load(path("own"))).hasToString("LazyMyLinear(3)");
    }

    /** What a ready layer among lazy ones holds is drawn under the seed of the fit, before and after saving. */
    @Test
    void aLazyNetworkIsBuiltAlikeAfterSaving() throws IOException {
        LazySequential net = new LazySequential(new LazyLinear(3), new Linear(3, 4), new Linear(4, 2));
        ((Layer) net.module(2)).parameter("weight").init(Init.constant(0.5));
        net.save(path("undrawn"));
        LazySequential loaded = LazySequential.load(path("undrawn"));
        for (long seed : new long[] {1, 2}) {
            assertThat(values(loaded, seed)).isEqualTo(values(net, seed));
        }
        assertThat(values(net, 1)).isNotEqualTo(values(net, 2));
    }

    private static String values(LazySequential net, long seed) {
        Layer built = NetworkBuilder.of(net).build(seed, Shape.of(-1, 5));
        return java.util.Arrays.toString(built.parameter("1.weight").toArray())
                + java.util.Arrays.toString(built.parameter("2.weight").toArray());
    }

    @Test
    void everyArgumentLoads() throws IOException {
        Everything layer = Everything.make(Float.NaN, Double.POSITIVE_INFINITY, "ü\n\"");
        layer.save(path("everything"));
        assertThat(Layer.load(path("everything"))).hasToString(layer.toString());
    }

    @Test
    void theDirectoryIsSparksWithPyTorchsWeights() throws IOException {
        Linear shared = new Linear(2, 2);
        Sequential net = new Sequential(shared, new Relu(), shared);
        net.save(path("net"));
        String metadata;
        try (Stream<Path> files = Files.list(folder.resolve("net/metadata"))) {
            metadata = Files.readString(
                    files.filter(file -> file.getFileName().toString().startsWith("part-00000"))
                            .findFirst()
                            .orElseThrow());
        }
        assertThat(metadata).contains("\"class\":\"io.sparknn.nn.Sequential\"", "\"uid\":\"" + net.uid() + "\"");
        assertThat(metadata).contains("\"paramMap\":{", "\"defaultParamMap\":{");
        Safetensors weights = Safetensors.read(Files.readAllBytes(folder.resolve("net/weights.safetensors")));
        assertThat(weights.names()).containsExactlyInAnyOrder("0.weight", "0.bias", "2.weight", "2.bias");
        try (Stream<Path> files = Files.list(folder.resolve("net"))) {
            assertThat(files)
                    .extracting(file -> file.getFileName().toString())
                    .containsExactlyInAnyOrder("metadata", "weights.safetensors", "recording.json", "layer.json");
        }
    }

    @Test
    void overwritingIsAskedForAndRefusedLayersOverwriteNothing() throws IOException {
        new Scale(2).save(path("scale"));
        assertThatThrownBy(() -> new Scale(3).save(path("scale")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("already exists");
        assertThatIllegalStateException()
                .isThrownBy(() -> new Loses().write().overwrite().save(path("scale")))
                .withMessageContaining("Loses.count");
        assertThat(Layer.load(path("scale"))).hasToString("Scale(2.0)");
        new Scale(3).write().overwrite().save(path("scale"));
        assertThat(Layer.load(path("scale"))).hasToString("Scale(3.0)");
    }

    static final class Loses extends Layer {
        @SuppressWarnings("FieldMayBeFinal")
        private int count = 1;

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(count);
        }
    }

    @Test
    void damagedDirectoriesAreRefused() throws IOException {
        new Linear(2, 2).save(path("net"));
        Path weights = folder.resolve("net/weights.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(whole, whole.length - 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path("net")))
                .withMessageContaining("cannot read weights from");
        Files.delete(weights);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path("net")))
                .withMessageContaining("cannot read weights from");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(path("nothing")))
                .withMessageContaining("without layer.json");
    }

    @Test
    void anyFileSystemOfHadoopWillDo() throws IOException {
        spark.sparkContext()
                .hadoopConfiguration()
                .set(
                        "fs.viewfs.mounttable.elsewhere.link./mounted",
                        folder.toUri().toString());
        MyLinear layer = new MyLinear(2, 3);
        for (String root : List.of("file://" + folder, "viewfs://elsewhere/mounted")) {
            layer.write().overwrite().save(root + "/there");
            assertThat(bits(Layer.load(root + "/there"), 2)).isEqualTo(bits(layer, 2));
            layer.saveWeights(root + "/w.safetensors");
            assertThat(bits(new MyLinear(2, 3).loadWeights(root + "/w.safetensors"), 2))
                    .isEqualTo(bits(layer, 2));
        }
    }

    @Test
    void pipelinesAndTheirModelsLoad() throws IOException {
        Pipeline pipeline = pipeline(new LazySequential(new LazyMyLinear(3), new Relu(), new Linear(3, 2)).setSeed(1));
        pipeline.save(path("pipeline"));
        PipelineModel model = pipeline.copy(ParamMap.empty()).fit(data());
        PipelineModel again = Pipeline.load(path("pipeline")).fit(data());
        assertThat(((Layer) again.stages()[0]).parameter("0.weight").value().toArray())
                .containsExactly(((Layer) model.stages()[0])
                        .parameter("0.weight")
                        .value()
                        .toArray());
        model.save(path("model"));
        String expected = predictions(model, data());
        assertThat(predictions(PipelineModel.load(path("model")), data())).isEqualTo(expected);
        assertThat(predictions(model.copy(ParamMap.empty()), data())).isEqualTo(expected);
    }

    @Test
    void gridsReachLayersAndTheBestModelLoads() throws IOException {
        LazySequential net = new LazySequential(new LazyLinear(2), new Relu()).setSeed(1);
        Pipeline pipeline = pipeline(net);
        IntParam width = net.setting("0.outFeatures");
        CrossValidator validator = new CrossValidator()
                .setEstimator(pipeline)
                .setEvaluator(new RegressionEvaluator())
                .setNumFolds(2)
                .setSeed(1)
                .setEstimatorParamMaps(
                        new ParamGridBuilder().addGrid(width, new int[] {1, 5}).build());
        validator.save(path("validator"));
        CrossValidatorModel model = CrossValidator.load(path("validator")).fit(data());
        assertThat(model.avgMetrics()).doesNotHaveDuplicates();
        model.save(path("best"));
        CrossValidatorModel loaded = CrossValidatorModel.load(path("best"));
        assertThat(predictions((PipelineModel) loaded.bestModel(), data()))
                .isEqualTo(predictions((PipelineModel) model.bestModel(), data()));
        Layer best = (Layer) ((PipelineModel) loaded.bestModel()).stages()[0];
        assertThat(best.parameter("0.weight").shape().dim(0)).isIn(1, 5);
    }

    @Test
    void aFreshJvmComputesTheSameBits() throws IOException {
        Linear encoder = new Linear(3, 2, false);
        Sequential net = new Sequential(new MyLinear(3, 3), encoder, new TiedDecoder(encoder), new Block(3));
        net.save(path("net"));
        LazySequential lazy = new LazySequential(new LazyMyLinear(3), new Linear(3, 2)).setSeed(3);
        lazy.save(path("lazy"));
        PipelineModel model = pipeline(new LazySequential(new LazyMyLinear(2))).fit(data());
        model.save(path("model"));
        String printed = ChildJvm.run(folder.resolve("log").toFile(), Loading.class, folder.toString());
        assertThat(printed.lines())
                .containsExactly(
                        bits(net, 3),
                        bits(lazy.build(Shape.of(-1, 3)), 3),
                        bits((Layer) model.stages()[0], 2),
                        net.uid());
    }

    /** The other JVM: loads what it is shown and prints what that computes. */
    public static final class Loading {
        private Loading() {}

        /**
         * Loads and prints.
         *
         * @param arguments the folder
         */
        public static void main(String[] arguments) {
            SparkSession session = SparkSession.builder()
                    .master("local[1]")
                    .config("spark.ui.enabled", "false")
                    .getOrCreate();
            Layer net = Layer.load(arguments[0] + "/net");
            System.out.println(bits(net, 3));
            System.out.println(bits(LazySequential.load(arguments[0] + "/lazy").build(Shape.of(-1, 3)), 3));
            System.out.println(
                    bits((Layer) PipelineModel.load(arguments[0] + "/model").stages()[0], 2));
            System.out.println(net.uid());
            session.stop();
        }
    }
}
