package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong around the first input of PyTorch's lazy modules, and cannot here. */
@SuppressWarnings("try")
final class LazyPitfallsTest {
    private static final Tensor X = Data.normal(1, 4, 5);

    /** Counts its draws. */
    public static final class Counting extends Init {
        private static final AtomicInteger DRAWS = new AtomicInteger();

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            DRAWS.incrementAndGet();
        }
    }

    /** Keeps a running mean in training, as batch normalisation does. */
    public static final class Running extends Layer {
        private final Parameter mean;

        public Running(int width) {
            super(width);
            mean = addBuffer("mean", Init.zeros(), width);
        }

        @Override
        public Tensor forward(Tensor x) {
            if (training()) {
                mean.set(mean.value().mul(0.9).add(x.detach().mean(0).mul(0.1)));
            }
            return x.sub(mean);
        }
    }

    /** Builds {@link Running}; or, without a running mean, a layer that holds nothing. */
    public static final class LazyRunning extends LazyLayer<Layer> {
        private final boolean tracks;

        public LazyRunning(boolean tracks) {
            super(tracks);
            this.tracks = tracks;
        }

        @Override
        public Layer build(Shape input) {
            return tracks ? new Running(input.last()) : new CenteredLayer();
        }
    }

    @Test
    @Pitfall("P1")
    void findingTheShapesTouchesNoRunningStatistics() {
        Layer layer = new LazyRunning(true)
                .setInputCol("features")
                .setOutputCol("out")
                .fit(Data.frame(X, 2));
        layer.build(X.shape());
        Data.scored(layer, X, 2);
        assertThat(layer.parameter("mean").toArray()).containsOnly(0);
        try (Pass pass = Pass.training(0)) {
            layer.forward(X);
        }
        assertThat(layer.parameter("mean").toArray()).doesNotContain(0);
    }

    @Test
    @Pitfall("P1")
    void findingTheShapesDrawsNothing() {
        int before = Counting.DRAWS.get();
        Sequential net = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2))
                .setWeightInit(new Counting())
                .setInputCol("features")
                .fit(Data.frame(X, 2));
        net.build(X.shape());
        assertThat(net.summary()).contains("(2, 8)");
        assertThat(Counting.DRAWS.get()).isEqualTo(before);
        net.forward(X);
        assertThat(Counting.DRAWS.get()).isEqualTo(before + 2);
    }

    @Test
    @Pitfall("P2")
    void aNetThatFailsOnOneInputIsStillWholeForTheNext() {
        LazyLinear first = new LazyLinear(6);
        LazySequential net =
                new LazySequential(first, new Parallel(new Linear(6, 2), new Linear(6, 3)), new Linear(4, 1));
        String before = net.summary();
        assertThatThrownBy(() -> net.build(X.shape()))
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 4, got 5");
        assertThat(net.summary()).isEqualTo(before);
        assertThatThrownBy(() -> first.parameter("weight")).isInstanceOf(IllegalStateException.class);
        // The same lazy object, for another width: nothing of the first try is left.
        assertThat(first.build(Shape.of(2, 9)).parameter("weight").shape()).isEqualTo(Shape.of(6, 9));
    }

    @Test
    @Pitfall("P2")
    void aFitThatFailsLeavesTheLazyNetReadyForAnother() {
        LazySequential net = new LazySequential(new Linear(5, 6), new Relu(), new LazyLinear(2));
        net.setInputCol("features").setOutputCol("out");
        assertThatThrownBy(() -> net.fit(Data.frame(Data.normal(2, 3, 7), 2)))
                .hasMessageContaining("expects vectors of 5, got 7");
        Sequential fitted = net.fit(Data.frame(X, 2));
        assertThat(fitted.parameter("2.weight").shape()).isEqualTo(Shape.of(2, 6));
    }

    @Test
    @Pitfall("P2")
    void eachFitFindsItsOwnWidth() {
        LazyLinear lazy = new LazyLinear(3).setInputCol("features");
        Linear five = lazy.fit(Data.frame(X, 1));
        Linear seven = lazy.fit(Data.frame(Data.normal(2, 3, 7), 1));
        assertThat(five.parameter("weight").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(seven.parameter("weight").shape()).isEqualTo(Shape.of(3, 7));
    }

    private static Dataset<Row> ofWidthZero() {
        StructType schema = Data.frame(X, 1).schema();
        return SharedSpark.session().createDataFrame(List.of(RowFactory.create(Vectors.zeros(0))), schema);
    }

    @Test
    @Pitfall("P3")
    void aWidthOfZeroIsRefused() {
        LazyLinear lazy = new LazyLinear(4).setInputCol("features");
        assertThatThrownBy(() -> lazy.build(Shape.of(2, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects an input of width 1 or more, got shape (2, 0)");
        assertThatThrownBy(() -> lazy.fit(ofWidthZero()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects rows of width 1 or more, got width 0 in column \"features\"");
        assertThatThrownBy(() -> new LazyMyLinear(4).build(Shape.of(2, 0)))
                .hasMessageContaining("expects sizes of 1 or more for weight");
    }

    @Test
    @Pitfall("P3")
    void aBatchWithoutRowsHasAShapeAllTheSame() {
        Linear layer = new LazyLinear(4).build(Shape.of(0, 3));
        assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(4, 3));
        assertThat(layer.forward(Tensor.zeros(0, 3)).shape()).isEqualTo(Shape.of(0, 4));
        Dataset<Row> empty = Data.frame(X, 2).filter("false");
        assertThatThrownBy(() -> new LazyLinear(4).setInputCol("features").fit(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features");
        Dataset<Row> sized = empty.withMetadata("features", new AttributeGroup("features", 3).toMetadata());
        assertThat(new LazyLinear(4)
                        .setInputCol("features")
                        .fit(sized)
                        .parameter("weight")
                        .shape())
                .isEqualTo(Shape.of(4, 3));
    }

    @Test
    @Pitfall("P4")
    void theRankOfTheInputIsCheckedWithAMessage() {
        assertThatThrownBy(() -> new LazyLinear(4).build(Shape.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LazyLinear(LazyLinear_")
                .hasMessageContaining("got shape ()");
        assertThatThrownBy(() -> new LazyLinear(0)).hasMessageContaining("outFeatures of 1 or more, got 0");
    }

    @Test
    @Pitfall("P5")
    void aLayerWithoutParametersRemembersTheWidthItWasFittedFor() {
        Layer layer = new LazyRunning(false)
                .setInputCol("features")
                .setOutputCol("out")
                .fit(Data.frame(X, 2));
        assertThat(layer).isInstanceOf(CenteredLayer.class);
        assertThatThrownBy(() ->
                        layer.transform(Data.frame(Data.normal(2, 3, 7), 1)).count())
                .hasStackTraceContaining("expects vectors of 5, got 7");
    }

    /** Takes one of two ways, as the data have it. */
    public static final class Switch extends Layer {
        private final Layer yes;
        private final Layer no;

        public Switch(Layer yes, Layer no) {
            super(yes, no);
            this.yes = addLayer("yes", yes);
            this.no = addLayer("no", no);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.sum().item() > 0 ? yes.forward(x) : no.forward(x);
        }
    }

    /** Builds both ways. */
    public static final class LazySwitch extends LazyLayer<Switch> {
        private final Module yes;
        private final Module no;

        public LazySwitch(Module yes, Module no) {
            super(yes, no);
            this.yes = yes;
            this.no = no;
        }

        @Override
        public Switch build(Shape input) {
            return new Switch(ready(yes, input), ready(no, input));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    @Pitfall("P6")
    void aBranchNotTakenHasItsParametersToo(int partitions) {
        LazySwitch lazy = new LazySwitch(new LazyLinear(2), new LazySequential(new LazyLinear(7), new LazyLinear(2)));
        Tensor positive = X.abs();
        Layer net = lazy.setInputCol("features").setOutputCol("out").fit(Data.frame(positive, partitions));
        assertThat(net.parameter("yes.weight").shape()).isEqualTo(Shape.of(2, 5));
        assertThat(net.parameter("no.0.weight").shape()).isEqualTo(Shape.of(7, 5));
        assertThat(net.parameter("no.1.weight").toArray()).hasSize(14);
        assertThat(Data.scored(net, positive, partitions).toArray())
                .isEqualTo(net.layers().get("yes").forward(positive).toArray());
        assertThat(Data.scored(net, positive.neg(), partitions).toArray())
                .isEqualTo(net.layers().get("no").forward(positive.neg()).toArray());
    }

    @Test
    @Pitfall("P7")
    void weightsOfABuiltLayerAreDrawnAndNotZero() {
        Linear layer = new LazyLinear(10).setInputCol("features").fit(Data.frame(X, 2));
        assertThat(layer.parameter("weight").toArray()).doesNotContain(0);
        assertThat(layer.parameter("bias").toArray()).doesNotContain(0);
        assertThat(layer.forward(X).toArray())
                .isEqualTo(X.linear(layer.parameter("weight"), layer.parameter("bias"))
                        .toArray());
    }

    @Test
    @Pitfall("P8")
    void aLayerInFrontDecidesTheWidthAndNotTheColumn() {
        LazySequential net = new LazySequential(new HalfSpectrum(5), new LazyLinear(2));
        Sequential fitted = net.setInputCol("features").fit(Data.frame(X, 2));
        assertThat(fitted.parameter("1.weight").shape()).isEqualTo(Shape.of(2, 4));
    }

    @Test
    @Pitfall("P9")
    void forwardOfALazyLayerCannotBeWrittenDown() {
        assertThat(LazyLayer.class.getMethods())
                .noneMatch(method -> method.getName().equals("forward"));
        assertThat(new LazyLinear(3)).isNotInstanceOf(Layer.class);
    }

    @Test
    @Pitfall("P10")
    void aLazyLayerIsFrozenBeforeItsFirstInput() {
        Linear frozen = new LazyLinear(3).setTrainable(false).build(X.shape());
        try (Pass pass = Pass.training(0)) {
            frozen.forward(Tensor.of(X.toArray(), X.shape()).requiresGrad(true))
                    .sum()
                    .backward();
        }
        assertThat(frozen.parameter("weight").requiresGrad()).isFalse();
        assertThat(frozen.parameter("weight").grad()).isNull();
        Sequential half = new LazySequential(new LazyLinear(3).setTrainable(false), new LazyLinear(2)).build(X.shape());
        assertThat(half.parameter("0.weight").requiresGrad()).isFalse();
        assertThat(half.parameter("1.weight").requiresGrad()).isTrue();
    }

    @Test
    @Pitfall("P11")
    void aLazyNetCountsAndShowsItsParameters() {
        LazySequential net = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2));
        assertThat(net.toString()).isEqualTo("LazySequential(LazyLinear(8), Relu(), LazyLinear(2))");
        assertThat(net.summary())
                .contains("weight (8, ?)")
                .contains("weight (2, 8)")
                .contains("26 parameters, and others whose number depends on the input");
        assertThat(net.build(X.shape()).numParameters()).isEqualTo(5 * 8 + 8 + 8 * 2 + 2);
        assertThat(net.build(X.shape()).toString()).isEqualTo("Sequential(Linear(5, 8), Relu(), Linear(8, 2))");
    }

    /** A lazy layer as it is and, where it holds others, with them. */
    private static Module[] lazyLayers() {
        return new Module[] {
            new LazyLinear(3),
            new LazyMyLinear(3),
            new LazyNestMlp(),
            new LazyRunning(true),
            new LazyRunning(false),
            new LazyParallel(new LazyLinear(3), new Linear(5, 2)),
            new LazySwitch(new LazyLinear(2), new LazyMyLinear(2)),
            new LazySequential(new LazyLinear(3), new CenteredLayer(), new LazyMyLinear(2))
        };
    }

    @Test
    @Pitfall("P12")
    void everyLazyLayerIsCopiedWithItsSettings() {
        for (Module module : lazyLayers()) {
            LazyLayer<?> lazy = (LazyLayer<?>) module;
            lazy.setSeed(5).setTrainable(false).setInputCol("features").setOutputCol("out");
            LazyLayer<?> copy = lazy.copy(ParamMap.empty());
            assertThat(copy).isNotSameAs(lazy).hasToString(lazy.toString()).hasSameClassAs(lazy);
            assertThat(copy.extractParamMap().toString())
                    .isEqualTo(lazy.extractParamMap().toString());
            Layer one = lazy.fit(Data.frame(X, 1));
            Layer other = copy.fit(Data.frame(X, 2));
            assertThat(other.forward(X).toArray()).isEqualTo(one.forward(X).toArray());
            assertThat(other.parameters().values()).noneMatch(Parameter::requiresGrad);
        }
    }

    @Test
    @Pitfall("P12")
    void aLazyLayerAndItsCopyMayFindDifferentWidths() {
        LazyLinear lazy = new LazyLinear(3);
        Module copy = lazy.copy(ParamMap.empty());
        assertThat(lazy.build(Shape.of(1, 5)).parameter("weight").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(copy.build(Shape.of(1, 7)).parameter("weight").shape()).isEqualTo(Shape.of(3, 7));
    }

    @Test
    @Pitfall("P25")
    void everyLazyLayerTravelsAndIsSavedWithItsSettings(@TempDir Path dir) throws IOException, ClassNotFoundException {
        int number = 0;
        for (Module module : lazyLayers()) {
            LazyLayer<?> lazy = (LazyLayer<?>) module;
            lazy.setSeed(5).setTrainable(false).setInputCol("features").setOutputCol("out");
            String path = dir + "/lazy" + number++;
            lazy.save(path);
            float[] expected = lazy.fit(Data.frame(X, 1)).forward(X).toArray();
            for (LazyLayer<?> other : List.of((LazyLayer<?>) DeviceTest.travel(lazy), LazyLayer.load(path))) {
                assertThat(other).hasToString(lazy.toString()).hasSameClassAs(lazy);
                assertThat(other.extractParamMap().toString())
                        .isEqualTo(lazy.extractParamMap().toString());
                Layer fitted = other.fit(Data.frame(X, 2));
                assertThat(fitted.forward(X).toArray()).isEqualTo(expected);
                assertThat(fitted.parameters().values()).noneMatch(Parameter::requiresGrad);
            }
        }
    }

    @Test
    @Pitfall("P25")
    void aLazyLayerKeepsItsInitialisersOnItsWay(@TempDir Path dir) throws IOException, ClassNotFoundException {
        LazyLinear lazy =
                new LazyLinear(3).setWeightInit(new InitTest.FarFromZero()).setBiasInit(Init.constant(7));
        lazy.save(dir + "/lazy");
        for (Module other : List.of((Module) DeviceTest.travel(lazy), LazyLinear.load(dir + "/lazy"))) {
            Layer built = other.build(Shape.of(1, 5));
            assertThat(built.parameter("bias").toArray()).containsOnly(7);
            assertThat(built.setSeed(3).parameter("weight").toArray())
                    .isEqualTo(lazy.build(Shape.of(1, 5))
                            .setSeed(3)
                            .parameter("weight")
                            .toArray());
        }
    }

    @Test
    @Pitfall("P25")
    void theNumberTypeOfAColumnChangesNothing() {
        Dataset<Row> rows = SharedSpark.session()
                .sql("select array(1, 2, 3) ints, array(1f, 2f, 3f) floats, array(1d, 2d, 3d) doubles");
        for (String column : rows.columns()) {
            Linear layer = new LazyLinear(4)
                    .setSeed(5)
                    .setInputCol(column)
                    .setOutputCol("out")
                    .fit(rows);
            assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(4, 3));
            assertThat(Data.matrix(layer.transform(rows), "out").toArray())
                    .isEqualTo(
                            layer.forward(Tensor.of(new double[][] {{1, 2, 3}})).toArray());
        }
    }

    @Test
    @Pitfall("P26")
    void aLazyChildOfACustomLayerKeepsItsSettings() {
        LazyParallel lazy = new LazyParallel(
                new LazyMyLinear(3).setTrainable(false).setBiasInit(Init.constant(7)), new LazyMyLinear(2));
        Parallel net = lazy.setInputCol("features").fit(Data.frame(X, 2));
        assertThat(net.parameter("net1.bias").toArray()).containsOnly(7);
        assertThat(net.parameter("net1.weight").requiresGrad()).isFalse();
        assertThat(net.parameter("net2.bias").toArray()).doesNotContain(7);
        assertThat(net.parameter("net2.weight").requiresGrad()).isTrue();
    }

    @Test
    @Pitfall("P26")
    void twoFitsShareNoReadyChild() {
        Linear child = new Linear(5, 2);
        float[] before = child.parameter("weight").toArray();
        LazyLayer<Parallel> lazy = new LazyParallel(new LazyLinear(3), child).setWeightInit(Init.ones());
        Parallel one = lazy.setInputCol("features").fit(Data.frame(X, 2));
        Parallel other = lazy.fit(Data.frame(X, 2));
        assertThat(one.parameter("net2.weight").toArray()).containsOnly(1);
        one.parameter("net2.weight").set(Tensor.zeros(2, 5));
        assertThat(other.parameter("net2.weight").toArray()).containsOnly(1);
        assertThat(child.parameter("weight").toArray()).isEqualTo(before);
        assertThatThrownBy(() -> lazy.build(Shape.of(2, 7))).hasMessageContaining("expects vectors of 5, got 7");
    }

    @Test
    @Pitfall("P13")
    void aFittedSubclassKeepsItsMethodsAndItsClass() {
        Layer fitted = new LazyMyLinear(3).setInputCol("features").fit(Data.frame(X, 2));
        assertThat(fitted).isExactlyInstanceOf(MyLinear.class);
        assertThat(fitted.copy(ParamMap.empty())).isExactlyInstanceOf(MyLinear.class);
        // The type is known to the compiler too: fit returns the class that the lazy layer names.
        NestMlp nest = new LazyNestMlp().setInputCol("features").fit(Data.frame(X, 1));
        assertThat(nest).isExactlyInstanceOf(NestMlp.class);
    }

    @Test
    @Pitfall("P14")
    void aTiedLazyLayerOfTwoWidthsIsRefusedByPlace() {
        LazyLinear shared = new LazyLinear(8);
        LazySequential net = new LazySequential(shared, new Relu(), shared);
        assertThatThrownBy(() -> net.build(Shape.of(2, 5)))
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 5, got 8");
        assertThat(net.build(Shape.of(2, 8)).numParameters()).isEqualTo(8 * 8 + 8);
    }

    @Test
    @Pitfall("P15")
    void lazyEagerAndMixedNetsOfOneSeedAreTheSame() {
        float[] lazy = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2))
                .setSeed(5)
                .build(X.shape())
                .forward(X)
                .toArray();
        float[] mixed = new LazySequential(new Linear(5, 8), new Relu(), new LazyLinear(2))
                .setSeed(5)
                .build(X.shape())
                .forward(X)
                .toArray();
        Sequential eager = new Sequential(new Linear(5, 8), new Relu(), new Linear(8, 2)).setSeed(5);
        eager.parameter("2.weight").value(); // drawn out of turn
        assertThat(mixed).isEqualTo(lazy);
        assertThat(eager.forward(X).toArray()).isEqualTo(lazy);
    }

    @Test
    @Pitfall("P16")
    void aReadyLayerNeverFindsAnotherWidth() {
        Linear layer =
                new LazyLinear(3).setInputCol("features").setOutputCol("out").fit(Data.frame(X, 2));
        Tensor other = Data.normal(2, 3, 7);
        assertThatThrownBy(() -> layer.forward(other)).hasMessageContaining("5").hasMessageContaining("7");
        assertThatThrownBy(() -> layer.build(other.shape())).hasMessageContaining("expects vectors of 5, got 7");
        assertThatThrownBy(() -> layer.transform(Data.frame(other, 2)).collect())
                .hasStackTraceContaining("expects vectors of 5, got 7");
        assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(3, 5));
    }

    @Test
    @Pitfall("P17")
    void anInitialiserSetOnALazyNetIsNeverSilentlyIgnored() {
        LazySequential net = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2));
        Sequential built = net.setInit("2.weight", Init.ones()).build(X.shape());
        assertThat(built.parameter("2.weight").toArray()).containsOnly(1);
        assertThat(built.parameter("0.weight").toArray()).doesNotContain(1);
        LazySequential typo = new LazySequential(new LazyLinear(8)).setInit("wieght", Init.ones());
        assertThatThrownBy(() -> typo.build(X.shape()))
                .hasMessageContaining("expects an initialiser for one of [0.weight, 0.bias], got one for \"wieght\"");
    }

    @Test
    @Pitfall("P17")
    void drawingAnewLeavesTheRestAsItWas() {
        Sequential net = new LazySequential(new LazyLinear(8), new LazyLinear(2)).build(X.shape());
        float[] first = net.parameter("0.weight").toArray();
        float[] second = net.parameter("1.weight").toArray();
        net.parameter("0.weight").init(Init.normal());
        assertThat(net.parameter("0.weight").toArray()).isNotEqualTo(first);
        assertThat(net.parameter("1.weight").toArray()).isEqualTo(second);
    }

    @Test
    @Pitfall("P18")
    void aRowWithoutABatchHasItsWidthOnTheLastAxis() {
        Linear layer = new LazyLinear(3).build(Shape.of(5));
        assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(3, 5));
        assertThat(layer.forward(Tensor.arange(5)).shape()).isEqualTo(Shape.of(3));
        assertThat(new LazyRunning(true)
                        .build(Shape.of(3, 7, 5))
                        .parameter("mean")
                        .shape())
                .isEqualTo(Shape.of(5));
    }

    @Test
    @Pitfall("P19")
    void theFirstBatchOfALazyNetHasCorrectGradients() {
        Layer net = new LazySequential(new LazyLinear(6), new QuadraticForms(6, 2))
                .setSeed(3)
                .build(X.shape());
        Slopes.check(net, X);
    }

    @Test
    @Pitfall("P20")
    void everyPartitionStartsFromTheSameWeights() {
        Linear layer =
                new LazyLinear(3).setInputCol("features").setOutputCol("out").fit(Data.frame(X, 1));
        Tensor same = Tensor.ones(6, 5);
        Tensor rows = Data.scored(layer, same, 6);
        assertThat(rows.sub(rows.slice(0, 0, 1)).abs().max().item()).isZero();
        assertThat(rows.slice(0, 0, 1).toArray())
                .isEqualTo(layer.forward(Tensor.ones(1, 5)).toArray());
        assertThat((double) rows.abs().sum().item()).isNotCloseTo(0, within(1e-3));
    }
}
