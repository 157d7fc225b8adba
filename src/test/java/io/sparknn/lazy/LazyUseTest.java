package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.ml.NeuralNetworkRegressionModel;
import io.sparknn.ml.NeuralNetworkRegressor;
import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Identity;
import io.sparknn.nn.layers.LayerCase;
import io.sparknn.nn.layers.LayerCases;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.Adadelta;
import io.sparknn.optim.Adagrad;
import io.sparknn.optim.Adam;
import io.sparknn.optim.AdamW;
import io.sparknn.optim.Adamax;
import io.sparknn.optim.FullBatchOptimizer;
import io.sparknn.optim.Lbfgs;
import io.sparknn.optim.NAdam;
import io.sparknn.optim.Optimizer;
import io.sparknn.optim.RAdam;
import io.sparknn.optim.RmsProp;
import io.sparknn.optim.Rprop;
import io.sparknn.optim.Sgd;
import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PyTorch tests of hooks, number types, devices, optimisers and reparametrisations of lazy modules, here. */
@SuppressWarnings("try") // the pass is open while its block runs
final class LazyUseTest {
    private static final Tensor X = Tensor.arange(20).reshape(4, 5).mul(0.1);

    @TempDir
    private Path directory;

    /** One more than its input. */
    public static final class PlusOne extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.add(1);
        }
    }

    /** A lazy layer without parameters. */
    public static final class LazyNothing extends LazyLayer<Identity> {
        private static final long serialVersionUID = 1L;

        @Override
        public Identity build(Shape input) {
            return new Identity();
        }
    }

    /** As a hook before the module, a layer in front takes part from the first pass on. */
    @Test
    @Upstream(11)
    void aLayerInFrontTakesPartInTheFirstPass() {
        LazySequential lazy = new LazySequential(new PlusOne(), new LazyNothing());
        Sequential net = lazy.setInputCol("features").setOutputCol("out").fit(Columns.frame(Tensor.zeros(5, 5), 2));
        assertThat(net.layer(1)).isExactlyInstanceOf(Identity.class);
        assertThat(Columns.values(net.transform(Columns.frame(Tensor.zeros(5, 5), 2)), "out"))
                .hasSize(25)
                .containsOnly(1);
    }

    /** As a hook behind the module, a layer behind overrides its output. */
    @Test
    @Upstream(12)
    void aLayerBehindOverridesTheOutput() {
        LazySequential lazy = new LazySequential(new LazyNothing(), new PlusOne());
        Sequential net = lazy.setInputCol("features").setOutputCol("out").fit(Columns.frame(Tensor.zeros(5, 5), 2));
        assertThat(Columns.values(net.transform(Columns.frame(Tensor.zeros(5, 5), 2)), "out"))
                .hasSize(25)
                .containsOnly(1);
        assertThat(net.layer(0).forward(Tensor.zeros(5, 5)).toArray()).containsOnly(0);
    }

    /** Parameters are floats whatever the column or the file holds; what was set before is honoured and is saved. */
    @Test
    @Upstream(56)
    void parametersAreFloatsWhateverTheColumnHolds() throws IOException {
        Dataset<Row> rows = SharedSpark.session()
                .sql("select array(1, 2, 3) ints, array(1L, 2L, 3L) longs, array(1f, 2f, 3f) floats,"
                        + " array(1d, 2d, 3d) doubles");
        LazyLinear lazy = new LazyLinear(4).setSeed(5).setBiasInit(Init.constant(7));
        lazy.setOutputCol("out").save(directory + "/lazy");
        float[] expected = lazy.build(Shape.of(1, 3))
                .forward(Tensor.of(1, 2, 3).reshape(1, 3))
                .toArray();
        for (String column : rows.columns()) {
            for (LazyLayer<?> each : List.of(lazy, LazyLinear.load(directory + "/lazy"))) {
                Layer layer = each.setInputCol(column).fit(rows);
                assertThat(layer.parameter("bias").toArray()).hasSize(4).containsOnly(7);
                assertThat(Columns.values(layer.transform(rows), "out")).isEqualTo(expected);
            }
        }
    }

    @Test
    @Upstream(56)
    void halvesAndDoublesOfAFileBecomeFloatsInALazyLayer() throws Exception {
        ByteBuffer values = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        values.putShort((short) 0x3e00).putShort((short) 0xc000).putDouble(0.1).putDouble(-3);
        String header = "{\"weight\":{\"dtype\":\"F16\",\"shape\":[2,1],\"data_offsets\":[0,4]},"
                + "\"bias\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[4,20]}}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 20).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text).put(values.array());
        Files.write(directory.resolve("mixed"), file.array());
        Layer layer = (Layer) new LazyLinear(2).loadWeights(directory + "/mixed");
        assertThat(layer.parameter("weight").toArray()).containsExactly(1.5f, -2);
        assertThat(layer.parameter("bias").toArray()).containsExactly(0.1f, -3);
    }

    /** The device is an executor: what arrives there lazy is built there, with the bits of the driver. */
    @Test
    @Upstream(57)
    void aLazyLayerIsBuiltWhereItArrives() {
        LazyLinear lazy = new LazyLinear(3).setSeed(3);
        float[] expected = lazy.build(X.shape()).forward(X).toArray();
        float[] values = X.toArray();
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        List<float[]> outputs = context.parallelize(List.of(1, 2, 3), 3)
                .map(number -> built(lazy, values))
                .collect();
        assertThat(outputs).hasSize(3).allSatisfy(output -> assertThat(output).isEqualTo(expected));
    }

    private static float[] built(LazyLinear lazy, float... values) {
        return lazy.build(Shape.of(4, 5))
                .forward(Tensor.of(values, Shape.of(4, 5)))
                .toArray();
    }

    static Stream<Configured> optimizers() {
        return Stream.<Configured>of(
                new Sgd(),
                new Sgd().withMomentum(0.9),
                new Adam(),
                new AdamW(),
                new Adamax(),
                new NAdam(),
                new RAdam(),
                new Adadelta(),
                new Adagrad(),
                new RmsProp(),
                new Rprop(),
                new Lbfgs());
    }

    /** The optimiser is chosen before any width is known, also Adagrad, which PyTorch refuses. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    @Upstream(59)
    void anyOptimiserIsChosenBeforeTheWidthIsKnown(Configured optimizer) {
        LazySequential lazy = new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear());
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(lazy)
                .setLearningRate(0.05)
                .setBatchSize(8)
                .setMaxEpochs(2)
                .setNumWorkers(1)
                .setSeed(3);
        if (optimizer instanceof FullBatchOptimizer full) {
            regressor.setOptimizer(full);
        } else {
            regressor.setOptimizer((Optimizer) optimizer);
        }
        NeuralNetworkRegressionModel model = regressor.fit(rows());
        Sequential start = new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear(1))
                .setSeed(3)
                .build(Shape.of(-1, 5));
        model.network().parameters().forEach((path, parameter) -> {
            assertThat(parameter.shape())
                    .as(path)
                    .isEqualTo(start.parameter(path).shape());
            assertThat(Pass.allFinite(parameter.toArray(), 0, parameter.numel()))
                    .isTrue();
            assertThat(parameter.toArray())
                    .as(path)
                    .isNotEqualTo(start.parameter(path).toArray());
        });
        assertThat(lazy).hasToString("LazySequential(LazyLinear(3), Relu(), LazyLinear(?))");
    }

    private static Dataset<Row> rows() {
        return Columns.frame(Columns.normal(24, 5), 2)
                .withColumn(
                        "label", functions.monotonically_increasing_id().mod(7).cast("double"));
    }

    /** w = g v / |v|, row by row: PyTorch's reparametrisation by weight_norm as a layer of one's own. */
    public static final class WeightNormed extends Layer {
        private static final long serialVersionUID = 1L;

        private final Parameter length;
        private final Parameter direction;

        /** An affine map without a bias. */
        public WeightNormed(int inFeatures, int outFeatures) {
            super(inFeatures, outFeatures);
            length = addParameter("weight_g", Init.ones(), outFeatures, 1);
            direction = addParameter("weight_v", Init.normal(), outFeatures, inFeatures);
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor norm = direction.mul(direction).sum(true, 1).sqrt();
            return x.linear(direction.div(norm).mul(length), null);
        }
    }

    /** Waits for the width. */
    public static final class LazyWeightNormed extends LazyLayer<WeightNormed> {
        private static final long serialVersionUID = 1L;

        private final int outFeatures;

        /** Of so many outputs. */
        public LazyWeightNormed(int outFeatures) {
            super(outFeatures);
            this.outFeatures = outFeatures;
        }

        @Override
        public WeightNormed build(Shape input) {
            return new WeightNormed(input.last(), outFeatures);
        }
    }

    /** Nothing can be bound to a weight that is not there; a layer that computes its weight waits as any other. */
    @Test
    @Upstream(60)
    void aNormalisedWeightWaitsForTheWidth() {
        refusesWeight(new LazyLinear(7));
        Layer layer = new LazyWeightNormed(7).setInputCol("features").fit(Columns.frame(X, 2));
        assertThat(layer.parameter("weight_v").shape()).isEqualTo(Shape.of(7, 5));
        float[] weight = layer.forward(Tensor.eye(5)).toArray();
        for (int out = 0; out < 7; out++) {
            double squares = 0;
            for (int in = 0; in < 5; in++) {
                squares += Math.pow(weight[in * 7 + out], 2);
            }
            assertThat(squares).isCloseTo(1, within(1e-5));
        }
        try (Pass pass = Pass.training(1)) {
            layer.forward(X).sum().backward();
        }
        assertThat(layer.parameter("weight_g").grad().shape()).isEqualTo(Shape.of(7, 1));
    }

    private static void refusesWeight(LazyLayer<?> lazy) {
        assertThatThrownBy(() -> lazy.parameter("weight").init(Init.orthogonal()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lazy.uid())
                .hasMessageEndingWith("fit it on a DataFrame, or build(shape) it");
    }

    /** w / s, where s is w's largest singular value: PyTorch's spectral_norm as a layer of one's own. */
    public static final class SpectralNormed extends Layer {
        private static final long serialVersionUID = 1L;

        private final Parameter weight;
        private final Parameter u;

        /** An affine map without a bias. */
        public SpectralNormed(int inFeatures, int outFeatures) {
            super(inFeatures, outFeatures);
            weight = addParameter("weight", Init.normal(), outFeatures, inFeatures);
            u = addBuffer("u", Init.ones(), 1, outFeatures);
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor left = u.value();
            Tensor right = left.matmul(weight);
            for (int step = 0; step < 100; step++) {
                right = unit(left.matmul(weight.detach()));
                left = unit(right.matmul(weight.detach().transpose(0, 1)));
            }
            Tensor value = left.matmul(weight).mul(right).sum();
            return x.linear(weight.div(value), null);
        }

        private static Tensor unit(Tensor x) {
            return x.div(x.mul(x).sum().sqrt());
        }
    }

    /** Waits for the width. */
    public static final class LazySpectralNormed extends LazyLayer<SpectralNormed> {
        private static final long serialVersionUID = 1L;

        private final int outFeatures;

        /** Of so many outputs. */
        public LazySpectralNormed(int outFeatures) {
            super(outFeatures);
            this.outFeatures = outFeatures;
        }

        @Override
        public SpectralNormed build(Shape input) {
            return new SpectralNormed(input.last(), outFeatures);
        }
    }

    @Test
    @Upstream(61)
    void aSpectrallyNormalisedWeightWaitsForTheWidth() {
        refusesWeight(new LazySpectralNormed(7));
        Layer layer = new LazySpectralNormed(7).setInputCol("features").fit(Columns.frame(X, 2));
        assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(7, 5));
        assertThat(layer.parameter("u").shape()).isEqualTo(Shape.of(1, 7));
        Tensor weight = layer.forward(Tensor.eye(5));
        // The largest eigenvalue of w wᵀ is 1, so its powers keep their size and never grow.
        Tensor power = weight.matmul(weight.transpose(0, 1));
        for (int doubling = 0; doubling < 8; doubling++) {
            power = power.matmul(power);
        }
        float[] values = power.toArray();
        double trace = 0;
        for (int i = 0; i < 5; i++) {
            trace += values[i * 6];
        }
        assertThat(trace).isCloseTo(1, within(0.05));
    }

    static Stream<LayerCase> lazyLayers() {
        return LayerCases.lazy();
    }

    /** Every lazy layer of the catalogue says by its name, to whoever wants a value of it, what is to be done. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyLayers")
    @Upstream(62)
    void nothingOfALazyLayerCanBeRead(LayerCase c) {
        LazyLayer<?> lazy = c.lazy.get();
        for (String name : List.of("weight", "bias", "0.weight", "running_mean")) {
            assertThatThrownBy(() -> lazy.parameter(name))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith(lazy.getClass().getSimpleName() + "(" + lazy.uid() + ")")
                    .hasMessageContaining("has no parameter \"" + name + "\" yet")
                    .hasMessageEndingWith("fit it on a DataFrame, or build(shape) it");
        }
        assertThat(Arrays.stream(lazy.getClass().getMethods()).map(java.lang.reflect.Method::getName))
                .doesNotContain("forward", "parameters", "buffers", "numParameters", "transform");
    }
}
