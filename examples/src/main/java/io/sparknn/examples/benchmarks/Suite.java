package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** All rows, and how some of them are run. */
public final class Suite {
    private static final List<Benchmark> ROWS = List.of(
            new ScoreMlpc(),
            OtherJvm.withoutNativeBlas("score-mlpc", Target.speed(25)),
            new ScoreProducts(),
            new ScoreColumns(),
            new ScoreStages(),
            new ScoreSparse(),
            new ScoreTexts(),
            TrainAgainstTorch.perceptron(),
            OtherJvm.plainJava("train-mlp", "", Target.speed(0.35)),
            TrainAgainstTorch.convolutions(),
            new TrainToGoal(),
            new TrainOnWorkers(),
            new Startup(),
            new Products(),
            OtherJvm.plainJava("products", "/packed", Target.speed(0.2)));

    private Suite() {}

    /**
     * The names of all rows.
     *
     * @return in the order in which they run
     */
    public static List<String> names() {
        return ROWS.stream().map(Benchmark::name).toList();
    }

    /**
     * Measures rows, and prints what came of them.
     *
     * @param spark the session, with a local master
     * @param names of the rows
     * @param options {@code data}, a folder of IDX files, without which digits are made up; {@code python}, a command that
     *     has PyTorch; {@code json} and {@code svg}, where a report and a chart are to be written; {@code readme}, a text
     *     with a place for the table
     * @throws IOException if a file cannot be written, or a process cannot be run
     */
    public static void run(SparkSession spark, List<String> names, Map<String, String> options) throws IOException {
        List<Comparison> lines = new ArrayList<>();
        Map<String, String> machine = Machine.describe(spark);
        String python = options.getOrDefault("python", "python3");
        try (Setting setting = new Setting(spark, options.get("data"), python)) {
            for (Benchmark row : ROWS) {
                if (names.contains(row.name())) {
                    lines.addAll(measure(row, setting));
                }
            }
            machine.putAll(setting.peers());
        }
        Report report = new Report(machine, lines);
        machine.forEach((name, value) -> System.out.println(name + ": " + value));
        System.out.println();
        report.print();
        write(report, options);
    }

    /**
     * Writes once more what an earlier run had come to.
     *
     * @param json its report
     * @param options {@code svg} and {@code readme}
     * @throws IOException if a file cannot be read or written
     */
    public static void show(String json, Map<String, String> options) throws IOException {
        Report report = Report.read(Path.of(json));
        report.print();
        write(report, options);
    }

    private static void write(Report report, Map<String, String> options) throws IOException {
        if (options.containsKey("json")) {
            report.write(Path.of(options.get("json")));
        }
        if (options.containsKey("svg")) {
            new BarChart(report).write(Path.of(options.get("svg")));
        }
        if (options.containsKey("readme")) {
            Readme.update(Path.of(options.get("readme")), report, options.get("svg"));
        }
    }

    private static List<Comparison> measure(Benchmark row, Setting setting) throws IOException {
        long began = System.nanoTime();
        List<Comparison> lines;
        try (Profile profile = new Profile()) {
            lines = row.run(setting);
            if (lines.stream().anyMatch(Comparison::isMissed)) {
                String summary = profile.summary();
                lines = lines.stream()
                        .map(line -> line.isMissed() ? line.explained(summary) : line)
                        .toList();
            }
        }
        System.out.printf(Locale.ROOT, "%s took %.0f s%n", row.name(), (System.nanoTime() - began) / 1e9);
        return lines;
    }
}
