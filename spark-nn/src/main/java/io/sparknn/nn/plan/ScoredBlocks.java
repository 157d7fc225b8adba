package io.sparknn.nn.plan;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a partition with their new columns, a block ahead of what is asked for. Tasks that follow one another work
 * on the same bytes: the second one reads what the first one wrote.
 */
final class ScoredBlocks implements Iterator<InternalRow> {
    private final Iterator<InternalRow> rows;
    private final RowBlock block;
    private final RowStep[] steps;
    private final Output[] outputs;
    private final RowMetrics metrics;
    private final SourceFiles files = new SourceFiles();
    private int[] places = new int[64];
    private int size;
    private int next;

    ScoredBlocks(Iterator<InternalRow> rows, RowLayout layout, List<RowTask> tasks, RowMetrics metrics) {
        this.rows = rows;
        this.block = new RowBlock(layout);
        this.metrics = metrics;
        this.steps = new RowStep[tasks.size()];
        this.outputs = new Output[tasks.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = layout.start(i, tasks.get(i));
            outputs[i] = new Output(layout, i);
        }
    }

    @Override
    public boolean hasNext() {
        // a block all of whose rows a later task drops is none
        while (next == size && readBlock()) {
            for (int i = 1; i < steps.length; i++) {
                if (outputs[i - 1].handedOn()) {
                    forward(steps[i], outputs[i], 0, true);
                } else {
                    follow(steps[i], outputs[i]);
                }
            }
        }
        return next < size;
    }

    @Override
    public InternalRow next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        files.give(places[next]);
        return block.row(places[next++]);
    }

    private boolean readBlock() {
        next = 0;
        size = 0;
        block.clear();
        files.clear();
        if (!steps[0].read(rows, this::add)) {
            return false;
        }
        forward(steps[0], outputs[0], 0, true);
        return true;
    }

    private boolean add(InternalRow row) {
        files.read(size);
        boolean room = block.add(row);
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size] = size;
        size++;
        return room;
    }

    /** The next task over the rows of the block, in blocks of its own; places move up where it drops some. */
    private void follow(RowStep step, Output output) {
        Written written = new Written(size);
        size = 0;
        int first = 0;
        while (step.read(written, row -> keep(written.current()))) {
            forward(step, output, first, first == 0 && !written.hasNext());
            first = size;
        }
    }

    private boolean keep(int place) {
        places[size++] = place;
        return true;
    }

    /** Computes rows from the given one on; whether these are all of the block. */
    private void forward(RowStep step, Output output, int first, boolean whole) {
        long start = System.nanoTime();
        output.begin(first, whole);
        step.forward(output);
        metrics.block(step == steps[steps.length - 1] ? size - first : 0, System.nanoTime() - start);
    }

    /** The rows of the block as far as they are written. */
    private final class Written implements Iterator<InternalRow> {
        private final int end;
        private int at;

        Written(int end) {
            this.end = end;
        }

        int current() {
            return places[at - 1];
        }

        @Override
        public boolean hasNext() {
            return at < end;
        }

        @Override
        public InternalRow next() {
            if (at == end) {
                throw new NoSuchElementException();
            }
            return block.row(places[at++]);
        }
    }

    /** Where a task's new columns go: into the rows, or right to the next task, if that reads nothing else. */
    private final class Output implements RowOutput {
        private final int[] fields;
        private final int next;
        private final boolean between;
        private int first;
        private boolean whole;
        private boolean handed;

        Output(RowLayout layout, int number) {
            fields = layout.outputs(number);
            next = number + 1 < layout.tasks() && layout.follows(number + 1) ? number + 1 : -1;
            between = next >= 0 && layout.isBetween(fields[0]);
        }

        void begin(int from, boolean isWhole) {
            first = from;
            whole = isWhole;
        }

        /** Whether the next task has its block by now. */
        boolean handedOn() {
            boolean was = handed;
            handed = false;
            return was;
        }

        @Override
        public void write(int place, Object... values) {
            block.write(places[first + place], fields, values);
        }

        @Override
        public void write(int place, float[] values, int from, int width) {
            if (fields[0] >= 0) {
                block.write(places[first + place], fields[0], values, from, width);
            }
        }

        @Override
        public void writeAll(float[] values, int width, int rows) {
            handed = next >= 0 && whole && steps[next].take(values, width, rows);
            if (handed && between) {
                return;
            }
            for (int i = 0; i < rows; i++) {
                write(i, values, i * width, width);
            }
        }
    }
}
