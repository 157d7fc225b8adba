package io.sparknn.train;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The loss of each epoch as a drawing in SVG, which a notebook shows as it is: no script, nothing to be loaded. It takes
 * the color of text from its page, be that light or dark, and shrinks with it.
 */
public final class LearningCurve {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 240;
    private static final int LEFT = 64;
    private static final int TOP = 36; // a line for the names of the curves, one for the best epoch
    private static final int BOTTOM = 28;
    private static final int MARGIN = 12;
    private static final int DOTTED = 30; // epochs, with more the dots would hide the line
    private static final String PAGE = "currentColor";
    // seen on white and on black
    private static final String TRAINING = "#2f86c8";
    private static final String VALIDATION = "#d96800";

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
        svg.append("\" height=\"").append(HEIGHT).append("\" viewBox=\"0 0 ").append(WIDTH);
        svg.append(' ').append(HEIGHT).append("\" style=\"max-width:100%;height:auto\"");
        svg.append(" font-family=\"sans-serif\" font-size=\"11\">");
        curve.axes(svg);
        epochs.stream().filter(epoch -> epoch.epoch() == best).forEach(epoch -> curve.mark(svg, epoch));
        curve.line(svg, EpochRecord::loss, TRAINING);
        curve.line(svg, EpochRecord::validationLoss, VALIDATION);
        if (epochs.stream().anyMatch(epoch -> Double.isFinite(epoch.validationLoss()))) {
            curve.text(svg, WIDTH - MARGIN, MARGIN, "end", VALIDATION, "validation loss");
            curve.text(svg, WIDTH - MARGIN - 90, MARGIN, "end", TRAINING, "loss");
        } else {
            curve.text(svg, WIDTH - MARGIN, MARGIN, "end", TRAINING, "loss");
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

    private void mark(StringBuilder svg, EpochRecord epoch) {
        String x = number(x(epoch));
        svg.append("<line stroke=\"").append(PAGE).append("\" stroke-opacity=\"0.5\" stroke-dasharray=\"4\" x1=\"");
        svg.append(x).append("\" x2=\"").append(x).append("\" y1=\"").append(TOP);
        svg.append("\" y2=\"").append(HEIGHT - BOTTOM).append("\"/>");
        text(svg, x(epoch), TOP - 6, "middle", PAGE, "best");
    }

    private void axes(StringBuilder svg) {
        svg.append("<path fill=\"none\" stroke=\"").append(PAGE).append("\" stroke-opacity=\"0.6\" d=\"M");
        svg.append(LEFT).append(' ').append(TOP);
        svg.append('V').append(HEIGHT - BOTTOM).append('H').append(WIDTH - MARGIN);
        svg.append("\"/>");
        text(svg, LEFT - 6, y(highest) + 8, "end", PAGE, EpochText.number(highest));
        if (highest > lowest) {
            text(svg, LEFT - 6, y(lowest), "end", PAGE, EpochText.number(lowest));
        }
        if (epochs.isEmpty()) {
            return;
        }
        int last = last();
        text(svg, LEFT, HEIGHT - BOTTOM + 16, "middle", PAGE, last > 1 ? "1" : "epoch 1");
        if (last > 1) {
            text(svg, WIDTH - MARGIN, HEIGHT - BOTTOM + 16, "end", PAGE, "epoch " + last);
        }
    }

    private void line(StringBuilder svg, ToDoubleFunction<EpochRecord> loss, String color) {
        StringBuilder points = new StringBuilder();
        for (EpochRecord epoch : epochs) {
            double value = loss.applyAsDouble(epoch);
            if (Double.isFinite(value)) {
                if (epochs.size() <= DOTTED) {
                    dot(svg, epoch, value, color);
                }
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

    /** An epoch; a line of one point would not be seen. */
    private void dot(StringBuilder svg, EpochRecord epoch, double loss, String color) {
        svg.append("<circle r=\"2\" fill=\"").append(color).append("\" cx=\"").append(number(x(epoch)));
        svg.append("\" cy=\"").append(number(y(loss))).append("\"/>");
    }

    private int last() {
        return epochs.get(epochs.size() - 1).epoch();
    }

    private double x(EpochRecord epoch) {
        int last = last();
        return LEFT + (last <= 1 ? 0 : (WIDTH - MARGIN - LEFT) * (epoch.epoch() - 1.0) / (last - 1));
    }

    private double y(double loss) {
        double share = highest > lowest ? (loss - lowest) / (highest - lowest) : 0.5;
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
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
