package io.sparknn.ml;

import io.sparknn.train.EpochRecord;
import io.sparknn.train.LearningCurve;
import io.sparknn.train.TrainingResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How the training of a model went: its layers, and what each epoch came to. */
public final class TrainingSummary {
    private static final int SHOWN = 20;

    private final String layers;
    private final List<EpochRecord> epochs;
    private final int bestEpoch;
    private final String stopReason;

    TrainingSummary(String layers, List<EpochRecord> epochs, int bestEpoch, String stopReason) {
        this.layers = layers;
        this.epochs = List.copyOf(epochs);
        this.bestEpoch = bestEpoch;
        this.stopReason = stopReason;
    }

    static TrainingSummary of(TrainingResult result) {
        return new TrainingSummary(
                result.network().summary(), result.history(), result.bestEpoch(), result.stopReason());
    }

    /**
     * The layers with output shapes, parameters and their counts.
     *
     * @return a table, several lines of text
     */
    public String layers() {
        return layers;
    }

    /**
     * What each epoch came to.
     *
     * @return in order
     */
    public List<EpochRecord> epochs() {
        return epochs;
    }

    /**
     * The epochs as a DataFrame: epoch, loss, validationLoss (null without rows for validation), a column for each metric,
     * learningRate, rowsPerSecond, seconds.
     *
     * @return a row for each epoch, in order
     */
    public Dataset<Row> history() {
        Set<String> metrics = metrics();
        StructType schema = new StructType()
                .add("epoch", DataTypes.IntegerType, false)
                .add("loss", DataTypes.DoubleType, false)
                .add("validationLoss", DataTypes.DoubleType);
        for (String metric : metrics) {
            schema = schema.add(metric, DataTypes.DoubleType);
        }
        schema = schema.add("learningRate", DataTypes.DoubleType, false)
                .add("rowsPerSecond", DataTypes.DoubleType, false)
                .add("seconds", DataTypes.DoubleType, false);
        List<Row> rows = new ArrayList<>();
        for (EpochRecord epoch : epochs) {
            List<Object> values = new ArrayList<>();
            values.add(epoch.epoch());
            values.add(epoch.loss());
            values.add(Double.isNaN(epoch.validationLoss()) ? null : epoch.validationLoss());
            metrics.forEach(metric -> values.add(epoch.metrics().get(metric)));
            values.add(epoch.learningRate());
            values.add(epoch.rowsPerSecond());
            values.add(epoch.seconds());
            rows.add(RowFactory.create(values.toArray()));
        }
        return SparkSession.builder().getOrCreate().createDataFrame(rows, schema);
    }

    private Set<String> metrics() {
        Set<String> names = new java.util.LinkedHashSet<>();
        epochs.forEach(epoch -> names.addAll(epoch.metrics().keySet()));
        return names;
    }

    /**
     * The number of the epoch whose weights the model has.
     *
     * @return 1 for the first
     */
    public int bestEpoch() {
        return bestEpoch;
    }

    /**
     * Why training ended.
     *
     * @return a sentence
     */
    public String stopReason() {
        return stopReason;
    }

    /** Layers, epochs (of many the first, the last and the best) and the reason of the end as text. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(layers);
        List<String[]> lines = new ArrayList<>();
        lines.add(header());
        for (int i : shown()) {
            lines.add(line(epochs.get(i)));
        }
        int[] widths = new int[lines.get(0).length];
        lines.forEach(line -> {
            for (int i = 0; i < line.length; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        });
        for (String[] line : lines) {
            StringBuilder row = new StringBuilder();
            for (int i = 0; i < line.length; i++) {
                row.append(" ".repeat(widths[i] - line[i].length() + (i == 0 ? 0 : 2)))
                        .append(line[i]);
            }
            text.append('\n').append(row);
        }
        return text.append("\n\n").append(ending()).append('\n').toString();
    }

    private String ending() {
        return "best epoch " + bestEpoch + "; " + stopReason;
    }

    private Set<Integer> shown() {
        Set<Integer> shown = new TreeSet<>();
        for (int i = 0; i < epochs.size(); i++) {
            boolean edge = i < SHOWN / 2 || i >= epochs.size() - SHOWN / 2;
            if (edge || epochs.get(i).epoch() == bestEpoch) {
                shown.add(i);
            }
        }
        return shown;
    }

    private String[] header() {
        List<String> header = new ArrayList<>(List.of("epoch", "loss"));
        if (isValidated()) {
            header.add("validation loss");
        }
        header.addAll(metrics());
        header.addAll(List.of("learning rate", "rows/s", "seconds"));
        return header.toArray(new String[0]);
    }

    private boolean isValidated() {
        return epochs.stream().anyMatch(epoch -> !Double.isNaN(epoch.validationLoss()));
    }

    private String[] line(EpochRecord epoch) {
        List<String> line = new ArrayList<>();
        line.add(String.valueOf(epoch.epoch()));
        line.add(number(epoch.loss()));
        if (isValidated()) {
            line.add(number(epoch.validationLoss()));
        }
        metrics().forEach(metric -> line.add(number(epoch.metrics().getOrDefault(metric, Double.NaN))));
        line.add(number(epoch.learningRate()));
        line.add(String.format(Locale.ROOT, "%,.0f", epoch.rowsPerSecond()));
        line.add(String.format(Locale.ROOT, "%.2f", epoch.seconds()));
        return line.toArray(new String[0]);
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.4g", value);
    }

    /**
     * The summary for a notebook, as Zeppelin shows it after {@code %html}: layers, learning curve, epochs. No script.
     *
     * @return an element of HTML
     */
    public String toHtml() {
        // A page's own rules for tables, such as Zeppelin's, would close the gaps and push the names to the left.
        StringBuilder html = new StringBuilder("<div><pre style=\"overflow-x:auto;white-space:pre\">")
                .append(LearningCurve.escaped(layers))
                .append("</pre>")
                .append(LearningCurve.svg(epochs, bestEpoch))
                .append(
                        "<div style=\"overflow-x:auto\"><table style=\"border-collapse:separate;border-spacing:12px 2px;")
                .append("text-align:right;white-space:nowrap\"><tr>");
        for (String name : header()) {
            html.append("<th style=\"text-align:right\">")
                    .append(LearningCurve.escaped(name))
                    .append("</th>");
        }
        html.append("</tr>");
        for (int i : shown()) {
            html.append(epochs.get(i).epoch() == bestEpoch ? "<tr style=\"font-weight:bold\">" : "<tr>");
            for (String value : line(epochs.get(i))) {
                html.append("<td>").append(LearningCurve.escaped(value)).append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</table></div><p>")
                .append(LearningCurve.escaped(ending()))
                .append("</p></div>")
                .toString();
    }
}
