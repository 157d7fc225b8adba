package io.sparknn.nn;

import io.sparknn.nn.plan.RowOutput;
import io.sparknn.nn.plan.RowStep;
import io.sparknn.nn.plan.RowTask;
import io.sparknn.tensor.RowPart;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

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
        return new Scored(rows);
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
    public RowStep start(int[] ordinals, DataType... types) {
        List<StoredColumn> readers = new ArrayList<>();
        for (int i = 0; i < ordinals.length; i++) {
            readers.add(new StoredColumn(inputs.columns()[i], ordinals[i], types[i]));
        }
        return new Step(blocks(readers));
    }

    /** Rows as Spark stores them, read and written without objects on the way where there are many. */
    private final class Step implements RowStep {
        private final Blocks<InternalRow> blocks;
        private final Object[] columns = new Object[width];

        Step(Blocks<InternalRow> blocks) {
            this.blocks = blocks;
        }

        @Override
        public boolean read(Iterator<InternalRow> rows, Predicate<InternalRow> kept) {
            return blocks.read(rows, kept);
        }

        @Override
        public boolean take(float[] values, int width, int rows) {
            return blocks.take(values, width, rows);
        }

        @Override
        public void forward(RowOutput to) {
            ScoreTask.this.forward(
                    () -> blocks.forward(values -> writeAll(values, to), (values, i) -> write(values, i, to)));
        }

        private boolean writeAll(Blocks.Output values, RowOutput to) {
            boolean even = output instanceof OneVector && values.evenWidth() >= 0;
            if (even) {
                to.writeAll(values.values(), values.evenWidth(), blocks.size());
            }
            return even;
        }

        private void write(Blocks.Output values, int place, RowOutput to) {
            if (values != null && output instanceof OneVector) {
                to.write(place, values.values(), values.from(), values.width());
            } else if (values != null) {
                values.write(output, columns, 0);
                to.write(place, columns);
            }
        }
    }

    private <R> Blocks<R> blocks(List<? extends CellReader<R>> readers) {
        return new Blocks<>(
                layer.value(), inputs, readers, handleInvalid, TaskContext.getPartitionId(), new ScoringRows(resolved));
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
    private final class Scored implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Blocks<Row> blocks = blocks(List.of(inputs.columns()));
        private final List<Row> block = new ArrayList<>();
        private int next;

        Scored(Iterator<Row> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            if (next == block.size()) {
                next = 0;
                block.clear();
                if (blocks.read(rows, block::add)) {
                    forward(() -> blocks.forward((values, i) -> block.set(i, row(block.get(i), values))));
                }
            }
            return next < block.size();
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return block.get(next++);
        }
    }
}
