package io.sparknn.serve;

import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a model makes of its network's outputs: numbers, or scores, probabilities and the choice among classes. */
public final class Prediction implements Serializable {
    private static final long serialVersionUID = 1L;

    private final boolean classes;
    private final Link link;
    private final boolean several;
    private final double[] thresholds;

    private Prediction(boolean classes, Link link, boolean several, double... thresholds) {
        this.classes = classes;
        this.link = link;
        this.several = several;
        this.thresholds = thresholds == null ? null : thresholds.clone();
    }

    /**
     * Classes.
     *
     * @param link makes probabilities of outputs
     * @param several whether each output is a label of its own
     * @param thresholds of the classes, or null
     * @return the rule
     */
    public static Prediction ofClasses(Link link, boolean several, double... thresholds) {
        return new Prediction(true, link, several, thresholds);
    }

    /**
     * Numbers.
     *
     * @param link makes them of outputs
     * @return the rule
     */
    public static Prediction ofNumbers(Link link) {
        return new Prediction(false, link, false, (double[]) null);
    }

    /**
     * Whether there are classes, and so probabilities.
     *
     * @return false for numbers
     */
    public boolean hasClasses() {
        return classes;
    }

    /**
     * Whether each output is a label of its own.
     *
     * @return the flag
     */
    public boolean isSeveral() {
        return several;
    }

    /**
     * Whether the choice takes probabilities, and not scores alone.
     *
     * @return the flag
     */
    public boolean needsProbabilities() {
        return thresholds != null || several;
    }

    /**
     * Outputs as raw predictions; a single one stands for class 1 against class 0.
     *
     * @param values outputs of the network
     * @param from where those of the row begin
     * @param width how many there are
     * @return a new array
     */
    public double[] raw(float[] values, int from, int width) {
        if (classes && width == 1 && !several) {
            return new double[] {-values[from], values[from]};
        }
        double[] raw = new double[width];
        for (int i = 0; i < width; i++) {
            raw[i] = values[from + i];
        }
        return raw;
    }

    /**
     * Raw predictions as probabilities, or as the numbers predicted.
     *
     * @param raw the scores of a row
     * @return a new array
     */
    public double[] linked(double... raw) {
        double[] linked = raw.clone();
        link.apply(linked);
        return linked;
    }

    /**
     * The class chosen. As MLlib: the largest score, or with thresholds the largest probability by the class's threshold.
     *
     * @param raw the scores of a row
     * @param probabilities its probabilities; needed only if {@link #needsProbabilities}
     * @return its number
     */
    public int choice(double[] raw, double... probabilities) {
        int largest = 0;
        if (thresholds == null) {
            for (int i = 1; i < raw.length; i++) {
                largest = raw[i] > raw[largest] ? i : largest;
            }
            return largest;
        }
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < probabilities.length; i++) {
            // of a class whose threshold is 0 infinite, or NaN if it is impossible
            double scaled = probabilities[i] / thresholds[i];
            if (scaled > most) {
                most = scaled;
                largest = i;
            }
        }
        return largest;
    }

    /**
     * Of several labels, each is 1 if it is more probable than its threshold, or than not.
     *
     * @param probabilities those of a row
     * @return a new array
     */
    public double[] labels(double... probabilities) {
        double[] labels = new double[probabilities.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = probabilities[i] > (thresholds == null ? 0.5 : thresholds[i]) ? 1 : 0;
        }
        return labels;
    }

    /**
     * As JSON, for a file.
     *
     * @return an object of plain values
     */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("classes", classes);
        json.put("link", link.name());
        json.put("several", several);
        json.put(
                "thresholds",
                thresholds == null ? null : Arrays.stream(thresholds).boxed().toList());
        return json;
    }

    /** From JSON; null from null. */
    static Prediction of(Map<?, ?> json) {
        if (json == null) {
            return null;
        }
        double[] thresholds = null;
        if (json.get("thresholds") instanceof List<?> list) {
            thresholds = new double[list.size()];
            for (int i = 0; i < thresholds.length; i++) {
                thresholds[i] = ((Number) list.get(i)).doubleValue();
            }
        }
        Link link = Link.valueOf((String) json.get("link"));
        return new Prediction((Boolean) json.get("classes"), link, (Boolean) json.get("several"), thresholds);
    }
}
