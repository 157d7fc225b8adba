package io.sparknn.nn;

import io.sparknn.tensor.RowPart;
import java.io.Serializable;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Runs a layer over the rows of a partition up to the first reduction that is not resolved yet. */
final class PartTask implements Function2<Integer, Iterator<Row>, Iterator<PartTask.Part>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<Layer> layer;
    private final Inputs inputs;
    private final String handleInvalid;
    private final RowPart[] resolved;

    PartTask(Broadcast<Layer> layer, Inputs inputs, String handleInvalid, RowPart... resolved) {
        this.layer = layer;
        this.inputs = inputs;
        this.handleInvalid = handleInvalid;
        this.resolved = resolved;
    }

    @Override
    public Iterator<Part> call(Integer partition, Iterator<Row> rows) {
        ScoringRows reductions = new ScoringRows(resolved);
        List<InputColumn> readers = List.of(inputs.columns());
        Blocks<Row> blocks = new Blocks<>(layer.value(), inputs, readers, handleInvalid, partition, reductions);
        Part part = new Part();
        while (blocks.read(rows, row -> true)) {
            try {
                blocks.forward((output, place) -> {});
                part.finished |= reductions.pending() == null && blocks.hasValues();
            } catch (ScoringRows.Unresolved e) {
                RowPart block = reductions.pending();
                if (part.sum == null) {
                    part.sum = block;
                } else {
                    part.sum.add(block);
                }
            }
        }
        return Collections.singletonList(part).iterator();
    }

    /** What a partition contributes: its part of the next reduction, and whether some block met none. */
    static final class Part implements Serializable {
        private static final long serialVersionUID = 1L;

        private RowPart sum;
        private boolean finished;

        /** Adds a later partition. */
        void add(Part later) {
            if (sum == null) {
                sum = later.sum;
            } else if (later.sum != null) {
                sum.add(later.sum);
            }
            finished |= later.finished;
        }

        RowPart sum() {
            return sum;
        }

        boolean finished() {
            return finished;
        }
    }
}
