package io.sparknn.tensor;

/** Class numbers beside an output of one score for each class: shape (N) beside (N, K). */
final class Labels {
    private Labels() {}

    /** The shape (N) of losses of rows, if the shapes fit. */
    static Shape rows(String loss, Tensor output, Tensor label) {
        Shape scores = output.localShape();
        Shape labels = label.localShape();
        if (scores.rank() != 2 || scores.dim(1) < 1) {
            throw new IllegalArgumentException(loss + " expects outputs of shape (N, classes), got "
                    + Operation.shapes(output) + "; end the network in a linear layer with one output for each class");
        }
        if (labels.rank() != 1 || labels.dim(0) != scores.dim(0)) {
            throw new IllegalArgumentException(loss + " expects one class number for each row of outputs "
                    + Operation.shapes(output) + ", got labels " + Operation.shapes(label)
                    + "; squeeze labels of shape (N, 1), take argmax(1) of one-hot ones");
        }
        return labels;
    }

    /** The rows of the result, which are those of both. */
    static int rowAxis(Operation operation, Tensor... in) {
        if (in[0].rowAxis() != 0 || in[1].rowAxis() != 0) {
            throw operation.mixesRows(in);
        }
        return 0;
    }

    /** The class of each row. */
    static int[] classes(String loss, Tensor label, int classes) {
        float[] values = label.values();
        int[] found = new int[label.localSize()];
        for (int row = 0; row < found.length; row++) {
            int number = (int) values[row];
            if (number != values[row] || number < 0 || number >= classes) {
                String got = number == values[row] ? String.valueOf(number) : String.valueOf(values[row]);
                throw new IllegalArgumentException(loss + " expects labels from 0 to " + (classes - 1) + ", got " + got
                        + "; index them with StringIndexer, or give the network an output for each class");
            }
            found[row] = number;
        }
        return found;
    }

    /** A weight for each class: those given, or ones. */
    static float[] weights(String loss, double[] weights, int classes) {
        float[] result = new float[classes];
        if (weights != null && weights.length != classes) {
            throw new IllegalArgumentException(loss + " expects a weight for each of " + classes + " classes, got "
                    + weights.length + "; give as many as the network has outputs");
        }
        for (int i = 0; i < classes; i++) {
            result[i] = weights == null ? 1f : (float) weights[i];
        }
        return result;
    }
}
