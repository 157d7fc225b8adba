package io.sparknn.nn;

import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.ObjIntConsumer;
import java.util.function.Predicate;

/**
 * Reads the rows of a partition into blocks of floats and runs a layer over each.
 *
 * <p>One block's arrays are reused for all: memory does not grow with the partition. How many rows make a block changes
 * no bit of the result.
 *
 * @param <R> the rows: those users see, or those Spark stores
 */
final class Blocks<R> {
    /** Rows of a block: enough that a matrix product pays, few enough that activations stay in the cache. */
    private static final int ROWS = 256;

    /** Floats of a tensor at most, where rows are wide, be it in the input or on the way. */
    private static final int FLOATS = 1 << 20;

    private final Layer layer;
    private final String who;
    private final List<ColumnBlock<R>> columns;
    private final String handleInvalid;
    private final int partition;
    private final ScoringRows reductions;
    private final long widest;
    private final boolean[] valid;
    private int size;
    private int used;
    private long read;
    private long first;

    Blocks(
            Layer layer,
            Inputs inputs,
            List<? extends CellReader<R>> readers,
            String handleInvalid,
            int partition,
            ScoringRows reductions) {
        this.layer = layer;
        this.who = inputs.who();
        this.handleInvalid = handleInvalid;
        this.partition = partition;
        this.reductions = reductions;
        long width = Math.max(1, inputs.widestRow());
        for (InputColumn column : inputs.columns()) {
            width = Math.max(width, column.width());
        }
        widest = width;
        int capacity = (int) Math.max(1, Math.min(ROWS, FLOATS / widest));
        columns = new ArrayList<>();
        readers.forEach(reader -> columns.add(new ColumnBlock<>(reader, capacity)));
        valid = new boolean[capacity];
    }

    /**
     * Reads the next block; false if there are no more rows. Skipped rows are not in it; the others are given away, which
     * answers whether there is room for another.
     */
    boolean read(Iterator<R> source, Predicate<R> kept) {
        Interruption.check();
        size = 0;
        used = 0;
        first = read;
        boolean room = true;
        while (room && size < valid.length && !isFull() && source.hasNext()) {
            R row = source.next();
            read++;
            boolean good = readValues(row);
            if (good || StageParams.KEEP.equals(handleInvalid)) {
                room = kept.test(row);
                valid[size++] = good;
                used += good ? 1 : 0;
            }
        }
        return size > 0;
    }

    /** Whether rows that differ in length have so many elements that tensors on the way grow large. */
    private boolean isFull() {
        for (ColumnBlock<R> column : columns) {
            if (column.elements(used) * widest > FLOATS) {
                return true;
            }
        }
        return false;
    }

    /** Reads a row behind those used; false if it cannot be computed. */
    private boolean readValues(R row) {
        for (int i = 0; i < columns.size(); i++) {
            InputColumn.Problem problem = columns.get(i).read(row, used);
            if (problem == null
                    || (problem == InputColumn.Problem.NOT_FINITE && StageParams.KEEP.equals(handleInvalid))) {
                continue;
            }
            if (StageParams.ERROR.equals(handleInvalid)) {
                throw new IllegalArgumentException(
                        who + " " + columns.get(i).complaint(row, problem) + " in row " + (read - 1)
                                + " of partition " + partition
                                + "; mend the data, or setHandleInvalid(\"skip\") or (\"keep\")");
            }
            return false;
        }
        return true;
    }

    /** Whether the block holds rows that can be computed. */
    boolean hasValues() {
        return used > 0;
    }

    /** Rows of the block. */
    int size() {
        return size;
    }

    /** Takes a block that is already one of floats, in place of reading it; false if it has to be read. */
    boolean take(float[] values, int width, int rows) {
        if (columns.size() != 1 || rows > valid.length || !columns.get(0).take(values, width, rows)) {
            return false;
        }
        Arrays.fill(valid, 0, rows, true);
        size = rows;
        used = rows;
        first = read;
        read += rows;
        return true;
    }

    /** Runs the layer over the block; gives each row's place with its output, which is null for a kept invalid row. */
    void forward(ObjIntConsumer<Output> action) {
        forward(whole -> false, action);
    }

    /**
     * The same.
     *
     * @param whole gets the outputs of all rows at once, where none is missing; false to get them by row
     * @param action gets each row's place with its output, which is null for a kept invalid row
     */
    void forward(Predicate<Output> whole, ObjIntConsumer<Output> action) {
        if (used == 0) {
            for (int i = 0; i < size; i++) {
                action.accept(null, i);
            }
            return;
        }
        reductions.begin();
        try (Pass pass = Pass.scoring(reductions)) {
            Tensor y = run(pass);
            checkNotSwallowed();
            Output output = output(pass, y);
            if (used == size && whole.test(output)) {
                return;
            }
            for (int i = 0; i < size; i++) {
                action.accept(valid[i] ? output : null, i);
                output.next(valid[i]);
            }
        }
    }

    private Tensor run(Pass pass) {
        Tensor[] x = new Tensor[columns.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = columns.get(i).tensor(pass, used);
        }
        try {
            return x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
        } catch (Exception e) { // Scala throws checked ones without saying so
            checkNotSwallowed();
            throw new IllegalStateException(
                    who + " failed in forward on rows " + first + " to " + (read - 1) + " of partition " + partition
                            + ": " + e,
                    e);
        }
    }

    private void checkNotSwallowed() {
        if (reductions.pending() != null) {
            throw new IllegalStateException(who + " caught the Error that ends a pass at a reduction over rows"
                    + " that is not complete yet; catch exceptions, not every Throwable, in forward");
        }
    }

    private Output output(Pass pass, Tensor y) {
        if (y == null) {
            throw new IllegalStateException(who + " expects forward to return a tensor, got null; return the output");
        }
        Shape shape = pass.localShape(y);
        if (pass.rowAxis(y) != 0) {
            throw new IllegalStateException(
                    who + " expects forward to return one row for each row of its input, got shape " + shape + " for "
                            + used + " rows; keep the rows on the first axis");
        }
        return new Output(
                pass.values(y),
                pass.offsets(y),
                shape.dropFirst(shape.isRagged() ? 2 : 1).size());
    }

    /** The outputs of a block, row after row. */
    static final class Output {
        private final float[] values;
        private final int[] offsets;
        private final int width;
        private int at;

        /** Outputs of a width, or with offsets, of elements of that width. */
        Output(float[] values, int[] offsets, int width) {
            this.values = values;
            this.offsets = offsets;
            this.width = width;
        }

        private void next(boolean wasValid) {
            at += wasValid ? 1 : 0;
        }

        float[] values() {
            return values;
        }

        /** How many values each row has, or -1 if rows differ. */
        int evenWidth() {
            return offsets == null ? width : -1;
        }

        /** Where the row's values begin. */
        int from() {
            return (offsets == null ? at : offsets[at]) * width;
        }

        /** How many values the row has. */
        int width() {
            return offsets == null ? width : (offsets[at + 1] - offsets[at]) * width;
        }

        /** Writes the new columns of the row. */
        void write(RowScorer.Output output, Object[] row, int place) {
            output.write(values, from(), width(), row, place);
        }
    }
}
