package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** The columns that feed a module: one for each of its inputs. */
final class Inputs implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String who;
    private final InputColumn[] columns;
    private final long widestRow;

    private Inputs(String who, long widestRow, InputColumn... columns) {
        this.who = who;
        this.widestRow = widestRow;
        this.columns = columns;
    }

    /** The columns a module's Params name, checked against a schema. */
    static <M extends Params & Module> Inputs of(String who, M module, StageParams params, StructType schema) {
        String[] names;
        if (module.isSet(params.inputCols)) {
            names = module.getOrDefault(params.inputCols);
        } else if (module.isSet(params.inputCol)) {
            names = new String[] {module.getOrDefault(params.inputCol)};
        } else {
            throw new IllegalArgumentException(
                    who + " expects an input column, got none; call setInputCol(\"features\")");
        }
        return of(who, schema, module, names);
    }

    /** Columns of plain numbers by name, checked against a schema. */
    static Inputs of(String who, StructType schema, String... names) {
        return of(who, schema, null, names);
    }

    /** Columns by name, as a module reads them; as plain numbers if there is none. */
    static Inputs of(String who, StructType schema, Module reader, String... names) {
        if (names.length == 0) {
            throw new IllegalArgumentException(who + " expects one input column or more, got none; call setInputCols");
        }
        return new Inputs(
                who,
                0,
                IntStream.range(0, names.length)
                        .mapToObj(i -> InputColumn.of(who, names[i], schema, reading(reader, i, names.length)))
                        .toArray(InputColumn[]::new));
    }

    private static Reading reading(Module reader, int input, int count) {
        return reader == null ? Reading.numbers() : reader.reading(input, count);
    }

    String who() {
        return who;
    }

    InputColumn[] columns() {
        return columns;
    }

    /** The most values that one row takes in any tensor that is computed from these columns, as far as it is known. */
    long widestRow() {
        return widestRow;
    }

    /** The same columns as they stand in a dataset of only them, in order. */
    Inputs projected() {
        return new Inputs(
                who,
                widestRow,
                IntStream.range(0, columns.length)
                        .mapToObj(i -> columns[i].at(i))
                        .toArray(InputColumn[]::new));
    }

    /** The columns themselves, for a projection. */
    Column[] select(Dataset<?> dataset) {
        return java.util.Arrays.stream(columns)
                .map(column -> column.selected(dataset))
                .toArray(Column[]::new);
    }

    /** Shapes as far as metadata tell them: rows unknown, and perhaps the width. */
    Shape[] knownShapes() {
        return java.util.Arrays.stream(columns).map(InputColumn::shape).toArray(Shape[]::new);
    }

    /** These columns with the given shapes, and the most values that one row takes in any tensor computed from them. */
    Inputs with(long widest, Shape... shapes) {
        return new Inputs(
                who,
                widest,
                IntStream.range(0, columns.length)
                        .mapToObj(i -> columns[i].with(shapes[i]))
                        .toArray(InputColumn[]::new));
    }

    /**
     * All shapes: from metadata, else from the first row that has values in all columns; and how many ids there are, from
     * metadata, else by a job that finds the largest.
     *
     * @param handleInvalid whether ids that are none are an error
     */
    Shape[] shapes(Dataset<?> dataset, String handleInvalid) {
        Shape[] shapes = shapesIfAny(dataset);
        if (shapes == null) {
            boolean empty = dataset.select(select(dataset)).takeAsList(1).isEmpty();
            throw new IllegalArgumentException(who + " expects rows to find the width of \"" + columns[0].name()
                    + "\" in, got " + (empty ? "an empty DataFrame" : nothing())
                    + "; fit it on data, or on a column whose metadata tell the size");
        }
        return counted(dataset, handleInvalid, shapes);
    }

    private Shape[] counted(Dataset<?> dataset, String handleInvalid, Shape... shapes) {
        int[] open = IntStream.range(0, shapes.length)
                .filter(i -> columns[i].reading().countsIds() && shapes[i].ids() == Shape.UNKNOWN)
                .toArray();
        if (open.length > 0) {
            InputColumn[] uncounted =
                    java.util.Arrays.stream(open).mapToObj(i -> columns[i]).toArray(InputColumn[]::new);
            int[] counts = IdCount.in(who, uncounted, dataset, StageParams.ERROR.equals(handleInvalid));
            for (int i = 0; i < open.length; i++) {
                shapes[open[i]] = shapes[open[i]].withIds(counts[i]);
            }
        }
        return shapes;
    }

    private String nothing() {
        boolean lengths = java.util.Arrays.stream(columns).anyMatch(column -> column.isRagged() && column.isArray());
        return lengths ? "only null values and empty arrays" : "only null values";
    }

    /** As {@link #shapes}, but null if no row has values in all columns. */
    Shape[] shapesIfAny(Dataset<?> dataset) {
        Shape[] shapes = knownShapes();
        if (java.util.Arrays.stream(shapes).allMatch(InputColumn::isSized)) {
            return shapes;
        }
        if (dataset.isStreaming()) {
            throw new IllegalArgumentException(who + " expects a streaming column whose size is known, got \""
                    + columns[0].name() + "\" without; put a VectorSizeHint before it");
        }
        Row row = firstRow(dataset);
        for (int i = 0; row != null && i < shapes.length; i++) {
            shapes[i] = InputColumn.isSized(shapes[i])
                    ? shapes[i]
                    : columns[i].at(i).sized(who, row);
        }
        return row == null ? null : shapes;
    }

    /** These columns for rows that all are null somewhere, so that none has a width to be checked. */
    Inputs withoutValues() {
        Shape[] shapes = knownShapes();
        for (int i = 0; i < shapes.length; i++) {
            for (int axis = 1; axis < shapes[i].rank(); axis++) {
                shapes[i] = shapes[i].dim(axis) == Shape.UNKNOWN ? shapes[i].with(axis, 1) : shapes[i];
            }
        }
        return with(0, shapes);
    }

    private Row firstRow(Dataset<?> dataset) {
        Column[] selected = select(dataset);
        Column present = functions.lit(true);
        for (int i = 0; i < selected.length; i++) {
            present = present.and(selected[i].isNotNull());
            if (columns[i].isRagged() && columns[i].isArray()) {
                // A row without elements tells nothing of their width.
                present = present.and(functions.size(selected[i]).gt(0));
            }
        }
        List<Row> rows = dataset.select(selected).where(present).takeAsList(1);
        return rows.isEmpty() ? null : rows.get(0);
    }
}
