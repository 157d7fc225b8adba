package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another row in a JVM that lacks something, for a target of its own. */
final class OtherJvm extends Benchmark {
    private final String row;
    private final String part;
    private final String without;
    private final Target target;
    private final boolean vectors;
    private final List<String> flags;

    private OtherJvm(
            String row, String suffix, String part, String without, Target target, boolean vectors, String... flags) {
        super(row + suffix);
        this.row = row;
        this.part = part;
        this.without = without;
        this.target = target;
        this.vectors = vectors;
        this.flags = List.of(flags);
    }

    /** The lines of a row whose names end so, without the Vector API, as Spark 3.5 starts a JVM unless told otherwise. */
    static OtherJvm plainJava(String row, String part, Target target) {
        return new OtherJvm(row, "-plain", part, "plain Java", target, false);
    }

    /** A row where MLlib finds no native library: it brings none, so on most machines there is none. */
    static OtherJvm withoutNativeBlas(String row, Target target) {
        return new OtherJvm(
                row,
                "-java",
                "",
                "no native BLAS",
                target,
                FreshJvm.hasVectors(),
                "-Ddev.ludovic.netlib.blas.nativeLib=none");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Path file = Files.createTempFile("spark-nn-other", ".json");
        List<String> arguments = new ArrayList<>(List.of(row, "--python", setting.python(), "--json", file.toString()));
        if (setting.folder() != null) {
            arguments.addAll(List.of("--data", setting.folder()));
        }
        FreshJvm.run(io.sparknn.examples.Benchmarks.class, vectors, flags, arguments.toArray(new String[0]));
        Report report = Report.read(file);
        Files.delete(file);
        List<Comparison> judged = new ArrayList<>();
        for (Comparison line : report.lines()) {
            if (line.name().endsWith(part)) {
                String name = line.name().replaceFirst(row, name());
                judged.add(line.judged(name, line.work() + ", " + without, target));
            }
        }
        return judged;
    }
}
