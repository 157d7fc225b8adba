package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.BatchNorm3d;
import io.sparknn.nn.layers.GroupNorm;
import io.sparknn.nn.layers.InstanceNorm1d;
import io.sparknn.nn.layers.InstanceNorm2d;
import io.sparknn.nn.layers.InstanceNorm3d;
import io.sparknn.nn.layers.LayerNorm;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyBatchNorm2d;
import io.sparknn.nn.layers.LazyBatchNorm3d;
import io.sparknn.nn.layers.LazyGroupNorm;
import io.sparknn.nn.layers.LazyInstanceNorm1d;
import io.sparknn.nn.layers.LazyInstanceNorm2d;
import io.sparknn.nn.layers.LazyInstanceNorm3d;
import io.sparknn.nn.layers.LazyLayerNorm;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyPRelu;
import io.sparknn.nn.layers.LazyRmsNorm;
import io.sparknn.nn.layers.PRelu;
import io.sparknn.nn.layers.RmsNorm;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What PyTorch's {@code test_lazy_modules.py} asks of lazy normalisations, under its numbers there: 36 to 54 for batch
 * and instance normalisation in 1, 2 and 3 dimensions, 55 for inputs by name; and what it leaves open.
 */
@SuppressWarnings("try")
final class LazyNormTest {
    @TempDir
    private Path folder;

    /** Makes a ready layer of some channels. */
    interface Ready {
        Layer of(int channels, boolean affine, boolean track);
    }

    /** Makes a lazy layer. */
    interface Lazily {
        LazyLayer<?> of(boolean affine, boolean track);
    }

    /** One kind of normalisation: the numbers of its upstream tests of use, pickling and state, and its inputs. */
    static final class Norm {
        private final String name;
        private final Ready ready;
        private final Lazily lazy;
        private final Shape[] inputs;

        private Norm(String name, Ready ready, Lazily lazy, Shape... inputs) {
            this.name = name;
            this.ready = ready;
            this.lazy = lazy;
            this.inputs = inputs;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Norm> norms() {
        return Stream.of(
                new Norm(
                        "36, 37, 38: batchnorm1d",
                        (c, a, t) -> new BatchNorm1d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyBatchNorm1d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6),
                        Shape.of(16, 6)),
                new Norm(
                        "39, 40, 41: batchnorm2d",
                        (c, a, t) -> new BatchNorm2d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyBatchNorm2d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6, 7)),
                new Norm(
                        "43, 44, 45: batchnorm3d",
                        (c, a, t) -> new BatchNorm3d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyBatchNorm3d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6, 7, 8)),
                new Norm(
                        "46, 47, 48: instancenorm1d",
                        (c, a, t) -> new InstanceNorm1d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyInstanceNorm1d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6)),
                new Norm(
                        "49, 50, 51: instancenorm2d",
                        (c, a, t) -> new InstanceNorm2d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyInstanceNorm2d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6, 7)),
                new Norm(
                        "52, 53, 54: instancenorm3d",
                        (c, a, t) -> new InstanceNorm3d(c, 1e-5, 0.1, a, t),
                        (a, t) -> new LazyInstanceNorm3d(1e-5, 0.1, a, t),
                        Shape.of(16, 3, 6, 7, 8)));
    }

    private static Tensor input(Shape shape) {
        RandomStream random = RandomStream.of(1, "input");
        float[] values = new float[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = 3 * random.normal() - 1;
        }
        return Tensor.of(values, shape);
    }

    private static float[] trained(Layer layer, Tensor x) {
        try (Pass pass = Pass.training(1)) {
            return layer.forward(x).toArray();
        }
    }

    /** Equal only to the same bits. */
    private static List<Float> bits(Tensor x) {
        List<Float> bits = new ArrayList<>();
        for (float value : x.toArray()) {
            bits.add(value);
        }
        return bits;
    }

    private static Map<String, List<Float>> state(Layer layer) {
        Map<String, List<Float>> state = new TreeMap<>();
        layer.parameters().forEach((name, p) -> state.put(name, bits(p.value())));
        layer.buffers().forEach((name, p) -> state.put(name, bits(p.value())));
        return state;
    }

    private static void assertSame(Layer actual, Layer expected) {
        assertThat(actual.getClass()).isEqualTo(expected.getClass());
        assertThat(actual.toString()).isEqualTo(expected.toString());
        assertThat(state(actual)).isEqualTo(state(expected));
    }

    /** 36, 39, 43, 46, 49, 52: one call in training gives output and state of the eager layer, to the bit. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    @Upstream({36, 39, 43, 46, 49, 52})
    void isTheEagerOneOnceItSawItsInput(Norm norm) {
        for (int combination = 0; combination < 4; combination++) {
            boolean affine = combination % 2 == 1;
            boolean track = combination > 1;
            for (Shape shape : norm.inputs) {
                Layer built = norm.lazy.of(affine, track).build(shape);
                Layer eager = norm.ready.of(shape.dim(1), affine, track);
                assertSame(built, eager);
                assertThat(built.parameters().keySet()).containsExactlyInAnyOrder(names(affine, "weight", "bias"));
                assertThat(built.buffers().keySet())
                        .containsExactlyInAnyOrder(names(track, "running_mean", "running_var", "num_batches_tracked"));
                assertThat(trained(built, input(shape))).isEqualTo(trained(eager, input(shape)));
                assertSame(built, eager);
                assertThat(built.forward(input(shape)).toArray())
                        .isEqualTo(eager.forward(input(shape)).toArray());
            }
        }
    }

    private static String[] names(boolean there, String... names) {
        return there ? names : new String[0];
    }

    /** 37, 40, 44, 47, 50, 53: what is lazy stays lazy when it travels, what is ready keeps its state. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    @Upstream({37, 40, 44, 47, 50, 53})
    void travelsLazyAndReady(Norm norm) throws Exception {
        Shape shape = norm.inputs[0];
        for (int combination = 0; combination < 4; combination++) {
            LazyLayer<?> lazy = norm.lazy.of(combination % 2 == 1, combination > 1);
            LazyLayer<?> lazyCopy = Sent.copy(lazy);
            assertThat(lazyCopy.toString()).isEqualTo(lazy.toString());
            Layer ready = lazyCopy.build(shape);
            trained(ready, input(shape));
            Layer copy = Sent.copy(ready);
            assertSame(copy, ready);
            assertThat(copy.forward(input(shape)).toArray())
                    .isEqualTo(ready.forward(input(shape)).toArray());
            if (combination == 3) {
                checkSaved(lazy, ready);
            }
        }
    }

    private void checkSaved(LazyLayer<?> lazy, Layer ready) throws IOException {
        SharedSpark.session();
        lazy.save(folder + "/lazy");
        assertThat(LazyLayer.load(folder + "/lazy")).hasSameClassAs(lazy).hasToString(lazy.toString());
        ready.save(folder + "/ready");
        assertSame(Layer.load(folder + "/ready"), ready);
    }

    private String saved(Module module) {
        String path = folder.resolve("weights.safetensors").toString();
        module.saveWeights(path);
        return path;
    }

    /** 38, 41, 45, 48, 51, 54: the state of an eager layer makes a lazy one ready, the reverse is refused. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("norms")
    @Upstream({38, 41, 45, 48, 51, 54})
    void takesItsWidthFromAState(Norm norm) {
        for (int combination = 1; combination < 4; combination++) {
            boolean affine = combination % 2 == 1;
            boolean track = combination > 1;
            Layer eager = norm.ready.of(10, affine, track);
            trained(eager, input(norm.inputs[0].with(1, 10)));
            Module loaded = norm.lazy.of(affine, track).loadWeights(saved(eager));
            assertSame((Layer) loaded, eager);
            String lazy = saved(norm.lazy.of(affine, track));
            assertThatThrownBy(() -> eager.loadWeights(lazy))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(" of a lazy Lazy" + eager.getClass().getSimpleName())
                    .hasMessageEndingWith("which has none; fit it before saving");
        }
        LazyLayer<?> plain = norm.lazy.of(false, false);
        String nothing = saved(norm.ready.of(10, false, false));
        assertThatThrownBy(() -> plain.loadWeights(nothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" expects a weight or running_mean of rank 1, got the weights {}");
    }

    /** The lazy layers that PyTorch lacks take their sizes from a state, too. */
    @Test
    void othersTakeTheirSizesFromAState() {
        assertSame((Layer) new LazyLayerNorm().loadWeights(saved(new LayerNorm(5))), new LayerNorm(5));
        assertSame((Layer) new LazyRmsNorm().loadWeights(saved(new RmsNorm(5))), new RmsNorm(5));
        assertSame((Layer) new LazyGroupNorm(2).loadWeights(saved(new GroupNorm(2, 6))), new GroupNorm(2, 6));
        assertSame((Layer) new LazyPRelu().loadWeights(saved(new PRelu(3))), new PRelu(3));
        Layer images = (Layer) new LazyLayerNorm(2).loadWeights(saved(new LayerNorm(3, 4)));
        assertSame(images, new LayerNorm(3, 4));
        assertThat(images.outputShape(Shape.of(2, 5, 3, 4))).isEqualTo(Shape.of(2, 5, 3, 4));
        assertThatThrownBy(() -> new LazyGroupNorm(4).loadWeights(saved(new GroupNorm(2, 6))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 4 groups of 6 channels");
    }

    /** 42: loaded running statistics score as where they come from, over any partitions. */
    @Test
    @Upstream(42)
    void scoresByLoadedStatistics() {
        Shape shape = Shape.of(16, 16, 3, 2);
        BatchNorm2d eager = new BatchNorm2d(16);
        trained(eager, input(shape));
        BatchNorm2d loaded = (BatchNorm2d) new LazyBatchNorm2d().loadWeights(saved(eager));
        float[] expected = eager.forward(input(shape)).toArray();
        assertThat(loaded.forward(input(shape)).toArray()).isEqualTo(expected);
        Sequential chain =
                new Sequential(new Unflatten(16, 3, 2), loaded).setInputCol("x").setOutputCol("y");
        for (int partitions : new int[] {1, 3, 20}) {
            assertThat(scored(chain, frame(input(shape), partitions))).isEqualTo(expected);
        }
    }

    /** 55: the column is chosen by its name, among others. */
    @Test
    @Upstream(55)
    void readsTheColumnOfItsName() {
        checkChosen(new LazyBatchNorm1d(), new BatchNorm1d(12));
        checkChosen(
                new LazySequential(new Unflatten(3, 2, 2), new LazyBatchNorm2d()),
                new Sequential(new Unflatten(3, 2, 2), new BatchNorm2d(3)));
        checkChosen(
                new LazySequential(new Unflatten(3, 2, 2, 1), new LazyBatchNorm3d()),
                new Sequential(new Unflatten(3, 2, 2, 1), new BatchNorm3d(3)));
    }

    private static void checkChosen(LazyLayer<?> lazy, Layer eager) {
        Tensor x = input(Shape.of(16, 12));
        Dataset<Row> frame =
                frame(x, 2).withColumnRenamed("x", "chosen").withColumn("x", org.apache.spark.sql.functions.lit(3.5));
        Layer norm = lazy.setInputCol("chosen").setOutputCol("y").fit(frame);
        assertThat(norm).hasToString(eager.toString());
        assertThat(scored(norm, frame)).isEqualTo(eager.forward(x).toArray());
    }

    /** Without running statistics one DataFrame is one batch: PyTorch's formula over all rows, whatever their partitions. */
    @Test
    void normalisesOverTheWholeDataFrame() {
        checkWholeBatch(new BatchNorm1d(4, 1e-3, 0.1, false, false), input(Shape.of(50, 4)), 4);
        BatchNorm1d affine = new BatchNorm1d(4, 1e-3, null, true, false);
        checkWholeBatch(affine, input(Shape.of(50, 4)), 4);
        checkWholeBatch(
                new Sequential(new Unflatten(3, 4), new BatchNorm1d(3, 1e-3, 0.1, false, false)),
                input(Shape.of(20, 12)),
                3);
        affine.parameter("weight").set(Tensor.of(1, 2, -1, 0.5));
        affine.parameter("bias").set(Tensor.of(0, 1, 2, 3));
        float[] own = affine.forward(input(Shape.of(50, 4))).toArray();
        assertThat(scored(affine, frame(input(Shape.of(50, 4)), 7))).isEqualTo(own);
    }

    private static void checkWholeBatch(Layer norm, Tensor x, int channels) {
        float[] values = x.toArray();
        int width = values.length / x.size(0);
        int places = width / channels;
        norm.setInputCol("x").setOutputCol("y");
        float[] expected = norm.forward(x).toArray();
        for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < values.length; i++) {
                double value = i % width / places == channel ? values[i] : 0;
                sum += value;
                squares += value * value;
            }
            double count = (double) x.size(0) * places;
            double mean = sum / count;
            double deviation = Math.sqrt(squares / count - mean * mean + 1e-3);
            for (int i = 0; i < values.length; i++) {
                if (i % width / places == channel) {
                    assertThat((double) expected[i]).isCloseTo((values[i] - mean) / deviation, within(1e-5));
                }
            }
        }
        for (int partitions : new int[] {1, 4, 60}) {
            assertThat(scored(norm, frame(x, partitions))).isEqualTo(expected);
        }
    }

    /** Neither scoring nor forward moves running statistics; training alone does. */
    @Test
    void onlyTrainingMovesStatistics() {
        Tensor x = input(Shape.of(16, 6));
        BatchNorm1d norm = new BatchNorm1d(6).setInputCol("x").setOutputCol("y");
        Map<String, List<Float>> before = state(norm);
        norm.forward(x);
        norm.outputShape(x.shape());
        norm.transformSchema(frame(x, 1).schema());
        scored(norm, frame(x, 3));
        assertThat(state(norm)).isEqualTo(before);
        trained(norm, x);
        assertThat(state(norm).get("running_mean")).isNotEqualTo(before.get("running_mean"));
        assertThat(norm.parameter("num_batches_tracked").value().item()).isEqualTo(1);
    }

    /** Inferring a shape leaves running statistics alone; PyTorch's dry run moves them. */
    @Test
    void inferringTheShapeTouchesNoStatistics() {
        LazySequential lazy = new LazySequential(new LazyLinear(5), new LazyBatchNorm1d()).setInputCol("x");
        Sequential built = lazy.fit(frame(input(Shape.of(8, 6)), 2));
        built.outputShape(Shape.of(8, 6));
        assertThat(built.parameter("1.running_mean").value().toArray()).containsOnly(0);
        assertThat(built.parameter("1.running_var").value().toArray()).containsOnly(1);
        assertThat(built.parameter("1.num_batches_tracked").value().item()).isZero();
    }

    /** A single row without the axis of rows is refused, where PyTorch takes its length for its channels. */
    @Test
    @Gap('K')
    void anInputWithoutRowsIsRefused() {
        assertThatThrownBy(() -> new LazyInstanceNorm1d().build(Shape.of(3, 15)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        " expects an input (N, C, L), got shape (3, 15); put Unflatten(C, length) before it");
        assertThatThrownBy(() -> new LazyInstanceNorm2d().build(Shape.of(3, 15, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one row alone wants unsqueeze(0)");
        assertThatThrownBy(() -> new LazyBatchNorm1d().build(Shape.of(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(" expects an input (N, C) or (N, C, L), got shape (3)");
    }

    /** The defaults of PyTorch's code, which are not those of the eager layer. */
    @Test
    void instanceNormsAreAffineAndTrackUnlessTold() {
        assertThat(new LazyInstanceNorm2d().build(Shape.of(2, 3, 4, 4)).toString())
                .isEqualTo("InstanceNorm2d(3, 1.0E-5, 0.1, true, true)");
        assertThat(new InstanceNorm2d(3).buffers()).isEmpty();
        assertThat(new InstanceNorm2d(3).parameters()).isEmpty();
    }

    /** A frozen layer keeps its statistics, and computes by them. */
    @Test
    void aFrozenOneStaysAsItIs() {
        Sequential net = new Sequential(new BatchNorm1d(6)).setTrainable(false);
        Tensor x = input(Shape.of(16, 6));
        Map<String, List<Float>> before = state(net);
        assertThat(trained(net, x)).isEqualTo(net.forward(x).toArray());
        assertThat(state(net)).isEqualTo(before);
        net.setTrainable(true);
        assertThat(trained(net, x)).isNotEqualTo(new BatchNorm1d(6).forward(x).toArray());
        assertThat(net.parameter("0.num_batches_tracked").value().item()).isEqualTo(1);
    }

    private static Dataset<Row> frame(Tensor x, int partitions) {
        int rows = x.size(0);
        int width = x.numel() / rows;
        float[] values = x.toArray();
        List<Row> all = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double[] own = new double[width];
            for (int i = 0; i < width; i++) {
                own[i] = values[row * width + i];
            }
            all.add(RowFactory.create(row, Vectors.dense(own)));
        }
        StructType schema = new StructType().add("row", "int").add("x", SQLDataTypes.VectorType());
        return SharedSpark.session().createDataFrame(all, schema).repartition(partitions);
    }

    private static float[] scored(Layer layer, Dataset<Row> frame) {
        List<Row> rows =
                layer.transform(frame).select("row", "y").orderBy("row").collectAsList();
        double[] all = rows.stream()
                .flatMapToDouble(row -> Arrays.stream(((Vector) row.get(1)).toArray()))
                .toArray();
        float[] values = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            values[i] = (float) all[i];
        }
        return values;
    }
}
