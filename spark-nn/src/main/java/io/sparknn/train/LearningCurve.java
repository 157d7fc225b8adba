package io.sparknn.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The loss of each epoch as a drawing in SVG, which a notebook shows as it is: no script, nothing to be loaded. */
public final class LearningCurve {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int BOTTOM = 28;
    private static final int MARGIN = 12;
    private static final String TRAINING = "#1f77b4";
    private static final String VALIDATION = "#ff7f0e";

    private final List<EpochRecord> epochs;
    private final double lowest;
    private final double highest;

    private LearningCurve(List<EpochRecord> epochs) {
        this.epochs = epochs;
        lowest = losses(epochs).min().orElse(0);
        highest = losses(epochs).max().orElse(1);
    }

    private static DoubleStream losses(List<EpochRecord> epochs) {
        return epochs.stream()
                .flatMapToDouble(epoch -> DoubleStream.of(epoch.loss(), epoch.validationLoss()))
                .filter(Double::isFinite);
    }

    /**
     * Draws the losses of training and validation rows.
     *
     * @param epochs in order
     * @param best the number of the epoch to be marked, 0 for none
     * @return an svg element
     */
    public static String svg(List<EpochRecord> epochs, int best) {
        LearningCurve curve = new LearningCurve(epochs);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"").append(WIDTH);
        svg.append("\" height=\"").append(HEIGHT).append("\" font-family=\"sans-serif\" font-size=\"11\">");
        curve.axes(svg);
        for (EpochRecord epoch : epochs) {
            if (epoch.epoch() == best) {
                String x = number(curve.x(epoch));
                svg.append("<line stroke=\"#999\" stroke-dasharray=\"4\" x1=\"").append(x);
                svg.append("\" x2=\"").append(x).append("\" y1=\"").append(MARGIN);
                svg.append("\" y2=\"").append(HEIGHT - BOTTOM).append("\"/>");
                curve.text(svg, curve.x(epoch), MARGIN - 2, "middle", "#666", "best");
            }
        }
        curve.line(svg, EpochRecord::loss, TRAINING);
        curve.line(svg, EpochRecord::validationLoss, VALIDATION);
        curve.text(svg, WIDTH - MARGIN, MARGIN + 12, "end", TRAINING, "loss");
        if (epochs.stream().anyMatch(epoch -> Double.isFinite(epoch.validationLoss()))) {
            curve.text(svg, WIDTH - MARGIN, MARGIN + 26, "end", VALIDATION, "validation loss");
        }
        return svg.append("</svg>").toString();
    }

    /**
     * Text that means itself in HTML.
     *
     * @param text any
     * @return the text with entities for what HTML reads otherwise
     */
    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private void axes(StringBuilder svg) {
        svg.append("<path fill=\"none\" stroke=\"#666\" d=\"M")
                .append(LEFT)
                .append(' ')
                .append(MARGIN);
        svg.append('V')
                .append(HEIGHT - BOTTOM)
                .append('H')
                .append(WIDTH - MARGIN)
                .append("\"/>");
        text(svg, LEFT - 6, MARGIN + 8, "end", "#333", EpochText.number(highest));
        text(svg, LEFT - 6, HEIGHT - BOTTOM, "end", "#333", EpochText.number(lowest));
        if (!epochs.isEmpty()) {
            EpochRecord last = epochs.get(epochs.size() - 1);
            text(svg, LEFT, HEIGHT - BOTTOM + 16, "middle", "#333", "1");
            text(svg, WIDTH - MARGIN, HEIGHT - BOTTOM + 16, "end", "#333", "epoch " + last.epoch());
        }
    }

    private void line(StringBuilder svg, ToDoubleFunction<EpochRecord> loss, String color) {
        StringBuilder points = new StringBuilder();
        for (EpochRecord epoch : epochs) {
            double value = loss.applyAsDouble(epoch);
            if (Double.isFinite(value)) {
                points.append(number(x(epoch)))
                        .append(',')
                        .append(number(y(value)))
                        .append(' ');
            }
        }
        if (points.length() > 0) {
            svg.append("<polyline fill=\"none\" stroke-width=\"1.5\" stroke=\"").append(color);
            svg.append("\" points=\"").append(points.toString().trim()).append("\"/>");
        }
    }

    private double x(EpochRecord epoch) {
        int last = epochs.get(epochs.size() - 1).epoch();
        return LEFT + (last <= 1 ? 0 : (WIDTH - MARGIN - LEFT) * (epoch.epoch() - 1.0) / (last - 1));
    }

    private double y(double loss) {
        double share = highest > lowest ? (loss - lowest) / (highest - lowest) : 0.5;
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - MARGIN);
    }

    private void text(StringBuilder svg, double x, double y, String anchor, String color, String text) {
        svg.append("<text x=\"").append(number(x)).append("\" y=\"").append(number(y));
        svg.append("\" text-anchor=\"")
                .append(anchor)
                .append("\" fill=\"")
                .append(color)
                .append("\">");
        svg.append(escaped(text)).append("</text>");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
