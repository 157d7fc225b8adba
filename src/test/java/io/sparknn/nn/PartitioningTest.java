package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.CustomLayers.Standardise;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same row gives the same bits wherever it lies, and whichever kernel computes it. */
final class PartitioningTest {
    private static final int ROWS = 700;
    private static final int WIDTH = 19;

    private static Layer net() {
        return new Sequential(
                        new Linear(WIDTH, 33),
                        new Relu(),
                        new Standardise(),
                        new MyLinear(33, 17),
                        new CenteredLayer(),
                        new Linear(17, 3, false))
                .setSeed(11)
                .setInputCol("features")
                .setOutputCol("out");
    }

    private static float[] whole() {
        return net().forward(Tensor.of(Frames.randomValues(ROWS, WIDTH), Shape.of(ROWS, WIDTH)))
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void anyPartitionsGiveTheBitsOfTheWhole(int partitions) {
        Dataset<Row> frame = Frames.random(ROWS, WIDTH, partitions);
        assertThat(frame.rdd().getNumPartitions()).isEqualTo(partitions);
        if (partitions > 1) {
            assertThat(frame.javaRDD().glom().map(List::size).collect()).contains(0);
        }
        Dataset<Row> scored = net().transform(frame);
        assertThat(Frames.values(scored.orderBy("id"), "out"))
                .doesNotContain(Float.NaN)
                .containsExactly(whole());
    }

    @Test
    void aRowAloneHasTheBitsOfTheRowAmongOthers() {
        Layer layer = new Sequential(new Linear(WIDTH, 33), new Relu(), new Linear(33, 5))
                .setSeed(3)
                .setInputCol("features")
                .setOutputCol("out");
        float[] all = layer.forward(Tensor.of(Frames.randomValues(ROWS, WIDTH), Shape.of(ROWS, WIDTH)))
                .toArray();
        Dataset<Row> one = Frames.random(ROWS, WIDTH, 2).where("id = 401");
        assertThat(Frames.values(layer.transform(one), "out"))
                .containsExactly(Arrays.copyOfRange(all, 401 * 5, 402 * 5));
    }

    @Test
    void bothKernelsGiveTheSameBits() {
        String plain = ChildJvm.run(PrintBits.class, List.of("-Dsparknn.gemm=plain"));
        String vector = ChildJvm.run(PrintBits.class, List.of("-Dsparknn.gemm=vector"));
        assertThat(plain).hasSizeGreaterThan(ROWS * 3 * 2).isEqualTo(vector);
        assertThat(plain.trim()).isEqualTo(bits(whole()));
    }

    private static String bits(float... values) {
        StringBuilder text = new StringBuilder();
        for (float value : values) {
            text.append(Integer.toHexString(Float.floatToRawIntBits(value))).append(' ');
        }
        return text.toString().trim();
    }

    static final class PrintBits {
        private PrintBits() {}

        public static void main(String[] arguments) {
            System.out.println(bits(whole()));
        }
    }
}
