package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The lines of a report as bars: how far each is beyond its target, on a scale where each tick doubles, with the value and
 * the target as text. A thin line spans the pairs. Colours that stand out from white and from black, and no ground.
 */
final class BarChart {
    private static final int WIDTH = 960;
    private static final int LEFT = 440;
    private static final int RIGHT = 190;
    private static final int LINE = 32;
    private static final int TOP = 52;
    private static final int BOTTOM = 28;

    /** The scale ends at so many doublings below and above the target. */
    private static final int DOUBLINGS = 3;

    private static final String TEXT = "#757d87";
    private static final String MET = "#3b86d8";
    private static final String MISSED = "#d9702a";

    private final List<Comparison> lines;
    private final String caption;
    private final StringBuilder svg = new StringBuilder();

    BarChart(Report report) {
        this.lines = report.lines().stream().filter(Comparison::isMeasured).toList();
        this.caption = report.place();
    }

    void write(Path file) throws IOException {
        Files.writeString(file, svg());
    }

    String svg() {
        int height = TOP + LINE * lines.size() + BOTTOM;
        svg.setLength(0);
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" "
                        + "font-family=\"system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif\" font-size=\"12\" fill=\"%s\">",
                WIDTH, height, WIDTH, height, TEXT);
        add("<title>spark-nn beside its targets</title>");
        add("<text x=\"8\" y=\"20\" font-size=\"15\" font-weight=\"bold\">Measured, relative to the target</text>");
        add("<text x=\"8\" y=\"38\" font-size=\"11\">blue: met, orange: missed; the thin line spans all pairs</text>");
        scale(height);
        for (int i = 0; i < lines.size(); i++) {
            bar(lines.get(i), TOP + LINE * i);
        }
        add("<text x=\"8\" y=\"%d\" font-size=\"10\">%s</text>", height - 8, escaped(caption));
        add("</svg>");
        return svg.toString();
    }

    private void scale(int height) {
        for (int i = -DOUBLINGS; i <= DOUBLINGS; i++) {
            double x = x(Math.pow(2, i));
            add(
                    "<line x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\" stroke=\"%s\" stroke-width=\"%s\"/>",
                    x, TOP - 8, x, height - BOTTOM, TEXT, i == 0 ? "1.5" : "0.3");
            String label = i == 0 ? "target" : i < 0 ? "1/" + (1 << -i) : (1 << i) + " ×";
            add("<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"middle\">%s</text>", x, TOP - 14, label);
        }
    }

    private void bar(Comparison line, int top) {
        Target target = line.target();
        Spread values = line.values();
        double from = x(0);
        double to = x(target.share(values.median()));
        double low = x(target.share(values.min()));
        double high = x(target.share(values.max()));
        add("<text x=\"8\" y=\"%d\">%s</text>", top + 13, escaped(line.work()));
        add("<text x=\"8\" y=\"%d\" font-size=\"10\">against %s</text>", top + 26, escaped(line.against()));
        add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"15\" rx=\"2\" fill=\"%s\"/>",
                from, top + 5, Math.max(1, to - from), line.isMet() ? MET : MISSED);
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"2\"/>",
                Math.min(low, high), top + 12.5, Math.max(low, high), top + 12.5, TEXT);
        add(
                "<text x=\"%d\" y=\"%d\"><tspan font-weight=\"bold\">%s</tspan> (%s)</text>",
                WIDTH - RIGHT + 14, top + 17, target.show(values.median()), escaped(target.toString()));
    }

    /** Where a share of the target lies; what is beyond the scale lies at its end. */
    private static double x(double share) {
        double doublings = share <= 0 ? -DOUBLINGS - 0.5 : Math.log(share) / Math.log(2);
        double place = Math.max(-DOUBLINGS - 0.5, Math.min(DOUBLINGS + 0.5, doublings)) + DOUBLINGS + 0.5;
        return LEFT + place / (2 * DOUBLINGS + 1) * (WIDTH - LEFT - RIGHT);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
