package io.sparknn.nn;

import io.sparknn.tensor.RowPart;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Scores the rows of a partition: each row with the output behind its columns, a block ahead of what is asked for. */
final class ScoreTask implements MapPartitionsFunction<Row, Row> {
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

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Layer network = layer.value();
        Blocks blocks =
                new Blocks(network, inputs, handleInvalid, TaskContext.getPartitionId(), new ScoringRows(resolved));
        return new Scored(inputs.who(), rows, blocks);
    }

    private final class Scored implements Iterator<Row> {
        private final String who;
        private final Iterator<Row> rows;
        private final Blocks blocks;
        private Row[] scored = new Row[0];
        private int size;
        private int next;

        Scored(String who, Iterator<Row> rows, Blocks blocks) {
            this.who = who;
            this.rows = rows;
            this.blocks = blocks;
        }

        @Override
        public boolean hasNext() {
            while (next == size && blocks.read(rows)) {
                score();
            }
            return next < size;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return scored[next++];
        }

        private void score() {
            next = 0;
            size = 0;
            try {
                blocks.forward(this::add);
            } catch (ScoringRows.Unresolved e) {
                throw new IllegalStateException(
                        who + " reduced over rows in a branch that depends on values which"
                                + " are not known before the data is seen; let no control flow depend on parameters' values",
                        e);
            }
        }

        private void add(Row row, Blocks.Output values) {
            if (size == scored.length) {
                scored = java.util.Arrays.copyOf(scored, Math.max(64, 2 * size));
            }
            Object[] columns = new Object[row.size() + width];
            for (int i = 0; i < row.size(); i++) {
                columns[i] = row.get(i);
            }
            if (values != null) {
                values.write(output, columns, row.size());
            }
            scored[size++] = RowFactory.create(columns);
        }
    }
}
