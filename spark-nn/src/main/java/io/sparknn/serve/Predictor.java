package io.sparknn.serve;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Program;
import io.sparknn.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Scores rows with a saved layer or model, without Spark: the same bits that {@code transform} gives.
 *
 * <p>It runs the operations that were recorded when the model was saved, so neither Spark nor the classes of the network
 * need to be on the class path. One predictor serves all threads; each keeps arrays of its own, and once the code is
 * compiled, rows of one length are scored without creating anything but what is returned: {@link #predictInto} creates
 * nothing, but for what C2 makes of a vector now and then. Rows of different length have their operations made for each call,
 * at some small objects each, with arrays out of a pool of the thread. A network that could not be recorded, because what it
 * does depends on data beyond the row, says so when it is loaded.
 *
 * <p>A row is given as its numbers, the last axis of the network's input changing fastest; where rows differ in length, as
 * texts do, any number of elements. A network of several inputs takes one array for each. Ids may come as ints. Values that
 * are no numbers are refused, as {@code transform} refuses them.
 *
 * <pre>{@code
 * Predictor predictor = Predictor.load("/models/digits");
 * float[] scores = predictor.predict(pixels);
 * double[] probability = predictor.probability(pixels);
 * double digit = predictor.prediction(pixels);
 * }</pre>
 */
public final class Predictor {
    private static final int RAGGED_BLOCK = 256;

    private final Program program;
    private final Prediction prediction;
    private final int inputs;
    private final int outputWidth;

    private Predictor(Program program, Prediction prediction) {
        this.program = program;
        this.prediction = prediction;
        this.inputs = program.recording().inputs();
        Shape output = program.recording().outputShape();
        this.outputWidth =
                output.isRagged() ? Shape.UNKNOWN : output.dropFirst(1).size();
    }

    /**
     * Loads a model or layer.
     *
     * @param path a directory of the local file system that it was saved to
     * @return the predictor
     * @throws IllegalArgumentException if there is none, it is damaged, or it could not be recorded
     */
    public static Predictor load(String path) {
        String local = path.startsWith("file:") ? path.substring(path.indexOf(':') + 1) : path;
        if (local.contains("://")) {
            throw new IllegalArgumentException("Predictor expects a directory of the local file system, got " + path
                    + "; copy it here first, or load it with Spark");
        }
        return load(Path.of(local));
    }

    /**
     * Loads a model or layer.
     *
     * @param path a directory that it was saved to
     * @return the predictor
     * @throws IllegalArgumentException if there is none, it is damaged, or it could not be recorded
     */
    public static Predictor load(Path path) {
        Saved saved = Saved.read(path);
        return new Predictor(saved.program(), saved.prediction());
    }

    // ---------------------------------------------------------------- what it takes and gives

    /**
     * The shape of the network's only input.
     *
     * @return rows unknown, such as (-1, 784), or (-1, *) where rows differ in length
     * @throws IllegalStateException if there are several inputs
     */
    public Shape inputShape() {
        if (inputs != 1) {
            throw new IllegalStateException(
                    "inputShape() expects a network of one input, got " + inputs + "; use inputShape(int)");
        }
        return inputShape(0);
    }

    /**
     * The shape of one of several inputs.
     *
     * @param input which one
     * @return rows unknown
     */
    public Shape inputShape(int input) {
        if (input < 0 || input >= inputs) {
            throw new IllegalArgumentException(
                    "inputShape expects an input from 0 to " + (inputs - 1) + ", got " + input);
        }
        return program.recording().inputShape(input);
    }

    /**
     * How many inputs the network has.
     *
     * @return 1 or more
     */
    public int inputs() {
        return inputs;
    }

    /**
     * The shape of the network's output.
     *
     * @return rows unknown
     */
    public Shape outputShape() {
        return program.recording().outputShape();
    }

    // ---------------------------------------------------------------- one row

    /**
     * Scores one row.
     *
     * @param row its values; one array for each input
     * @return the network's outputs
     * @throws IllegalArgumentException if the row has another width, or holds what is no number
     */
    public float[] predict(float[]... row) {
        return predictBlock(1, row, offsets(row));
    }

    /**
     * Scores one row of ids.
     *
     * @param ids for a network of one input
     * @return the network's outputs
     */
    public float[] predict(int... ids) {
        return predict(new float[][] {floats(ids)});
    }

    /**
     * Scores one row of the network's only input into an array, creating nothing.
     *
     * @param row its values, all rows being of one length
     * @param output takes the network's outputs
     */
    public void predictInto(float[] row, float[] output) {
        predictInto(1, row, output);
    }

    /**
     * Scores rows of the network's only input into an array, creating nothing.
     *
     * @param rows how many
     * @param values their values, row after row, all rows being of one length
     * @param output takes the network's outputs, row after row
     */
    public void predictInto(int rows, float[] values, float[] output) {
        if (inputs != 1 || program.isRagged()) {
            throw new IllegalStateException("predictInto expects a network of one input with rows of one length, got "
                    + describe() + "; use predict");
        }
        check(rows, 0, values);
        if (output.length < (long) rows * outputWidth) {
            throw new IllegalArgumentException("predictInto expects room for " + rows + " rows of " + outputWidth
                    + " outputs, got " + output.length);
        }
        program.run(rows, values, 0, output, 0);
    }

    // ---------------------------------------------------------------- many rows

    /**
     * Scores rows.
     *
     * @param columns for each input, the values of each row
     * @return the network's outputs for each row
     * @throws IllegalArgumentException if a row has another width, or holds what is no number
     */
    public float[][] predictRows(float[][]... columns) {
        requireInputs(columns.length);
        int rows = columns[0].length;
        float[][] results = new float[rows][];
        for (int from = 0; from < rows; from += RAGGED_BLOCK) {
            int count = Math.min(RAGGED_BLOCK, rows - from);
            float[][] block = new float[inputs][];
            int[][] offsets = new int[inputs][];
            for (int i = 0; i < inputs; i++) {
                if (columns[i].length != rows) {
                    throw new IllegalArgumentException("predictRows expects as many rows of each input, got " + rows
                            + " and " + columns[i].length);
                }
                offsets[i] = new int[count + 1];
                block[i] = joined(i, Arrays.copyOfRange(columns[i], from, from + count), offsets[i]);
            }
            split(predictBlock(count, block, offsets), offsets, results, from, count);
        }
        return results;
    }

    /**
     * Scores rows of ids, of a network of one input.
     *
     * @param rows the ids of each row
     * @return the network's outputs for each row
     */
    public float[][] predictIds(int[]... rows) {
        float[][] values = new float[rows.length][];
        for (int i = 0; i < values.length; i++) {
            values[i] = floats(rows[i]);
        }
        return predictRows(new float[][][] {values});
    }

    private float[] joined(int input, float[][] rows, int... offsets) {
        int width = program.inputWidth(input);
        int size = 0;
        for (float[] row : rows) {
            size = Math.addExact(size, row.length);
        }
        float[] joined = new float[size];
        int at = 0;
        for (int i = 0; i < rows.length; i++) {
            checkWidth(input, rows[i].length);
            System.arraycopy(rows[i], 0, joined, at, rows[i].length);
            at += rows[i].length;
            offsets[i + 1] = at / width;
        }
        return joined;
    }

    private void split(float[] outputs, int[][] offsets, float[][] results, int from, int count) {
        int of = program.recording().outputLengths();
        int total = of < 0 ? count : offsets[of][count];
        int width = total == 0 ? 0 : outputs.length / total;
        for (int i = 0; i < count; i++) {
            int start = of < 0 ? i : offsets[of][i];
            int end = of < 0 ? i + 1 : offsets[of][i + 1];
            results[from + i] = Arrays.copyOfRange(outputs, start * width, end * width);
        }
    }

    private int[][] offsets(float[]... row) {
        requireInputs(row.length);
        int[][] offsets = new int[inputs][];
        for (int i = 0; i < inputs; i++) {
            if (row[i] == null) {
                throw new IllegalArgumentException(
                        "the network expects values for input " + i + ", got null; give an array for each input");
            }
            checkWidth(i, row[i].length);
            offsets[i] = new int[] {0, row[i].length / program.inputWidth(i)};
        }
        return offsets;
    }

    private float[] predictBlock(int rows, float[][] values, int[]... offsets) {
        for (float[] input : values) {
            checkNumbers(input, input.length);
        }
        if (program.isRagged()) {
            int[][] own = offsets.clone();
            for (int i = 0; i < inputs; i++) {
                own[i] = program.recording().inputShape(i).isRagged() ? offsets[i] : null;
            }
            return program.runRagged(rows, values, own);
        }
        float[] output = new float[Math.multiplyExact(rows, outputWidth)];
        if (inputs == 1) {
            program.run(rows, values[0], 0, output, 0);
        } else {
            program.run(rows, values, output);
        }
        return output;
    }

    // ---------------------------------------------------------------- what a model makes of it

    /**
     * The probabilities of the classes, of a classification model.
     *
     * @param row its values; one array for each input
     * @return one for each class, or label
     * @throws IllegalStateException if this was saved as a layer, or predicts numbers
     */
    public double[] probability(float[]... row) {
        if (prediction == null || !prediction.hasClasses()) {
            throw new IllegalStateException("probability expects a saved NeuralNetworkClassificationModel, got "
                    + (prediction == null ? "a layer" : "a model of numbers") + "; use predict");
        }
        return prediction.linked(raw(row));
    }

    /**
     * What the model predicts: the number of the class, or the number itself.
     *
     * @param row its values; one array for each input
     * @return the bits of the column prediction
     * @throws IllegalStateException if this was saved as a layer, or predicts several numbers
     */
    public double prediction(float[]... row) {
        double[] all = predictions(row);
        if (all.length != 1) {
            throw new IllegalStateException(
                    "prediction expects a model of one number or class, got " + all.length + "; use predictions");
        }
        return all[0];
    }

    /**
     * What the model predicts: the number of the class, each of several labels, or all numbers.
     *
     * @param row its values; one array for each input
     * @return the bits of the column prediction
     * @throws IllegalStateException if this was saved as a layer
     */
    public double[] predictions(float[]... row) {
        if (prediction == null) {
            throw new IllegalStateException("prediction expects a saved model, got a layer; use predict");
        }
        double[] raw = raw(row);
        if (!prediction.hasClasses()) {
            return prediction.linked(raw);
        }
        double[] probability = prediction.needsProbabilities() ? prediction.linked(raw) : raw;
        return prediction.isSeveral()
                ? prediction.labels(probability)
                : new double[] {prediction.choice(raw, probability)};
    }

    private double[] raw(float[]... row) {
        float[] outputs = predict(row);
        return prediction.raw(outputs, 0, outputs.length);
    }

    // ---------------------------------------------------------------- checks

    private static float[] floats(int... ids) {
        float[] values = new float[ids.length];
        for (int i = 0; i < ids.length; i++) {
            values[i] = ids[i];
            if ((int) values[i] != ids[i]) {
                throw new IllegalArgumentException("predict expects ids that a float can hold, got " + ids[i]);
            }
        }
        return values;
    }

    private void requireInputs(int given) {
        if (given != inputs) {
            throw new IllegalArgumentException(
                    "the network expects " + inputs + " inputs, got " + given + "; give an array for each");
        }
    }

    private void check(int rows, int input, float... values) {
        long size = (long) rows * program.inputWidth(input);
        if (rows < 0 || values.length < size || (rows == 1 && values.length != size)) {
            throw new IllegalArgumentException("the network expects " + rows + " rows of "
                    + program.inputWidth(input) + " values, got " + values.length
                    + "; give it rows of the width it was trained on");
        }
        checkNumbers(values, (int) size);
    }

    private void checkWidth(int input, int values) {
        int width = program.inputWidth(input);
        boolean isRagged = program.recording().inputShape(input).isRagged();
        if (isRagged ? values % width != 0 : values != width) {
            throw new IllegalArgumentException("the network expects vectors of " + (isRagged ? "a multiple of " : "")
                    + width + ", got " + values + "; give it rows of the width it was trained on");
        }
    }

    private static void checkNumbers(float[] values, int n) {
        if (!Pass.allFinite(values, 0, n)) {
            throw new IllegalArgumentException(
                    "the network expects numbers, got NaN or an infinite value; clean the data, or impute");
        }
    }

    private String describe() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < inputs; i++) {
            text.append(i == 0 ? "" : " and ").append(program.recording().inputShape(i));
        }
        return text.toString();
    }
}
