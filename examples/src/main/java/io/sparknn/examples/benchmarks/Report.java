package io.sparknn.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run of the suite came to: the machine and the lines of the table, printed and as JSON. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> machine;
    private final List<Comparison> lines;

    Report(Map<String, String> machine, List<Comparison> lines) {
        this.machine = new LinkedHashMap<>(machine);
        this.lines = List.copyOf(lines);
    }

    Map<String, String> machine() {
        return machine;
    }

    /** Where it was measured, in a few words: the machine, Spark and Java. */
    String place() {
        return machine.values().stream().limit(3).collect(Collectors.joining(", "));
    }

    List<Comparison> lines() {
        return lines;
    }

    void print() {
        Table table = new Table("work", "against", "target", "median", "min", "max", "ours", "theirs", "");
        for (Comparison line : lines) {
            if (!line.isMeasured()) {
                table.add(line.work(), line.against(), line.target().toString(), "", "", "", "", "", line.outcome());
                continue;
            }
            Target target = line.target();
            Spread values = line.values();
            table.add(
                    line.work(),
                    line.against(),
                    target.toString(),
                    target.show(values.median()),
                    target.show(values.min()),
                    target.show(values.max()),
                    speed(line, line.pairs().ours()),
                    speed(line, line.pairs().theirs()),
                    line.outcome());
        }
        table.print();
        lines.stream()
                .filter(line -> !line.note().isEmpty())
                .forEach(line -> System.out.println(line.name() + ": " + line.note()));
    }

    /** Units a second where there are many, else seconds. */
    private static String speed(Comparison line, double... seconds) {
        double median = Spread.of(seconds).median();
        if (line.units() <= 1) {
            return String.format(Locale.ROOT, "%.2f s", median);
        }
        double rate = line.units() / median;
        return rate > 1e8
                ? String.format(Locale.ROOT, "%.1f G/s", rate / 1e9)
                : String.format(Locale.ROOT, "%,.0f /s", rate);
    }

    void write(Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode about = root.putObject("machine");
        machine.forEach(about::put);
        ArrayNode rows = root.putArray("rows");
        lines.forEach(line -> write(line, rows.addObject()));
        Files.writeString(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static void write(Comparison line, ObjectNode node) {
        node.put("name", line.name()).put("work", line.work()).put("against", line.against());
        node.put("kind", line.target().kind().name()).put("bound", line.target().bound());
        node.put("target", line.target().toString());
        node.put("outcome", line.outcome()).put("note", line.note());
        if (!line.isMeasured()) {
            return;
        }
        write(line.values(), node.putObject("value"));
        node.put("units", line.units());
        write(line.pairs().ours(), node.putArray("oursSeconds"));
        write(line.pairs().theirs(), node.putArray("theirsSeconds"));
    }

    private static void write(Spread spread, ObjectNode node) {
        node.put("median", spread.median()).put("min", spread.min()).put("max", spread.max());
    }

    private static void write(double[] values, ArrayNode array) {
        for (double value : values) {
            array.add(value);
        }
    }

    static Report read(Path file) throws IOException {
        JsonNode root = JSON.readTree(file.toFile());
        Map<String, String> machine = new LinkedHashMap<>();
        JsonNode about = root.get("machine");
        about.fieldNames().forEachRemaining(name -> machine.put(name, text(about, name)));
        List<Comparison> lines = new ArrayList<>();
        root.get("rows").forEach(node -> lines.add(line(node)));
        return new Report(machine, lines);
    }

    private static Comparison line(JsonNode node) {
        Target target = new Target(
                Target.Kind.valueOf(text(node, "kind")), node.get("bound").asDouble());
        Comparison line = Comparison.of(text(node, "name"), text(node, "work"), text(node, "against"), target);
        if (node.has("value")) {
            Pairs pairs = new Pairs(values(node.get("oursSeconds")), values(node.get("theirsSeconds")));
            line = line.measured(pairs, node.get("units").asDouble());
        }
        return line.noted(text(node, "note"));
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asText();
    }

    private static double[] values(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asDouble();
        }
        return values;
    }
}
