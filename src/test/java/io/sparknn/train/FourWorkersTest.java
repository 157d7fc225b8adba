package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
import io.sparknn.nn.Layer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;

/** Four workers train what one trains; in a JVM of its own, for the session of the other tests runs two tasks at once. */
final class FourWorkersTest {
    /** Prints how far the weights of two and of four workers are from those of one. */
    public static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            SparkSession spark = SparkSession.builder()
                    .master("local[4]")
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.shuffle.partitions", "2")
                    .getOrCreate();
            WorkerCountTest.networks().forEach(network -> {
                float[] one = weights(network, 1);
                for (int workers : new int[] {2, 4}) {
                    double distance = WorkerCountTest.distance(weights(network, workers), one);
                    System.out.printf(Locale.ROOT, "%s %d %.3e%n", network.get()[0], workers, distance);
                }
            });
            spark.stop();
        }

        private static float[] weights(Arguments network, int workers) {
            Layer made = (Layer) ((Supplier<?>) network.get()[1]).get();
            return Fits.weights(WorkerCountTest.fit(made, Fits.blobs(700, 12, 4, 5), workers)
                    .network());
        }
    }

    @Test
    void areOneWorker() {
        List<String> lines = ChildJvm.run(Main.class, List.of("-Xmx1g"))
                .lines()
                .filter(line -> line.matches(".* \\d \\S+e\\S+"))
                .toList();
        assertThat(lines).hasSize(10);
        assertThat(lines).allSatisfy(line -> assertThat(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .as(line)
                .isLessThan(1e-4));
    }
}
