package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** What the figures were measured on. */
final class Machine {
    private Machine() {}

    static Map<String, String> describe(SparkSession spark) throws IOException {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("machine", processor() + ", " + Runtime.getRuntime().availableProcessors() + " processors");
        machine.put(
                "Spark", "Spark " + spark.version() + " " + spark.sparkContext().master());
        machine.put(
                "Java",
                "Java " + Runtime.version().feature() + (FreshJvm.hasVectors() ? " with" : " without")
                        + " the Vector API");
        machine.put("heap", (Runtime.getRuntime().maxMemory() >> 20) + " MB");
        for (String name : new String[] {"OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS"}) {
            machine.put(name, System.getenv().getOrDefault(name, "unset"));
        }
        return machine;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(file)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
