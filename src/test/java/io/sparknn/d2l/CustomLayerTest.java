package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Chapter "Custom layers". */
@SuppressWarnings("try")
final class CustomLayerTest {
    private static final Tensor X = Data.normal(1, 4, 8);

    @Test
    @D2l(29)
    void theCenteredLayerTakesTheMeanOfAllElements() {
        CenteredLayer layer = new CenteredLayer();
        assertThat(layer.forward(Tensor.of(1, 2, 3, 4, 5)).toArray()).containsExactly(-2, -1, 0, 1, 2);
        assertThat(layer.forward(Tensor.of(new double[][] {{1, 2}, {3, 10}})).toArray())
                .containsExactly(-3, -2, -1, 6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7})
    @D2l(29)
    void theCenteredLayerTakesTheMeanOfTheWholeDataFrame(int partitions) {
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 10}});
        assertThat(Data.scored(new CenteredLayer(), x, partitions).toArray()).containsExactly(-3, -2, -1, 6);
    }

    /** The two other means that one could have meant, each a line as well. */
    public static final class CenteredRows extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean(true, 1));
        }
    }

    /** Each column with a mean of its own. */
    public static final class CenteredColumns extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean(0));
        }
    }

    @Test
    @D2l(29)
    void aMeanPerRowAndAMeanPerColumnAreOtherLayers() {
        Tensor x = Tensor.of(new double[][] {{1, 2}, {3, 10}});
        for (int partitions : new int[] {1, 3}) {
            assertThat(Data.scored(new CenteredRows(), x, partitions).toArray())
                    .containsExactly(-0.5f, 0.5f, -3.5f, 3.5f);
            assertThat(Data.scored(new CenteredColumns(), x, partitions).toArray())
                    .containsExactly(-1, -4, 1, 4);
        }
    }

    @Test
    @D2l(30)
    void inAChainOnlyTheGrandMeanIsZero() {
        Sequential net = new LazySequential(new LazyLinear(128), new CenteredLayer())
                .setSeed(1)
                .build(X.shape());
        Tensor y = net.forward(X);
        assertThat(y.mean().item()).isCloseTo(0, within(1e-6f));
        assertThat(y.mean(1).abs().max().item()).isGreaterThan(1e-3f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    @D2l(30)
    void inAChainTheGrandMeanOverTheDataFrameIsZero(int partitions) {
        Dataset<Row> rows = Data.frame(X, partitions);
        Sequential net = new LazySequential(new LazyLinear(128), new CenteredLayer())
                .setInputCol("features")
                .setOutputCol("out")
                .fit(rows);
        Tensor y = Data.matrix(net.transform(rows), "out");
        assertThat(y.mean().item()).isCloseTo(0, within(1e-6f));
        assertThat(y.sub(net.forward(X)).abs().max().item()).isLessThan(1e-6f);
    }

    @Test
    @D2l(31)
    void aLayerWithParametersShowsThemAndMapsTwoRows() {
        MyLinear layer = new MyLinear(5, 3);
        assertThat(layer.parameter("weight").shape()).isEqualTo(Shape.of(5, 3));
        assertThat(layer.parameter("weight").toString()).contains("(5, 3)");
        Tensor y = layer.forward(Data.normal(2, 2, 5));
        assertThat(y.shape()).isEqualTo(Shape.of(2, 3));
        assertThat(y.min().item()).isNotNegative();
    }

    @Test
    @D2l(31)
    void layersWithParametersAreStacked() {
        Sequential net = new Sequential(new MyLinear(64, 8), new MyLinear(8, 1));
        Tensor x = Data.normal(2, 2, 64);
        assertThat(net.forward(x).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(Data.scored(net, x, 3).toArray()).isEqualTo(net.forward(x).toArray());
    }

    @Test
    @D2l(31)
    void aLayerWithParametersHasTheirGradients() {
        MyLinear layer = new MyLinear(5, 3);
        layer.setSeed(4);
        Slopes.check(layer, Data.normal(3, 4, 5));
    }

    @Test
    @D2l(31)
    void aLayerWithParametersLearns() {
        MyLinear layer = new MyLinear(5, 3);
        layer.setSeed(4);
        Tensor x = Data.normal(3, 64, 5);
        Tensor y = x.slice(1, 0, 3).relu();
        float first = ParametersTest.step(layer, x, y, 0.1);
        float last = first;
        for (int step = 0; step < 1000; step++) {
            last = ParametersTest.step(layer, x, y, 0.1);
        }
        assertThat(last).isLessThan(first / 20);
    }

    @Test
    @D2l(32)
    void aQuadraticFormReducesEveryPairOfInputs() {
        QuadraticForms layer = new QuadraticForms(4, 3);
        Tensor x = Data.normal(2, 5, 4);
        Tensor w = layer.parameter("weight");
        Tensor y = layer.forward(x);
        assertThat(y.shape()).isEqualTo(Shape.of(5, 3));
        for (int row = 0; row < 5; row++) {
            for (int k = 0; k < 3; k++) {
                double sum = 0;
                for (int i = 0; i < 4; i++) {
                    for (int j = 0; j < 4; j++) {
                        sum += (double) w.get(i, j, k) * x.get(row, i) * x.get(row, j);
                    }
                }
                assertThat((double) y.get(row, k)).isCloseTo(sum, within(1e-5 * (1 + Math.abs(sum))));
            }
        }
        assertThat(Data.scored(layer, x, 3).toArray()).isEqualTo(y.toArray());
    }

    @Test
    @D2l(32)
    void aQuadraticFormHasGradients() {
        QuadraticForms layer = new QuadraticForms(4, 3);
        layer.setSeed(6);
        Slopes.check(layer, Data.normal(2, 3, 4));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 16})
    @D2l(33)
    void theHalfSpectrumHoldsRealPartsAndBehindThemImaginaryParts(int n) {
        Tensor x = Data.normal(2, 3, n);
        Dataset<Row> rows = Data.frame(x, 2);
        Layer layer = new LazyHalfSpectrum()
                .setInputCol("features")
                .setOutputCol("out")
                .fit(rows);
        Tensor y = layer.forward(x);
        int half = n / 2;
        assertThat(layer.parameters()).isEmpty();
        assertThat(y.shape()).isEqualTo(Shape.of(3, 2 * half));
        for (int row = 0; row < 3; row++) {
            for (int k = 0; k < half; k++) {
                double real = 0;
                double imaginary = 0;
                for (int j = 0; j < n; j++) {
                    real += x.get(row, j) * Math.cos(-2 * Math.PI * j * k / n);
                    imaginary += x.get(row, j) * Math.sin(-2 * Math.PI * j * k / n);
                }
                assertThat((double) y.get(row, k)).isCloseTo(real, within(1e-5));
                assertThat((double) y.get(row, half + k)).isCloseTo(imaginary, within(1e-5));
            }
        }
        assertThat(Data.matrix(layer.transform(rows), "out").toArray()).isEqualTo(y.toArray());
    }

    @Test
    @D2l(33)
    void aRowOfOneHasNoHalfSpectrum() {
        assertThatThrownBy(() -> new HalfSpectrum(1)).hasMessageContaining("sizes of 1 or more for cosines");
    }

    @Test
    @D2l(33)
    void theHalfSpectrumIsDifferentiable() {
        Slopes.check(new HalfSpectrum(6), Data.normal(2, 2, 6));
    }

    @Test
    @D2l(34)
    void aLazyLayerOfOnesOwnGetsItsShapeFromTheInput() {
        LazyMyLinear lazy = new LazyMyLinear(3);
        assertThat(lazy.build(Shape.of(2, 5)).parameter("weight").shape()).isEqualTo(Shape.of(5, 3));
        assertThat(lazy.build(Shape.of(2, 7)).parameter("weight").shape()).isEqualTo(Shape.of(7, 3));
        assertThat(lazy.outputShape(Shape.of(2, 5))).isEqualTo(Shape.of(2, 3));
        assertThatThrownBy(() -> lazy.parameter("weight"))
                .hasMessageContaining("LazyMyLinear")
                .hasMessageContaining("has no parameter \"weight\" yet");
    }

    @Test
    @D2l(34)
    void aLazyLayerOfOnesOwnIsAPipelineStage(@TempDir Path dir) throws IOException {
        Dataset<Row> rows = Data.frame(X, 3);
        Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {
            new LazyMyLinear(6).setInputCol("features").setOutputCol("hidden"),
            new LazySequential(new LazyMyLinear(3), new CenteredLayer())
                    .setInputCol("hidden")
                    .setOutputCol("out")
        });
        pipeline.save(dir + "/lazy");
        PipelineModel model = Pipeline.load(dir + "/lazy").fit(rows);
        model.save(dir + "/fitted");
        float[] expected = Data.matrix(model.transform(rows), "out").toArray();
        float[] loaded = Data.matrix(PipelineModel.load(dir + "/fitted").transform(rows), "out")
                .toArray();
        assertThat(expected).hasSize(12);
        assertThat(loaded).isEqualTo(expected);
    }

    @Test
    @D2l(34)
    void aLazyLayerOfOnesOwnTakesAnInitialiserAndASeed() {
        LazyLayer<MyLinear> lazy = new LazyMyLinear(3).setBiasInit(Init.zeros()).setSeed(9);
        Layer one = lazy.setInputCol("features").fit(Data.frame(X, 1));
        Layer other = lazy.fit(Data.frame(X, 5));
        assertThat(one.parameter("bias").toArray()).containsOnly(0);
        assertThat(one.parameter("weight").toArray())
                .isEqualTo(other.parameter("weight").toArray());
    }

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("seed_centered", new CenteredLayer()),
                Arguments.of("seed_linear_centered", new Sequential(new Linear(8, 128), new CenteredLayer())),
                Arguments.of("seed_mylinear", new MyLinear(5, 3)),
                Arguments.of("seed_mylinear_stack", new Sequential(new MyLinear(64, 8), new MyLinear(8, 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("golden")
    @D2l({29, 30, 31})
    void theNumbersArePyTorchs(String name, Layer layer) {
        Golden golden = Golden.load(name);
        golden.parameters().forEach(path -> layer.parameter(path).set(golden.parameter(path)));
        Tensor x = golden.input().requiresGrad(true);
        try (Pass pass = Pass.training(0)) {
            Tensor y = layer.forward(x);
            golden.check("output", y);
            y.mul(golden.gradOutput()).sum().backward();
        }
        golden.check("grad.input", x.grad());
        golden.parameters()
                .forEach(path ->
                        golden.check("grad.param." + path, layer.parameter(path).grad()));
    }
}
