package io.sparknn.train.rows;

import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.Arrays;

/** Which columns hold what a network is trained on. */
public final class TrainingColumns implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String who;
    private final String[] features;
    private final int[][] sizes;
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
        this.sizes = Arrays.stream(shapes).map(Shape::dims).toArray(int[][]::new);
        this.label = label;
        this.classes = classes;
        this.labelWidth = labelWidth;
        this.weight = weight;
        this.validation = validation;
        this.handleInvalid = handleInvalid;
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
        return Arrays.stream(sizes).map(Shape::of).toArray(Shape[]::new);
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
