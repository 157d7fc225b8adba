package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another row in a JVM without the Vector API, as Spark 3.5 starts one unless told otherwise, for a target of its own. */
final class PlainJava extends Benchmark {
    private static final String SUFFIX = "-plain";

    private final String row;
    private final String part;
    private final Target target;

    /** The lines of a row whose names end so. */
    PlainJava(String row, String part, Target target) {
        super(row + SUFFIX);
        this.row = row;
        this.part = part;
        this.target = target;
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Path file = Files.createTempFile("spark-nn-plain", ".json");
        List<String> arguments = new ArrayList<>(List.of(row, "--python", setting.python(), "--json", file.toString()));
        if (setting.folder() != null) {
            arguments.addAll(List.of("--data", setting.folder()));
        }
        FreshJvm.run(io.sparknn.examples.Benchmarks.class, false, arguments.toArray(new String[0]));
        Report report = Report.read(file);
        Files.delete(file);
        List<Comparison> judged = new ArrayList<>();
        for (Comparison line : report.lines()) {
            if (line.name().endsWith(part)) {
                String name = line.name().replaceFirst(row, name());
                judged.add(line.judged(name, line.work() + ", plain Java", target));
            }
        }
        return judged;
    }
}
