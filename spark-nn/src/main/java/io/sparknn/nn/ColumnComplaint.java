package io.sparknn.nn;

import io.sparknn.nn.InputColumn.Problem;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;

/** What is wrong with a row in a column, in words: what was expected, and what came instead. */
final class ColumnComplaint {
    private final InputColumn column;

    ColumnComplaint(InputColumn column) {
        this.column = column;
    }

    String of(Row row, Problem problem) {
        return "expects " + (problem == Problem.NOT_FINITE ? "finite values" : expected(problem)) + ", got "
                + found(row, problem) + " in column \"" + column.name() + "\"";
    }

    private String expected(Problem problem) {
        if (column.reading().isIds() && problem == Problem.WIDTH) {
            return "rows of " + column.width() + " ids";
        }
        if (column.reading().isIds()) {
            return "whole numbers from 0 to " + (column.limit() - 1);
        }
        if (column.isNested()) {
            String length = column.isRagged() ? "" : column.shape().dim(1) + " ";
            return "arrays of " + length + "arrays of " + column.innermost() + " numbers";
        }
        return column.width() == 1 ? "a number" : "vectors of " + column.width();
    }

    private String found(Row row, Problem problem) {
        return switch (problem) {
            case NULL -> row.isNullAt(column.index()) ? "null" : "an array with a null";
            case WIDTH -> column.isNested() ? nested(row) : String.valueOf(column.length(row));
            case NOT_FINITE -> notFinite(row);
            case NO_ID -> id(row);
        };
    }

    /** A double may be finite, and no float. */
    private String notFinite(Row row) {
        Double large = column.isNested() ? null : tooLarge(row);
        return large == null ? "NaN or an infinite value" : large + ", which is more than a float holds,";
    }

    private Double tooLarge(Row row) {
        Object value = row.get(column.index());
        if (value instanceof Number number) {
            return isTooLarge(number.doubleValue()) ? number.doubleValue() : null;
        }
        if (value instanceof Vector vector) {
            for (double number : vector.toArray()) {
                if (isTooLarge(number)) {
                    return number;
                }
            }
            return null;
        }
        for (Object number : column.isArray() ? row.getList(column.index()) : List.of()) {
            if (number instanceof Number each && isTooLarge(each.doubleValue())) {
                return each.doubleValue();
            }
        }
        return null;
    }

    private static boolean isTooLarge(double value) {
        return Double.isFinite(value) && !Float.isFinite((float) value);
    }

    private String nested(Row row) {
        int length = column.length(row);
        if (!column.isRagged() && length != column.shape().dim(1)) {
            return length + " of them";
        }
        for (int i = 0; i < length; i++) {
            int size = column.inner(row, i).size();
            if (size != column.innermost()) {
                return size + " in element " + i;
            }
        }
        return String.valueOf(length);
    }

    private String id(Row row) {
        if (column.isVector()) {
            double[] values = ((Vector) row.get(column.index())).toArray();
            int at = 0;
            while (column.isId(values[at])) {
                at++;
            }
            return values[at] + " at place " + at;
        }
        if (column.isArray()) {
            List<?> list = row.getList(column.index());
            int at = 0;
            while (column.isId(((Number) list.get(at)).doubleValue())) {
                at++;
            }
            return list.get(at) + " at place " + at;
        }
        return String.valueOf(row.get(column.index()));
    }
}
