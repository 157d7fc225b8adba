package io.sparknn.nn;

import io.sparknn.tensor.RowPart;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Scores the rows of a partition: each row with the output behind its columns, a block ahead of what is asked for. */
final class ScoreTask implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Layer> layer;
    private final Inputs inputs;
    private final String handleInvalid;
    private final RowPart[] resolved;

    ScoreTask(Broadcast<Layer> layer, Inputs inputs, String handleInvalid, RowPart... resolved) {
        this.layer = layer;
        this.inputs = inputs;
        this.handleInvalid = handleInvalid;
        this.resolved = resolved;
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
        Layer network = layer.value();
        Blocks blocks =
                new Blocks(network, inputs, handleInvalid, TaskContext.getPartitionId(), new ScoringRows(resolved));
        return new Scored(network, rows, blocks);
    }

    private static final class Scored implements Iterator<Row> {
        private final Layer layer;
        private final Iterator<Row> rows;
        private final Blocks blocks;
        private Row[] scored = new Row[0];
        private int size;
        private int next;

        Scored(Layer layer, Iterator<Row> rows, Blocks blocks) {
            this.layer = layer;
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
                        layer.who() + " reduced over rows in a branch that depends on values which"
                                + " are not known before the data is seen; let no control flow depend on parameters' values",
                        e);
            }
        }

        private void add(Row row, Blocks.Output output) {
            if (size == scored.length) {
                scored = java.util.Arrays.copyOf(scored, Math.max(64, 2 * size));
            }
            Object[] columns = new Object[row.size() + 1];
            for (int i = 0; i < row.size(); i++) {
                columns[i] = row.get(i);
            }
            columns[row.size()] = output == null ? null : Vectors.dense(output.row());
            scored[size++] = RowFactory.create(columns);
        }
    }
}
