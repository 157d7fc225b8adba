package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The table in a README, between two comments that nobody sees, made anew from a report. */
final class Readme {
    static final String BEGIN = "<!-- begin: written by examples/run Benchmarks -->\n";
    static final String END = "<!-- end: written by examples/run Benchmarks -->\n";

    private Readme() {}

    /** Writes the table, and above it the chart if there is a path to it. */
    static void update(Path file, Report report, String chart) throws IOException {
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(file + " expects the two lines\n" + BEGIN + END
                    + "with the table between them, got none;" + " put them where the table belongs");
        }
        String begun = text.substring(0, from + BEGIN.length());
        Files.writeString(file, begun + section(file, report, chart) + text.substring(to));
    }

    private static String section(Path file, Report report, String chart) {
        StringBuilder section = new StringBuilder();
        if (chart != null) {
            Path folder = file.toAbsolutePath().getParent();
            Path image = folder.relativize(Path.of(chart).toAbsolutePath());
            section.append("![Measured, relative to the target](")
                    .append(image.toString().replace('\\', '/'))
                    .append(")\n\n");
        }
        section.append("| work | against | target | measured, least and most |\n|---|---|--:|--:|\n");
        for (Comparison line : report.lines()) {
            section.append("| ").append(line.work());
            section.append(" | ").append(line.against());
            section.append(" | ").append(line.target());
            section.append(" | ").append(measured(line)).append(" |\n");
        }
        return section.append("\nMeasured on: ")
                .append(report.place())
                .append(".\n")
                .toString();
    }

    private static String measured(Comparison line) {
        if (!line.isMeasured()) {
            return line.outcome();
        }
        Target target = line.target();
        Spread values = line.values();
        String median = target.show(values.median());
        return (line.isMet() ? median : median + " (missed)") + ", " + target.show(values.min()) + " to "
                + target.show(values.max());
    }
}
