package io.sparknn.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells under headings, printed in columns as Markdown has them. */
final class Table {
    private final List<String[]> lines = new ArrayList<>();

    Table(String... headings) {
        lines.add(headings);
        String[] rule = new String[headings.length];
        for (int i = 0; i < rule.length; i++) {
            rule[i] = i == 0 ? "---" : "--:";
        }
        lines.add(rule);
    }

    void add(String... cells) {
        lines.add(cells);
    }

    void print() {
        int[] widths = new int[lines.get(0).length];
        for (String[] line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (String[] line : lines) {
            StringBuilder text = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                String format = i == 0 ? " %-" + widths[i] + "s |" : " %" + widths[i] + "s |";
                text.append(String.format(format, line[i]));
            }
            System.out.println(text);
        }
    }
}
