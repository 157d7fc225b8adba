package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** Memory does not grow with the rows of a partition. */
final class ScoringMemoryTest {
    @Test
    void aPartitionOfAMillionRowsFitsIntoASmallHeap() {
        // The vectors alone are 800 MB, the outputs 400 MB.
        assertThat(ChildJvm.run(Main.class, List.of("-Xmx300m")).trim()).isEqualTo("done");
    }

    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            SparkSession session = SparkSession.builder()
                    .master("local[1]")
                    .config("spark.ui.enabled", "false")
                    // Spark refuses a heap this small unless it is told that it has more.
                    .config("spark.testing.memory", 600L << 20)
                    .getOrCreate();
            new Sequential(new Linear(100, 50), new Relu(), new CenteredLayer())
                    .setInputCol("features")
                    .setOutputCol("out")
                    .transform(session.range(0, 1_000_000, 1, 1)
                            .selectExpr("id", "array_repeat(cast(id % 97 as float), 100) as features"))
                    .write()
                    .format("noop")
                    .mode("overwrite")
                    .save();
            session.stop();
            System.out.println("done");
        }
    }
}
