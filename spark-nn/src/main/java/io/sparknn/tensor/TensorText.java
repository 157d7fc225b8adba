package io.sparknn.tensor;

import java.util.Locale;

/** A tensor as text: nested brackets, four decimals, long axes shortened in the middle. */
final class TensorText {
    private static final int EDGE = 3;

    private TensorText() {}

    static String of(Tensor tensor) {
        Shape shape = tensor.localShape();
        if (tensor.rowAxis() >= 0 || !shape.isKnown()) {
            return "Tensor" + Operation.shapes(tensor);
        }
        if (tensor.lengths() != null) {
            return rows(tensor) + " " + shape;
        }
        float[] values = tensor.toArray();
        StringBuilder text = new StringBuilder();
        append(text, values, shape.local(), 0, 0, values.length);
        return shape.rank() < 2 ? text.toString() : text + " " + shape;
    }

    private static String rows(Tensor tensor) {
        Lengths lengths = tensor.lengths();
        Tensor flat = tensor.flat();
        int[] dims = flat.localShape().local().clone();
        int width = flat.localShape().dropFirst(1).size();
        StringBuilder text = new StringBuilder("[");
        for (int row = 0; row < lengths.rows(); row++) {
            text.append(row == 0 ? "" : ", ");
            if (lengths.rows() > 4 * EDGE && row == EDGE) {
                text.append("..., ");
                row = lengths.rows() - EDGE;
            }
            dims[0] = lengths.length(row);
            append(text, flat.toArray(), dims, 0, lengths.offset(row) * width, dims[0] * width);
        }
        return text.append(']').toString();
    }

    private static void append(StringBuilder text, float[] values, int[] dims, int axis, int at, int size) {
        if (axis == dims.length) {
            text.append(number(values[at]));
            return;
        }
        text.append('[');
        int step = dims[axis] == 0 ? 0 : size / dims[axis];
        for (int i = 0; i < dims[axis]; i++) {
            text.append(i == 0 ? "" : ", ");
            if (dims[axis] > 4 * EDGE && i == EDGE) {
                text.append("..., ");
                i = dims[axis] - EDGE;
            }
            append(text, values, dims, axis + 1, at + i * step, step);
        }
        text.append(']');
    }

    /** Whole numbers without decimals, others with four significant ones. */
    private static String number(float value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return value == 0 ? "0" : Long.toString((long) value);
        }
        return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e7
                ? String.format(Locale.ROOT, "%.4f", value)
                : Float.toString(value);
    }
}
