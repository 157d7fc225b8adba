package io.sparknn.examples.benchmarks;

import io.sparknn.examples.Rows;
import io.sparknn.nn.Sequential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Where the time of scoring goes, by samples of Java Flight Recorder. */
public final class ProfileBenchmark {
    private static final int ROWS = 80_000;
    private static final int WARM_UP = 5;
    private static final int RUNS = 40;
    private static final int LINES = 25;

    private ProfileBenchmark() {}

    /**
     * Measures and prints.
     *
     * @param spark the session, with a local master
     * @throws IOException if the recording cannot be written
     */
    public static void run(SparkSession spark) throws IOException {
        Dataset<Row> rows =
                Rows.random(spark, ROWS, Networks.INPUTS, 8).select("features").cache();
        rows.count();
        Sequential network = Networks.perceptron();
        for (int i = 0; i < WARM_UP; i++) {
            Setting.consume(network.transform(rows));
        }
        Path file = Files.createTempFile("spark-nn-profile", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
            recording.start();
            for (int i = 0; i < RUNS; i++) {
                Setting.consume(network.transform(rows));
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> samples = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals("jdk.ExecutionSample"))
                .filter(ProfileBenchmark::isTask)
                .toList();
        Files.delete(file);
        rows.unpersist();
        print(samples);
    }

    private static boolean isTask(RecordedEvent sample) {
        return sample.getThread("sampledThread").getJavaName().startsWith("Executor task");
    }

    private static void print(List<RecordedEvent> samples) {
        Map<String, Integer> alone = new HashMap<>();
        Map<String, Integer> together = new HashMap<>();
        for (RecordedEvent sample : samples) {
            List<RecordedFrame> frames = sample.getStackTrace().getFrames();
            alone.merge(name(frames.get(0)), 1, Integer::sum);
            Set<String> methods = new HashSet<>();
            frames.stream()
                    .map(ProfileBenchmark::name)
                    .filter(name -> !isHidden(name))
                    .forEach(methods::add);
            methods.forEach(method -> together.merge(method, 1, Integer::sum));
        }
        System.out.printf(Locale.ROOT, "Samples of tasks that score: %,d%n", samples.size());
        print("in the method itself", alone, samples.size());
        System.out.println();
        // What is in nearly all samples is how Spark gets to the work, not the work.
        together.values().removeIf(count -> count > 0.95 * samples.size());
        print("in it and what it calls", together, samples.size());
    }

    private static void print(String heading, Map<String, Integer> counts, int samples) {
        Table table = new Table("method", heading);
        counts.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry -> table.add(
                        entry.getKey(), String.format(Locale.ROOT, "%.1f %%", 100.0 * entry.getValue() / samples)));
        table.print();
    }

    /** The JVM's class of a lambda; its caller and what it calls say enough. */
    private static boolean isHidden(String name) {
        return Character.isDigit(name.charAt(0));
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }
}
