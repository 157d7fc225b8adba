package io.sparknn.nn;

import io.sparknn.nn.plan.RowBlock;
import io.sparknn.nn.plan.RowLayout;
import io.sparknn.nn.plan.RowMetrics;
import io.sparknn.nn.plan.RowTask;
import io.sparknn.tensor.RowPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * Scores the rows of a partition: each row with the output behind its columns, a block ahead of what is asked for. Rows
 * as users see them, or as Spark stores them: with the same bits.
 */
final class ScoreTask implements MapPartitionsFunction<Row, Row>, RowTask {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Layer> layer;
    private final Inputs inputs;
    private final String handleInvalid;
    private final RowScorer.Output output;
    private final int width;
    private final RowPart[] resolved;

    ScoreTask(
            Broadcast<Layer> layer,
            Inputs inputs,
            String handleInvalid,
            RowScorer.Output output,
            int width,
            RowPart... resolved) {
        this.layer = layer;
        this.inputs = inputs;
        this.handleInvalid = handleInvalid;
        this.output = output;
        this.width = width;
        this.resolved = resolved;
    }

    /** The places of the columns it reads. */
    int[] places() {
        return java.util.Arrays.stream(inputs.columns())
                .mapToInt(InputColumn::index)
                .toArray();
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Blocks<Row> blocks = blocks(List.of(inputs.columns()));
        List<Row> read = new ArrayList<>();
        return new Scored<>(
                () -> {
                    read.clear();
                    if (!blocks.read(rows, read::add)) {
                        return 0;
                    }
                    forward(() -> blocks.forward((values, i) -> read.set(i, row(read.get(i), values))));
                    return read.size();
                },
                read::get);
    }

    private Row row(Row row, Blocks.Output values) {
        Object[] columns = new Object[row.size() + width];
        for (int i = 0; i < row.size(); i++) {
            columns[i] = row.get(i);
        }
        if (values != null) {
            values.write(output, columns, row.size());
        }
        return RowFactory.create(columns);
    }

    @Override
    public Iterator<InternalRow> apply(Iterator<InternalRow> rows, RowLayout layout, RowMetrics metrics) {
        List<StoredColumn> readers = new ArrayList<>();
        for (int i = 0; i < inputs.columns().length; i++) {
            readers.add(new StoredColumn(inputs.columns()[i], layout.input(i), layout.inputType(i)));
        }
        Blocks<InternalRow> blocks = blocks(readers);
        RowBlock scored = new RowBlock(layout);
        Object[] columns = new Object[width];
        return new Scored<>(
                () -> {
                    scored.clear();
                    if (!blocks.read(rows, scored::add)) {
                        return 0;
                    }
                    long start = System.nanoTime();
                    forward(() -> blocks.forward((values, i) -> write(values, scored, i, columns)));
                    metrics.block(scored.size(), System.nanoTime() - start);
                    return scored.size();
                },
                scored::row);
    }

    private void write(Blocks.Output values, RowBlock block, int place, Object... columns) {
        if (values == null) {
            return;
        }
        if (output instanceof OneVector) {
            block.write(place, values.values(), values.from(), values.width());
        } else {
            values.write(output, columns, 0);
            block.write(place, columns);
        }
    }

    private <R> Blocks<R> blocks(List<? extends CellReader<R>> readers) {
        return new Blocks<>(
                layer.value(),
                inputs,
                readers,
                handleInvalid,
                TaskContext.getPartitionId(),
                new ScoringRows(resolved));
    }

    private void forward(Runnable pass) {
        try {
            pass.run();
        } catch (ScoringRows.Unresolved e) {
            throw new IllegalStateException(
                    inputs.who() + " reduced over rows in a branch that depends on values which"
                            + " are not known before the data is seen; let no control flow depend on parameters' values",
                    e);
        }
    }

    /** As plans print it. */
    @Override
    public String toString() {
        return inputs.who();
    }

    /** Block after block, each row of it in turn. */
    private static final class Scored<R> implements Iterator<R> {
        private final IntSupplier nextBlock;
        private final IntFunction<R> row;
        private int size;
        private int next;

        Scored(IntSupplier nextBlock, IntFunction<R> row) {
            this.nextBlock = nextBlock;
            this.row = row;
        }

        @Override
        public boolean hasNext() {
            if (next == size) {
                next = 0;
                size = nextBlock.getAsInt();
            }
            return next < size;
        }

        @Override
        public R next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return row.apply(next++);
        }
    }
}
