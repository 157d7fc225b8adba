package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.BelowMaximum;
import io.sparknn.nn.CustomLayers.CatchesAll;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.Doubling;
import io.sparknn.nn.CustomLayers.Endless;
import io.sparknn.nn.CustomLayers.FirstRow;
import io.sparknn.nn.CustomLayers.Gated;
import io.sparknn.nn.CustomLayers.Halving;
import io.sparknn.nn.CustomLayers.Noise;
import io.sparknn.nn.CustomLayers.ReadsValues;
import io.sparknn.nn.CustomLayers.ShareOfRows;
import io.sparknn.nn.CustomLayers.Standardise;
import io.sparknn.nn.CustomLayers.Whitening;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One DataFrame is one batch: a layer that reduces over rows does so over all partitions. */
final class OneBatchTest {
    private static final int ROWS = 1500;
    private static final int WIDTH = 4;

    private static Layer onColumns(Layer layer) {
        return layer.setInputCol("features").setOutputCol("out");
    }

    static Stream<Object[]> layers() {
        return Stream.of(
                new Object[] {"one mean", new CenteredLayer(), 1},
                new Object[] {"mean, then variance", new Standardise(), 2},
                new Object[] {"maximum", new BelowMaximum(), 1},
                new Object[] {"number of rows", new ShareOfRows(), 1},
                new Object[] {"behind a product", new Sequential(new Linear(WIDTH, 9), new CenteredLayer()), 1},
                new Object[] {
                    "one behind another", new Sequential(new Standardise(), new Relu(), new CenteredLayer()), 3
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void theRowsAreThoseOfTheWholeTensor(String what, Layer layer, int reductions) {
        Tensor whole = layer.forward(Tensor.of(Frames.randomValues(ROWS, WIDTH), Shape.of(ROWS, WIDTH)));
        Dataset<Row> frame = Frames.random(ROWS, WIDTH, 7);
        assertThat(Frames.values(onColumns(layer).transform(frame), "out"))
                .as(what)
                .containsExactly(whole.toArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void eachReductionIsOnePassOverTheData(String what, Layer layer, int reductions) {
        Dataset<Row> frame = Frames.random(50, WIDTH, 3);
        Layer sized = onColumns(layer).copy(org.apache.spark.ml.param.ParamMap.empty());
        sized.set(sized.inputShape(), new int[] {WIDTH});
        assertThat(Jobs.count(() -> sized.transform(frame))).as(what).isEqualTo(reductions);
        Dataset<Row> scored = sized.transform(frame);
        assertThat(Jobs.count(scored::collectAsList)).isEqualTo(1);
    }

    @Test
    void aMillionRowsInEightPartitionsAreCentred() {
        Dataset<Row> frame = SharedSpark.session()
                .range(0, 1_000_000, 1, 8)
                .select(functions
                        .array(
                                functions.rand(3).multiply(200).minus(17).cast("float"),
                                functions.randn(4).cast("float"))
                        .as("features"))
                .cache();
        try {
            Layer layer = onColumns(new CenteredLayer());
            Dataset<Row> scored = layer.transform(frame);
            assertThat(scored.rdd().getNumPartitions()).isEqualTo(8);
            double[] sum = scored.javaRDD()
                    .map(row -> {
                        Vector out = row.getAs("out");
                        return new double[] {out.apply(0) + out.apply(1), Math.abs(out.apply(0))};
                    })
                    .reduce((a, b) -> new double[] {a[0] + b[0], Math.max(a[1], b[1])});
            assertThat(sum[1]).isBetween(80.0, 200.0);
            assertThat(sum[0] / 2_000_000 / sum[1]).isCloseTo(0, within(1e-6));
        } finally {
            frame.unpersist();
        }
    }

    @Test
    void standardisedColumnsHaveMeanZeroAndVarianceOne() {
        Dataset<Row> scored = onColumns(new Standardise()).transform(Frames.random(ROWS, WIDTH, 5));
        float[] values = Frames.values(scored, "out");
        for (int column = 0; column < WIDTH; column++) {
            double sum = 0;
            double squares = 0;
            for (int row = 0; row < ROWS; row++) {
                sum += values[row * WIDTH + column];
                squares += Math.pow(values[row * WIDTH + column], 2);
            }
            assertThat(sum / ROWS).isCloseTo(0, within(1e-6));
            assertThat(squares / ROWS).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void aProductWithTheTransposeIsASumOverRows() {
        float[] values = Frames.values(onColumns(new Whitening()).transform(Frames.random(ROWS, WIDTH, 5)), "out");
        Tensor out = Tensor.of(values, Shape.of(ROWS, WIDTH));
        float[] gram = out.transpose(0, 1).matmul(out).toArray();
        for (int i = 0; i < gram.length; i++) {
            assertThat(gram[i]).isCloseTo(i % (WIDTH + 1) == 0 ? 1f : 0f, within(1e-5f));
        }
    }

    @Test
    void aLoopRunsAsLongAsTheDataWant() {
        Layer layer = new Halving();
        Tensor whole = layer.forward(Tensor.of(Frames.randomValues(ROWS, WIDTH), Shape.of(ROWS, WIDTH)));
        Dataset<Row> frame = Frames.random(ROWS, WIDTH, 4);
        assertThat(Frames.values(onColumns(layer).transform(frame), "out")).containsExactly(whole.toArray());
        layer.set(layer.inputShape(), new int[] {WIDTH});
        double sum = 0;
        for (float value : Frames.randomValues(ROWS, WIDTH)) {
            sum += Math.abs(value);
        }
        int halvings = (int) Math.ceil(Math.log(sum) / Math.log(2));
        // One look before each halving, the one that ends the loop, and the pass that meets no more.
        assertThat(Jobs.count(() -> layer.transform(frame))).isEqualTo(halvings + 2);
    }

    @Test
    void aLoopMayWaitForLargeValues() {
        Layer layer = new Doubling();
        Tensor whole = layer.forward(Tensor.of(Frames.randomValues(9, WIDTH), Shape.of(9, WIDTH)));
        Dataset<Row> frame = Frames.random(9, WIDTH, 4);
        assertThat(Frames.values(onColumns(layer).transform(frame), "out")).containsExactly(whole.toArray());
    }

    @Test
    void aLoopWithoutEndIsStopped() {
        assertThatThrownBy(() -> onColumns(new Endless()).transform(Frames.random(9, WIDTH, 2)))
                .hasMessageContaining("Endless(")
                .hasMessageContaining("expects at most 64 reductions over rows");
    }

    @Test
    void aBranchMayDependOnAParameter() {
        Layer layer = onColumns(new Gated());
        Tensor all = Tensor.of(Frames.randomValues(30, WIDTH), Shape.of(30, WIDTH));
        Dataset<Row> frame = Frames.random(30, WIDTH, 3);
        assertThat(Frames.values(layer.transform(frame), "out"))
                .containsExactly(all.sub(all.mean()).toArray());
        layer.parameter("gate").set(Tensor.of(-1f));
        assertThat(Frames.values(layer.transform(frame), "out")).containsExactly(all.toArray());
    }

    @Test
    void rowsThatAPlanDrawsAtRandomAreDrawnOnce() {
        Dataset<Row> frame = SharedSpark.session()
                .range(0, 1000, 1, 3)
                .select(functions.array(functions.rand()).as("features"));
        try {
            Dataset<Row> scored = onColumns(new CenteredLayer()).transform(frame);
            double sum = 0;
            for (float value : Frames.values(scored, "out")) {
                sum += value;
            }
            assertThat(sum / 1000).isCloseTo(0, within(1e-7));
            assertThat(frame.storageLevel().useMemory()).isTrue();
        } finally {
            frame.unpersist();
        }
    }

    @Test
    void rowsMayNotBeMixed() {
        Dataset<Row> frame = Frames.random(9, WIDTH, 2);
        assertThatThrownBy(() -> onColumns(new FirstRow()).transform(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FirstRow(")
                .hasMessageContaining("slice of (?, 4) mixes single rows of the DataFrame");
        assertThatThrownBy(() -> onColumns(new ReadsValues()).transform(frame))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ReadsValues(")
                .hasMessageContaining("reading single values of a tensor of rows");
    }

    @Test
    void chanceIsRefused() {
        assertThatThrownBy(() -> onColumns(new Noise()).transform(Frames.random(9, WIDTH, 2)))
                .hasMessageContaining("Noise(")
                .hasMessageContaining(
                        "expects a forward that gives the same answer each time, got one that draws random")
                .hasMessageContaining("draw them only while training() is true");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {false, true})
    void theEndOfAPassMayNotBeSwallowed(boolean rethrows) {
        Dataset<Row> frame = Frames.random(9, WIDTH, 2);
        assertThatThrownBy(() -> onColumns(new CatchesAll(rethrows)).transform(frame))
                .isInstanceOf(org.apache.spark.SparkException.class)
                .rootCause()
                .hasMessageContaining("CatchesAll(")
                .hasMessageContaining("catch exceptions, not every Throwable, in forward");
    }

    @Test
    void aDataFrameWithoutRowsGivesOneWithoutRows() {
        Dataset<Row> empty = Frames.random(9, WIDTH, 2).where("id < 0");
        for (Layer layer : List.of(new CenteredLayer(), new Standardise(), new Halving(), new Relu())) {
            Dataset<Row> scored = onColumns(layer).transform(empty);
            assertThat(scored.collectAsList()).isEmpty();
            assertThat(scored.columns()).containsExactly("id", "features", "out");
        }
    }
}
