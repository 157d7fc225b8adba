package io.sparknn.train.rows;

import io.sparknn.nn.Module;
import io.sparknn.nn.Reading;
import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/** Which columns hold what a network is trained on. */
public final class TrainingColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String who;
    private final String[] features;
    private final Shape[] shapes;
    private final Reading[] readings;
    private final String label;
    private final int classes;
    private final int labelWidth;
    private final String weight;
    private final String validation;
    private final String handleInvalid;

    /**
     * The columns.
     *
     * @param who names the estimator in errors
     * @param features one column for each input of the network
     * @param shapes the shape of each, rows unknown, sizes known
     * @param label the column of labels: numbers, or vectors
     * @param classes how many classes the label numbers from 0, or 0 if it is no class
     * @param labelWidth how many numbers a label has
     * @param weight the column of weights, or null
     * @param validation the boolean column that is true in validation rows, or null
     * @param handleInvalid {@code error}, or {@code skip} to leave invalid rows out
     */
    public TrainingColumns(
            String who,
            String[] features,
            Shape[] shapes,
            String label,
            int classes,
            int labelWidth,
            String weight,
            String validation,
            String handleInvalid) {
        this.who = who;
        this.features = features.clone();
        this.shapes = shapes.clone();
        this.readings = new Reading[features.length];
        Arrays.fill(readings, Reading.numbers());
        this.label = label;
        this.classes = classes;
        this.labelWidth = labelWidth;
        this.weight = weight;
        this.validation = validation;
        this.handleInvalid = handleInvalid;
    }

    /**
     * These columns, read as a network wants it.
     *
     * @param network that is trained on them
     * @return this
     */
    public TrainingColumns readFor(Module network) {
        for (int i = 0; i < readings.length; i++) {
            readings[i] = network.reading(i, readings.length);
        }
        return this;
    }

    String who() {
        return who;
    }

    String[] features() {
        return features;
    }

    /**
     * The shape of each input of the network.
     *
     * @return in order, rows unknown
     */
    public Shape[] shapes() {
        return shapes.clone();
    }

    /** How a column of features is read. */
    Reading reading(int column) {
        return readings[column];
    }

    /** Whether a column of features holds numbers, as many in each row, and no ids. */
    boolean areNumbers(int column) {
        return !shapes[column].isRagged()
                && (readings[column].equals(Reading.numbers()) || readings[column].equals(Reading.grid()));
    }

    String label() {
        return label;
    }

    /**
     * How many classes there are.
     *
     * @return 0 if the label is no class
     */
    public int classes() {
        return classes;
    }

    /**
     * How many numbers a label has.
     *
     * @return at least 1
     */
    public int labelWidth() {
        return labelWidth;
    }

    String weight() {
        return weight;
    }

    String validation() {
        return validation;
    }

    boolean skipsInvalid() {
        return "skip".equals(handleInvalid);
    }
}
