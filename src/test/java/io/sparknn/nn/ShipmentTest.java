package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.Witness;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Tensor;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Parameters are broadcast once, and what was broadcast is never stale. */
final class ShipmentTest {
    private static final int MEGABYTE = 1 << 20;

    private static Dataset<Row> frame() {
        return Frames.random(40, 2, 4);
    }

    @Test
    void scoringTwiceBroadcastsOnce() {
        Layer net = new Sequential(new Linear(2, 600), new Linear(600, 600), new CenteredLayer())
                .setInputCol("features")
                .setOutputCol("out");
        assertThat(Jobs.during(() -> {
                            net.transform(frame()).collectAsList();
                            System.gc();
                            net.transform(frame()).collectAsList();
                            net.transform(frame().limit(3)).collectAsList();
                        })
                        .broadcastsOf(MEGABYTE))
                .isEqualTo(1);
        net.parameter("1.bias").set(Tensor.zeros(600));
        assertThat(Jobs.during(() -> net.transform(frame()).collectAsList()).broadcastsOf(MEGABYTE))
                .isEqualTo(1);
    }

    @Test
    void aChangedParameterIsNeverStaleAndPlansKeepTheirs() {
        Layer linear = new Linear(2, 1, false).setInputCol("features").setOutputCol("out");
        linear.parameter("weight").set(Tensor.of(new float[][] {{1, 0}}));
        Dataset<Row> frame = Frames.vectors(Vectors.dense(3, 5));
        Dataset<Row> before = linear.transform(frame);
        assertThat(Frames.column(before, "out")).containsExactly(Vectors.dense(3));
        Dataset<Row> notRunYet = linear.transform(frame);
        linear.parameter("weight").set(Tensor.of(new float[][] {{0, 2}}));
        assertThat(Frames.column(linear.transform(frame), "out")).containsExactly(Vectors.dense(10));
        assertThat(Frames.column(notRunYet, "out")).containsExactly(Vectors.dense(3));
        assertThat(Frames.column(before, "out")).containsExactly(Vectors.dense(3));
        linear.parameter("weight").init(Init.ones());
        assertThat(Frames.column(linear.transform(frame), "out")).containsExactly(Vectors.dense(8));
    }

    @Test
    void aLayerOfTheUserCannotChangeWhatWasRead() {
        Layer linear = new Linear(2, 1, false).setInputCol("features").setOutputCol("out");
        float[] mine = {1, 0};
        linear.parameter("weight").set(Tensor.of(mine, io.sparknn.tensor.Shape.of(1, 2)));
        mine[0] = 100;
        linear.parameter("weight").value().toArray()[0] = 100;
        assertThat(Frames.column(linear.transform(Frames.vectors(Vectors.dense(3, 5))), "out"))
                .containsExactly(Vectors.dense(3));
    }

    @Test
    void allTasksOfALocalJvmShareOneCopyOfTheWeights() {
        Witness.SEEN.clear();
        Layer layer = new Witness().setInputCol("features").setOutputCol("out");
        layer.transform(frame()).collectAsList();
        layer.transform(frame().repartition(3)).collectAsList();
        assertThat(Witness.SEEN).hasSize(1);
        assertThat(Witness.SEEN.iterator().next())
                .isSameAs(layer.parameter("weight").load(true));
    }

    @Test
    void anotherContextGetsABroadcastOfItsOwn() {
        Layer layer = new Linear(2, 1).setInputCol("features").setOutputCol("out");
        Dataset<Row> frame = frame();
        float[] before = Frames.values(layer.transform(frame), "out");
        SharedSpark.session().stop();
        assertThat(Frames.values(layer.transform(frame()), "out")).containsExactly(before);
    }
}
