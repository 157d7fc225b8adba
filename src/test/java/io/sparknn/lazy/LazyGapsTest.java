package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.check.LayerContract;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.Bilinear;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.ConvTranspose1d;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyBilinear;
import io.sparknn.nn.layers.LazyConv1d;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyConvTranspose1d;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyGru;
import io.sparknn.nn.layers.LazyInstanceNorm2d;
import io.sparknn.nn.layers.LazyLayerNorm;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyLstm;
import io.sparknn.nn.layers.LazyMultiheadAttention;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What PyTorch's tests of lazy modules leave open, by the letters of LAZY.md; {@link LazyTwinsTest} has the rest. */
@SuppressWarnings("try") // the pass is open while its block runs
final class LazyGapsTest {
    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("weights").toString();
    }

    private static Arguments of(Object... arguments) {
        return Arguments.of(arguments);
    }

    static Stream<Arguments> emptyInputs() {
        Shape none = Shape.of(5, 0);
        return Stream.of(
                of(new LazyLinear(3), "width 1 or more", new Shape[] {none}),
                of(new LazyBilinear(3), "width 1 or more", new Shape[] {Shape.of(5, 4), none}),
                of(new LazyConv1d(3, 1), "1 channel or more", new Shape[] {Shape.of(5, 0, 4)}),
                of(new LazyConv2d(3, 1), "1 channel or more", new Shape[] {Shape.of(5, 0, 4, 4)}),
                of(new LazyConvTranspose1d(3, 1), "1 channel or more", new Shape[] {Shape.of(5, 0, 4)}),
                of(new LazyBatchNorm1d(), "1 channel or more", new Shape[] {none}),
                of(new LazyInstanceNorm2d(), "1 channel or more", new Shape[] {Shape.of(5, 0, 4, 4)}),
                of(new LazyLayerNorm(), "size 1 or more", new Shape[] {none}),
                of(new LazyGru(3), "sequences of vectors", new Shape[] {Shape.of(5, Shape.RAGGED, 0)}),
                of(new LazyLstm(3), "sequences of vectors", new Shape[] {Shape.of(5, 4, 0)}),
                of(new LazyMultiheadAttention(1), "sequences of vectors", new Shape[] {Shape.of(5, 4, 0)}),
                of(new LazySequential(new Relu(), new LazyLinear(3)), "width 1 or more", new Shape[] {none}));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("emptyInputs")
    @Gap('A')
    void aWidthOfZeroIsRefusedByName(LazyLayer<?> lazy, String message, Shape... inputs) {
        assertThatThrownBy(() -> lazy.build(inputs))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(lazy.uid())
                .hasMessageContaining(message);
    }

    /** PyTorch leaves the layers before the one that failed built for the wrong input. */
    @Test
    @Gap('B')
    void afterAnInputThatFailsTheNextOneIsTakenAsIfTheFirst() {
        LazySequential net = new LazySequential(
                        new LazyConv1d(4, 3), new LazyBatchNorm1d(), new Flatten(), new LazyLinear(6), new Linear(6, 2))
                .setSeed(3);
        String before = net.summary();
        LazySequential narrow = new LazySequential(new LazyConv1d(4, 3), new Flatten(), new Linear(6, 2));
        assertThatThrownBy(() -> net.build(Shape.of(2, 3, 2))).hasMessageContaining("module 0");
        assertThatThrownBy(() -> net.build(Shape.of(2, 30))).hasMessageContaining("put Unflatten(");
        assertThatThrownBy(() -> narrow.build(Shape.of(2, 3, 8)))
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 6, got 24");
        assertThat(net.summary()).isEqualTo(before);
        Tensor x = Columns.normal(2, 5, 8);
        float[] untouched =
                net.copy(ParamMap.empty()).build(x.shape()).forward(x).toArray();
        assertThat(net.build(x.shape()).forward(x).toArray()).isEqualTo(untouched);
    }

    @Test
    @Gap('B')
    void afterAFitThatFailsTheNextOneFindsItsOwnWidth() {
        LazySequential net = new LazySequential(new Unflatten(1, 3, 3), new LazyConv2d(2, 2), new Flatten());
        net.setInputCol("features").setOutputCol("out");
        assertThatThrownBy(() -> net.fit(Columns.frame(Columns.normal(4, 8), 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects vectors of 9, got 8");
        Tensor x = Columns.normal(4, 9);
        Sequential fitted = net.fit(Columns.frame(x, 2));
        assertThat(Columns.values(fitted.transform(Columns.frame(x, 3)), "out"))
                .isEqualTo(fitted.forward(x).toArray());
    }

    static Stream<Arguments> misfits() {
        return Stream.of(
                of(new LazyLinear(4), new Linear(3, 7), "expects shape (4, 3), got (7, 3) for \"weight\""),
                of(new LazyConv2d(8, 3), new Conv2d(2, 5, 7), "expects shape (8, 2, 3, 3), got (5, 2, 7, 7)"),
                of(new LazyConv2d(5, 3), new Conv2d(2, 5, 7), "expects shape (5, 2, 3, 3), got (5, 2, 7, 7)"),
                of(new LazyConvTranspose1d(8, 3), new ConvTranspose1d(2, 5, 3), "got (2, 5, 3) for \"weight\""),
                of(new LazyBilinear(4), new Bilinear(2, 3, 5), "expects shape (4, 2, 3), got (5, 2, 3)"),
                of(new LazyGru(4), new Gru(3, 5), "expects shape (12, 3), got (15, 3) for \"weight_ih_l0\""),
                of(new LazyEmbedding(4), new Embedding(9, 5), "expects shape (9, 4), got (9, 5)"),
                of(
                        new LazySequential(new LazyLinear(6), new LazyLinear(4)),
                        new Sequential(new Linear(3, 6), new Linear(6, 7)),
                        "expects shape (4, 6), got (7, 6) for \"1.weight\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misfits")
    @Gap('C')
    void aDeclaredSizeIsNotOverriddenByAFile(LazyLayer<?> lazy, Layer other, String message) {
        other.saveWeights(file);
        assertThatThrownBy(() -> lazy.loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> halves() {
        return Stream.of(
                of(new LazyLinear(3), new Linear(5, 3, false), "missing [bias]", Shape.of(2, 7)),
                of(
                        new LazyConv2d(3, 2),
                        new Conv2d(5, 3, new int[] {2}, 1, false),
                        "missing [bias]",
                        Shape.of(2, 7, 4, 4)),
                of(
                        new LazyBatchNorm1d(),
                        new BatchNorm1d(5, 1e-5, 0.1, true, false),
                        "missing [num_batches_tracked, running_mean, running_var]",
                        Shape.of(2, 7)),
                of(
                        new LazySequential(new LazyLinear(4), new LazyLinear(3)),
                        new Sequential(new Linear(5, 4), new Linear(4, 3, false)),
                        "missing [bias]",
                        Shape.of(2, 7)));
    }

    /** PyTorch with strict=False leaves a layer of a weight and a bias that is still lazy, which nothing repairs. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("halves")
    @Gap('D')
    void aFileOfHalfALayerIsRefusedAndLeavesItWhole(LazyLayer<?> lazy, Layer half, String message, Shape other) {
        half.saveWeights(file);
        assertThatThrownBy(() -> lazy.loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
        Layer built = lazy.build(other);
        assertThat(built.outputShape(other)).isEqualTo(lazy.outputShape(other));
        built.saveWeights(file);
        assertThat(((Layer) lazy.loadWeights(file)).parameters().keySet())
                .isEqualTo(built.parameters().keySet());
    }

    /** Part of a network is loaded layer by layer, and the rest waits. */
    @Test
    @Gap('D')
    void aFileOfSomeLayersMakesThoseReadyAndLeavesTheOthersLazy() {
        Sequential stored = new Sequential(new Linear(5, 4), new Tanh(), new Linear(4, 3));
        stored.saveWeights(file);
        Module first = new LazyLinear(4).loadWeights(file, "0.");
        Sequential net = new LazySequential(first, new Tanh(), new LazyLinear(2)).build(Shape.of(1, 5));
        assertThat(net.parameter("0.weight").toArray())
                .isEqualTo(stored.parameter("0.weight").toArray());
        assertThat(net.parameter("2.weight").shape()).isEqualTo(Shape.of(2, 4));
    }

    @Test
    @Gap('F')
    void aLazyLayerUsedTwiceIsOneLayer() throws IOException {
        LazyLinear shared = new LazyLinear(4);
        LazySequential lazy = new LazySequential(shared, new Tanh(), shared, new LazyLinear(2));
        Sequential net = lazy.setSeed(3).build(Shape.of(2, 4));
        assertThat(net.layer(0)).isSameAs(net.layer(2));
        assertThat(net.parameters().keySet()).containsExactly("0.weight", "0.bias", "3.weight", "3.bias");
        net.saveWeights(file);
        assertThat(Safetensors.read(Files.readAllBytes(Path.of(file))).names())
                .contains("0.weight", "2.weight", "0.bias", "2.bias");
        Sequential loaded = (Sequential) lazy.loadWeights(file);
        assertThat(loaded.layer(0)).isSameAs(loaded.layer(2));

        Tensor x = Columns.normal(2, 4);
        Linear one = new Linear(4, 4);
        Linear other = new Linear(4, 4);
        Sequential untied = new Sequential(one, new Tanh(), other, new Linear(4, 2));
        untied.loadWeights(file);
        for (Layer each : new Layer[] {net, untied}) {
            try (Pass pass = Pass.training(1)) {
                each.forward(x).sum().backward();
            }
        }
        Tensor sum =
                one.parameter("weight").grad().add(other.parameter("weight").grad());
        Tensor difference = net.parameter("0.weight").grad().sub(sum).abs().max();
        assertThat(difference.item()).isLessThan(1e-5f);
        assertThatThrownBy(() -> lazy.build(Shape.of(2, 5)))
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 5, got 4");
    }

    /** PyTorch turns a subclass of a lazy module into the plain module, and its methods are gone. */
    @Test
    @Gap('G')
    void whatALayerOfOnesOwnBuildsKeepsItsClass() throws Exception {
        Layer fitted = new LazyHeld(true).setInputCol("features").fit(Columns.frame(Columns.normal(3, 5), 2));
        fitted.save(directory + "/held");
        for (Layer each :
                List.of(fitted, fitted.copy(ParamMap.empty()), Sent.copy(fitted), Layer.load(directory + "/held"))) {
            assertThat(each).isExactlyInstanceOf(Held.class).hasToString("Held(5, true)");
        }
        Held built = new LazyHeld(true).build(Shape.of(1, 5)); // fit and build return the class itself
        assertThat(built.forward(Tensor.ones(1, 5)).toArray()).containsOnly(0);
    }

    /** PyTorch's apply on a lazy network finds no Linear, and initialises nothing. */
    @Test
    @Gap('H')
    void anInitialiserReachesItsLayersBeforeAndAfterTheFirstInput() {
        Layer after = chain().build(Shape.of(1, 5)).apply(layer -> {
            if (layer instanceof Linear) {
                layer.parameter("weight").init(Init.constant(0.5));
            }
        });
        Layer before = chain().setWeightInit(Init.constant(0.5)).build(Shape.of(1, 5));
        for (Layer net : new Layer[] {before, after}) {
            assertThat(net.parameter("0.weight").toArray()).hasSize(20).containsOnly(0.5f);
            assertThat(net.parameter("2.weight").toArray()).hasSize(12).containsOnly(0.5f);
            assertThat(net.parameter("0.bias").toArray()).doesNotContain(0.5f);
        }
        assertThatThrownBy(() -> chain().setInit("wieght", Init.ones()).build(Shape.of(1, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got one for \"wieght\"");
        List<String> order = new ArrayList<>();
        chain().build(Shape.of(1, 5)).apply(layer -> order.add(layer.getClass().getSimpleName()));
        assertThat(order).containsExactly("Linear", "Tanh", "Linear", "Sequential");
    }

    private static LazySequential chain() {
        return new LazySequential(new LazyLinear(4), new Tanh(), new LazyLinear(3));
    }

    /** Layers draw from (seed, path): in PyTorch, a network with some layers lazy draws in another order. */
    @Test
    @Gap('J')
    void whichLayersAreLazyChangesNoValue() {
        Tensor x = Columns.normal(2, 3, 8);
        List<Module[]> mixtures = List.of(
                new Module[] {new LazyConv1d(4, 3), new LazyBatchNorm1d(), new Flatten(), new LazyLinear(2)},
                new Module[] {
                    new io.sparknn.nn.layers.Conv1d(3, 4, 3), new LazyBatchNorm1d(), new Flatten(), new LazyLinear(2)
                },
                new Module[] {new LazyConv1d(4, 3), new BatchNorm1d(4), new Flatten(), new Linear(24, 2)});
        Sequential ready = new Sequential(
                        new io.sparknn.nn.layers.Conv1d(3, 4, 3), new BatchNorm1d(4), new Flatten(), new Linear(24, 2))
                .setSeed(7);
        for (Module[] modules : mixtures) {
            Layer net = new LazySequential(modules).setSeed(7).build(x.shape());
            assertThat(net.forward(x).toArray()).isEqualTo(ready.forward(x).toArray());
        }
    }

    /** Finite differences of a chain in which everything was lazy. */
    @Test
    @Gap('L')
    void theFirstBatchOfALazyChainHasCorrectGradients() {
        LazySequential lazy = new LazySequential(
                new LazyConv1d(3, 2), new LazyBatchNorm1d(), new Tanh(), new Flatten(), new LazyLinear(2));
        LayerContract.check(() -> lazy.setSeed(3).build(Shape.of(5, 2, 4)), Shape.of(5, 2, 4));
    }

    /** A ready layer, or a lazy one with a seed: what travels to many tasks starts from the same values in each. */
    @Test
    @Gap('M')
    void everyTaskStartsFromTheSameValues() {
        Layer ready = chain().build(Shape.of(1, 5)); // nothing is drawn yet
        checkTasks(ready, ready);
        LazySequential seeded = chain().setSeed(4);
        checkTasks(seeded, new Sequential(new Linear(5, 4), new Tanh(), new Linear(4, 3)).setSeed(4));
    }

    private static void checkTasks(Module module, Layer expected) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        List<float[]> values = context.parallelize(List.of(1, 2, 3, 4), 4)
                .map(task -> values(module.build(Shape.of(1, 5))))
                .collect();
        assertThat(values).hasSize(4).allSatisfy(each -> assertThat(each).isEqualTo(values(expected)));
    }

    private static float[] values(Layer layer) {
        return Tensor.cat(
                        0,
                        layer.parameters().values().stream()
                                .map(parameter -> parameter.value().flatten(0))
                                .toArray(Tensor[]::new))
                .toArray();
    }
}
