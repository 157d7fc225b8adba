package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter "Layers and modules". */
@SuppressWarnings("try")
final class ModelConstructionTest {
    private static final Tensor X = Data.normal(1, 2, 20);

    @Test
    @D2l(1)
    void aChainMapsAMatrix() {
        Sequential net = new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10)).build(X.shape());
        assertThat(net.forward(X).shape()).isEqualTo(Shape.of(2, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @D2l(1)
    void aChainMapsADataFrameAsItMapsTheMatrix(int partitions) {
        LazySequential lazy = new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10));
        Dataset<Row> rows = Data.frame(X, partitions);
        Sequential net = lazy.setInputCol("features").setOutputCol("out").fit(rows);
        Tensor out = Data.matrix(net.transform(rows), "out");
        assertThat(out.shape()).isEqualTo(Shape.of(2, 10));
        assertThat(out.toArray()).isEqualTo(net.forward(X).toArray());
    }

    @Test
    @D2l(2)
    void aLayerOfNamedChildrenHasGradientsForFree() {
        Mlp net = new LazyMlp(32, 10).build(X.shape());
        try (Pass pass = Pass.training(0)) {
            net.forward(X).sum().backward();
        }
        assertThat(net.parameters().keySet()).containsExactly("hidden.weight", "hidden.bias", "out.weight", "out.bias");
        assertThat(net.parameters().values())
                .allSatisfy(parameter -> assertThat(parameter.grad().shape()).isEqualTo(parameter.shape()));
        assertThat(net.parameter("out.bias").grad().toArray()).containsOnly(2);
    }

    @Test
    @D2l(2)
    void twoInstancesAreTwoModels() {
        Mlp one = new Mlp(20, 32, 10);
        Mlp other = new Mlp(20, 32, 10);
        float[] before = other.forward(X).toArray();
        assertThat(one.forward(X).toArray()).isNotEqualTo(before);
        one.parameter("out.bias").set(Tensor.ones(10));
        assertThat(other.forward(X).toArray()).isEqualTo(before);
    }

    @Test
    @D2l(3)
    void onesOwnSequentialDoesWhatSequentialDoes() {
        Linear first = new Linear(20, 256);
        Linear last = new Linear(256, 10);
        MySequential mine = new MySequential(first, new Relu(), last);
        float[] expected = new Sequential(first, new Relu(), last).forward(X).toArray();
        assertThat(mine.parameters().keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias");
        assertThat(mine.forward(X).toArray()).isEqualTo(expected);
        assertThat(Data.scored(mine, X, 3).toArray()).isEqualTo(expected);
    }

    @Test
    @D2l(3)
    void childrenOfOnesOwnSequentialAreSaved(@TempDir Path dir) {
        MySequential mine = new MySequential(new Linear(20, 256), new Relu(), new Linear(256, 10));
        float[] expected = mine.forward(X).toArray();
        save(mine, dir);
        assertThat(Layer.load(dir + "/net").forward(X).toArray()).isEqualTo(expected);
    }

    @Test
    @D2l(4)
    void aConstantIsNoParameterButIsSaved(@TempDir Path dir) {
        FixedHidden net = new FixedHidden();
        assertThat(net.parameters().keySet()).containsExactly("linear.weight", "linear.bias");
        assertThat(net.buffers().keySet()).containsExactly("rand_weight");
        float[] constant = net.parameter("rand_weight").value().toArray();
        float[] expected = net.forward(X).toArray();
        save(net, dir);
        Layer loaded = Layer.load(dir + "/net");
        assertThat(loaded.parameter("rand_weight").value().toArray()).isEqualTo(constant);
        assertThat(loaded.forward(X).toArray()).isEqualTo(expected);
        assertThat(net.copy(ParamMap.empty()).forward(X).toArray()).isEqualTo(expected);
    }

    @Test
    @D2l(4)
    void trainingLeavesAConstantWithoutGradient() {
        FixedHidden net = new FixedHidden();
        try (Pass pass = Pass.training(0)) {
            net.forward(X).sum().backward();
        }
        assertThat(net.parameter("rand_weight").grad()).isNull();
        assertThat(net.parameter("linear.weight").grad()).isNotNull();
    }

    @Test
    @D2l(4)
    void aConstantLoadedWithTheParametersAloneIsTheStoredOne(@TempDir Path dir) {
        FixedHidden net = new FixedHidden();
        net.saveWeights(dir + "/weights");
        FixedHidden clone = new FixedHidden();
        assertThat(clone.forward(X).toArray()).isNotEqualTo(net.forward(X).toArray());
        clone.loadWeights(dir + "/weights");
        assertThat(clone.forward(X).toArray()).isEqualTo(net.forward(X).toArray());
    }

    @Test
    @D2l(5)
    void aLayerUsedTwiceCountsOnceAndControlFlowFollowsTheData() {
        FixedHiddenMlp net = new FixedHiddenMlp();
        assertThat(net.numParameters()).isEqualTo(20 * 20 + 20);
        Tensor sum = net.forward(X);
        assertThat(sum.shape()).isEqualTo(Shape.of());
        Tensor rows = new FixedHiddenMlp().layers().get("halve").forward(X.mul(100));
        assertThat(rows.abs().sum().item()).isBetween(0.5f, 1f);
        assertThat(Math.abs(sum.item())).isLessThanOrEqualTo(1f);
    }

    @Test
    @D2l(5)
    void theGradientFollowsTheBranchTaken() {
        Tensor x = Tensor.of(3, -4).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            // |3| + |-4| = 7, so it is halved three times: 7, 3.5, 1.75, 0.875.
            new Halve().forward(x).sum().backward();
        }
        assertThat(x.grad().toArray()).containsOnly(0.125f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 9})
    @D2l(5)
    void controlFlowFollowsTheWholeDataFrame(int partitions) {
        Sequential net = new Sequential(new FixedHidden(), new Halve());
        Tensor x = Data.normal(2, 7, 20);
        Tensor out = Data.scored(net, x, partitions);
        assertThat(out.toArray()).isEqualTo(net.forward(x).toArray());
        assertThat(out.abs().sum().item()).isBetween(0.5f, 1f);
    }

    @Test
    @D2l(5)
    void oneNumberForTheWholeBatchIsNoColumnOfADataFrame() {
        FixedHiddenMlp net = new FixedHiddenMlp();
        assertThatThrownBy(() -> Data.scored(net, X, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FixedHiddenMlp")
                .hasMessageContaining("one row for each row of its input")
                .hasMessageContaining("got shape ()");
    }

    @Test
    @D2l(6)
    void nestedModulesNameTheirParametersByPath() {
        Sequential chimera = new Sequential(new NestMlp(20), new Linear(16, 20), new FixedHiddenMlp());
        assertThat(chimera.parameters().keySet())
                .containsExactly(
                        "0.net.0.weight",
                        "0.net.0.bias",
                        "0.net.2.weight",
                        "0.net.2.bias",
                        "0.linear.weight",
                        "0.linear.bias",
                        "1.weight",
                        "1.bias",
                        "2.hidden.linear.weight",
                        "2.hidden.linear.bias");
        assertThat(chimera.forward(X).numel()).isEqualTo(1);
    }

    @Test
    @D2l(6)
    void aLazyTwinBuildsItsChildren() {
        LazySequential lazy = new LazySequential(new LazyNestMlp(), new LazyLinear(20), new FixedHidden());
        Dataset<Row> rows = Data.frame(X, 3);
        Sequential net = lazy.setInputCol("features").setOutputCol("out").fit(rows);
        assertThat(net.parameter("0.net.0.weight").shape()).isEqualTo(Shape.of(64, 20));
        assertThat(net.parameter("0.linear.weight").shape()).isEqualTo(Shape.of(16, 32));
        assertThat(Data.matrix(net.transform(rows), "out").toArray())
                .isEqualTo(net.forward(X).toArray());
    }

    @Test
    @D2l(6)
    void aLazyTwinDrawsWhatTheNestDraws() {
        NestMlp built = new LazyNestMlp().setSeed(5).build(X.shape());
        Layer fitted = new LazyNestMlp()
                .setSeed(5)
                .setInputCol("features")
                .setOutputCol("out")
                .fit(Data.frame(X, 2));
        Layer eager = new NestMlp(20).setSeed(5);
        assertThat(fitted.forward(X).toArray()).isEqualTo(eager.forward(X).toArray());
        assertThat(built.setSeed(5).forward(X).toArray())
                .isEqualTo(eager.forward(X).toArray());
    }

    /** Children that nobody registered. */
    public static final class ListMlp extends Layer {
        private final List<Layer> net = List.of(new Linear(20, 8), new Relu(), new Linear(8, 2));

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            for (Layer layer : net) {
                y = layer.forward(y);
            }
            return y;
        }
    }

    @Test
    @D2l(7)
    void childrenInAPlainListAreRefusedByName(@TempDir Path dir) {
        ListMlp net = new ListMlp();
        assertThat(net.forward(X).shape()).isEqualTo(Shape.of(2, 2));
        assertThat(net.parameters()).isEmpty();
        String message = "ListMlp.net holds a layer that is not registered, so its parameters would be lost; write"
                + " addLayer(\"name\", layer) in the constructor";
        assertThatThrownBy(() -> net.copy(ParamMap.empty())).hasMessage(message);
        assertThatThrownBy(() -> save(net, dir)).hasMessage(message);
        assertThatThrownBy(() -> net.saveWeights(dir + "/weights")).hasMessage(message);
        assertThatThrownBy(() -> Data.scored(net, X, 2)).hasMessage(message);
    }

    /** Registers a child that has lost its own. */
    public static final class ListMlpInside extends Layer {
        private final ListMlp inner = addLayer("inner", new ListMlp());

        @Override
        public Tensor forward(Tensor x) {
            return inner.forward(x);
        }
    }

    @Test
    @D2l(7)
    void childrenInAPlainListOfAChildAreRefusedToo() {
        assertThatThrownBy(() -> new ListMlpInside().copy(ParamMap.empty()))
                .hasMessageStartingWith("ListMlp.net holds a layer that is not registered");
        assertThatThrownBy(() -> Data.scored(new Sequential(new ListMlpInside()), X, 1))
                .hasMessageStartingWith("ListMlp.net holds a layer that is not registered");
    }

    /** Keeps a lazy child whose settings nobody could find again. */
    public static final class LazyListMlp extends LazyLayer<Sequential> {
        private final LazySequential net = new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(2));

        @Override
        public Sequential build(Shape input) {
            return net.build(input);
        }
    }

    @Test
    @D2l(7)
    void aLazyLayerIsToldWhereItsChildrenBelong() {
        assertThatThrownBy(() -> new LazyListMlp().copy(ParamMap.empty()))
                .hasMessage("LazyListMlp.net holds a module that is no constructor argument, so its settings would be"
                        + " lost; pass it up with super(...), or make it in build");
    }

    @Test
    @D2l(8)
    void aParallelLayerPutsBothOutputsSideBySide() {
        Layer net1 = new Linear(20, 3);
        Layer net2 = new Sequential(new Linear(20, 5), new Relu());
        Parallel net = new Parallel(net1, net2);
        float[] row = net.forward(X).slice(0, 1, 2).toArray();
        assertThat(row).hasSize(8);
        assertThat(row).startsWith(net1.forward(X).slice(0, 1, 2).toArray());
        assertThat(row).endsWith(net2.forward(X).slice(0, 1, 2).toArray());
        assertThat(Data.scored(net, X, 5).toArray()).isEqualTo(net.forward(X).toArray());
    }

    @Test
    @D2l(8)
    void aLazyParallelLayerBuildsBothNetsOnTheSameInput() {
        Module two = new LazySequential(new LazyLinear(5), new Relu(), new LazyLinear(4));
        LazyParallel lazy = new LazyParallel(new LazyLinear(3), two);
        Parallel net = lazy.build(X.shape());
        assertThat(lazy.outputShape(Shape.of(Shape.UNKNOWN, 20))).isEqualTo(Shape.of(Shape.UNKNOWN, 7));
        assertThat(net.parameter("net2.2.weight").shape()).isEqualTo(Shape.of(4, 5));
        assertThat(net.forward(X).shape()).isEqualTo(Shape.of(2, 7));
    }

    private static Module block() {
        return new LazySequential(new LazyLinear(16), new Relu(), new LazyLinear(8), new Relu());
    }

    @Test
    @D2l(9)
    void aFactoryMakesBlocksWithWeightsOfTheirOwn() {
        Module[] blocks = IntStream.range(0, 4).mapToObj(i -> block()).toArray(Module[]::new);
        Sequential net = new LazySequential(blocks).build(X.shape());
        assertThat(net.numParameters()).isEqualTo(20 * 16 + 16 + 3 * (8 * 16 + 16) + 4 * (16 * 8 + 8));
        assertThat(net.parameter("1.0.weight").value().toArray())
                .isNotEqualTo(net.parameter("2.0.weight").value().toArray());
        assertThat(Data.scored(net, X, 2).shape()).isEqualTo(Shape.of(2, 8));
    }

    @Test
    @D2l(9)
    void copiesOfABlockAreBlocksOfTheirOwnAndTheBlockTwiceIsOne() {
        Linear block = new Linear(20, 20);
        Layer copy = block.copy(ParamMap.empty());
        copy.parameter("bias").set(Tensor.zeros(20));
        assertThat(new Sequential(block, copy).numParameters()).isEqualTo(2 * 420);
        assertThat(new Sequential(block, block).numParameters()).isEqualTo(420);
        assertThat((double) block.parameter("bias").value().abs().sum().item()).isNotCloseTo(0, within(1e-3));
    }

    private static void save(Layer layer, Path dir) {
        try {
            layer.save(dir + "/net");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
