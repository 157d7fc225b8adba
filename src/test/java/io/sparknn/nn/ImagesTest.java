package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.AdaptiveAvgPool2d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyEmbedding;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Images in a column of vectors, by Unflatten in front or by a column that carries a shape. */
final class ImagesTest {
    private static Dataset<Row> pixels(int width) {
        return Frames.random(20, width, 3);
    }

    private static LazySequential network() {
        return new LazySequential(
                        new Unflatten(1, 8, 8),
                        new LazyConv2d(4, 3).setPadding("same"),
                        new Relu(),
                        new MaxPool2d(2),
                        new LazyConv2d(5, 3),
                        new AdaptiveAvgPool2d(1),
                        new Flatten(),
                        new LazyLinear(2))
                .setInputCol("features")
                .setOutputCol("out")
                .setSeed(3);
    }

    @Test
    void aNetworkOfLazyConvolutionsFindsItsSizesInAColumn() {
        Sequential ready = network().fit(pixels(64));
        assertThat(ready.parameter("1.weight").shape()).isEqualTo(Shape.of(4, 1, 3, 3));
        assertThat(ready.parameter("4.weight").shape()).isEqualTo(Shape.of(5, 4, 3, 3));
        assertThat(ready.parameter("7.weight").shape()).isEqualTo(Shape.of(2, 5));
        float[] expected = ready.forward(Tensor.of(Frames.randomValues(20, 64), Shape.of(20, 64)))
                .toArray();
        assertThat(Frames.values(ready.transform(pixels(64)).orderBy("id"), "out"))
                .isEqualTo(expected);
        assertThat(Frames.values(ready.transform(pixels(64).repartition(7)).orderBy("id"), "out"))
                .isEqualTo(expected);
    }

    @Test
    void aColumnCarriesTheShapeFromStageToStage() {
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    new Unflatten(1, 8, 8).setInputCol("features").setOutputCol("image"),
                    new LazyConv2d(4, 3).setInputCol("image").setOutputCol("out"),
                    new AdaptiveAvgPool2d(2).setInputCol("out").setOutputCol("pooled")
                })
                .fit(pixels(64));
        assertThat(model.stages()[1]).hasToString("Conv2d(1, 4, 3)");
        Dataset<Row> out = model.transform(pixels(64));
        assertThat(out.schema().apply("pooled").metadata().getLongArray(InputColumn.SHAPE_KEY))
                .containsExactly(4, 2, 2);
        assertThat(Frames.column(out, "pooled").get(0).size()).isEqualTo(16);
    }

    @Test
    void aColumnOfArraysIsGivenAShape() {
        for (String type : List.of("double", "float", "int", "decimal(5, 1)")) {
            Dataset<Row> arrays =
                    SharedSpark.session().sql("select cast(array(1, 2, 3, 4) as array<" + type + ">) pixels, 0D label");
            Dataset<Row> images = ColumnShape.set(arrays, "pixels", 1, 2, 2);
            Layer conv = new LazyConv2d(3, 2)
                    .setInputCol("pixels")
                    .setOutputCol("out")
                    .fit(images);
            assertThat(conv).hasToString("Conv2d(1, 3, 2)");
            assertThat(Frames.column(conv.transform(images), "out")).hasSize(1);
        }
        Dataset<Row> texts =
                ColumnShape.set(SharedSpark.session().sql("select array(int(id), 3) ids from range(4)"), "ids", 2);
        Sequential net = new LazySequential(new LazyEmbedding(5), new Flatten(), new LazyLinear(2))
                .setInputCol("ids")
                .setOutputCol("out")
                .fit(texts);
        assertThat(net.parameter("2.weight").shape()).isEqualTo(Shape.of(2, 10));
        assertThat(Frames.column(net.transform(texts), "out")).hasSize(4);
    }

    @Test
    void aColumnIsGivenAShape() {
        Dataset<Row> images = ColumnShape.set(pixels(64), "features", 1, 8, 8);
        LazyConv2d lazy =
                new LazyConv2d(4, 3).setSeed(1).setInputCol("features").setOutputCol("out");
        Layer conv = lazy.fit(images);
        assertThat(conv).hasToString("Conv2d(1, 4, 3)");
        Dataset<Row> unflattened = new Unflatten(1, 8, 8)
                .setInputCol("features")
                .setOutputCol("image")
                .transform(pixels(64));
        assertThat(Frames.column(conv.transform(images), "out"))
                .isEqualTo(Frames.column(conv.setInputCol("image").transform(unflattened), "out"));
        refuses(
                "ColumnShape.set expects sizes of 784 values in column \"features\", got [1, 8, 8], which are 64;",
                () -> ColumnShape.set(
                        new Unflatten(784)
                                .setInputCol("features")
                                .setOutputCol("pixels")
                                .transform(pixels(784))
                                .select("pixels")
                                .withColumnRenamed("pixels", "features"),
                        "features",
                        1,
                        8,
                        8));
        refuses("expects sizes of 1 or more, got [1, 0]", () -> ColumnShape.set(images, "features", 1, 0));
        refuses("the column \"none\"", () -> ColumnShape.set(images, "none", 1));
        refuses(
                "expects vectors or arrays of numbers, got column \"id\" of bigint",
                () -> ColumnShape.set(images.sparkSession().range(1).toDF(), "id", 1));
    }

    @Test
    void aFlatColumnIsRefusedOnTheDriverWithWhatToInsert() {
        Dataset<Row> sized = new Unflatten(784)
                .setInputCol("features")
                .setOutputCol("pixels")
                .transform(pixels(784));
        refuses(
                "put Unflatten(1, 28, 28) before it",
                () -> new LazyConv2d(4, 5).setInputCol("pixels").fit(sized));
        refuses(
                "put Unflatten(1, 28, 28) before it",
                () -> new Conv2d(1, 4, 5).setInputCol("pixels").transform(sized));
        Layer built = new LazyConv2d(4, 5).build(Shape.of(2, 1, 28, 28)).setInputCol("pixels");
        refuses("put Unflatten(1, 28, 28) before it", () -> built.transform(sized));
        refuses("put Unflatten(1, 28, 28) before it", () -> built.transformSchema(sized.schema()));
    }

    private static void refuses(String message, Runnable call) {
        int jobs = Jobs.count(() -> assertThatThrownBy(call::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
        assertThat(jobs).isZero();
    }

    @Test
    void aFlatColumnOfUnknownWidthIsRefusedWithWhatToInsert() {
        Vector zeros = Vectors.dense(new double[784]);
        assertThatThrownBy(() -> new LazyConv2d(4, 5).setInputCol("features").fit(Frames.vectors(zeros, zeros)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects an input of shape (N, channels, height, width), got shape (?, 784)")
                .hasMessageContaining("put Unflatten(1, 28, 28) before it");
    }

    @Test
    void settingsOfAConvolutionAreParamsOfItsNetwork() {
        LazySequential network = network();
        network.set(network.<IntParam>setting("1.outChannels"), 7);
        network.set(network.<Param<int[]>>setting("4.kernelSize"), new int[] {2});
        network.set(network.<Param<String>>setting("4.padding"), "1");
        Sequential ready = network.fit(pixels(64));
        assertThat(ready.layer(1)).hasToString("Conv2d(1, 7, 3, padding same)");
        assertThat(ready.layer(4)).hasToString("Conv2d(7, 5, 2, padding 1)");
    }
}
