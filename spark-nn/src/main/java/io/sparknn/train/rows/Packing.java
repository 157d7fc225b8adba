package io.sparknn.train.rows;

import io.sparknn.nn.Interruption;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;

/**
 * Packs the rows of a source partition into chunks, each with the worker it is for. Training rows and validation rows are
 * numbered apart, invalid ones not at all, so that each number belongs to a row.
 */
final class Packing implements Function2<Integer, Iterator<Row>, Iterator<Tuple2<Integer, Chunk>>> {
    private static final long serialVersionUID = 1L;

    /** Words that all open chunks of a task may take together; with very many workers they are smaller for it. */
    private static final int OPEN_WORDS = 1 << 22;

    private final TrainingColumns columns;
    private final RowLayout layout;
    private final StructType schema;
    private final int workers;

    Packing(TrainingColumns columns, RowLayout layout, StructType schema, int workers) {
        this.columns = columns;
        this.layout = layout;
        this.schema = schema;
        this.workers = workers;
    }

    @Override
    public Iterator<Tuple2<Integer, Chunk>> call(Integer partition, Iterator<Row> rows) {
        return new Chunks(this, partition, rows);
    }

    private static final class Chunks implements Iterator<Tuple2<Integer, Chunk>> {
        private final Packing plan;
        private final int partition;
        private final Iterator<Row> rows;
        private final RowPacker packer;
        private final Open[] open;
        private final long[] next = new long[2];
        private final Queue<Tuple2<Integer, Chunk>> full = new ArrayDeque<>();
        private long read;
        private long skipped;
        private boolean flushed;

        Chunks(Packing plan, int partition, Iterator<Row> rows) {
            this.plan = plan;
            this.partition = partition;
            this.rows = rows;
            this.packer = new RowPacker(plan.columns, plan.layout, plan.schema);
            this.open = new Open[2 * plan.workers];
        }

        @Override
        public boolean hasNext() {
            while (full.isEmpty() && rows.hasNext()) {
                add(rows.next());
            }
            if (full.isEmpty() && !flushed) {
                flush();
            }
            return !full.isEmpty();
        }

        @Override
        public Tuple2<Integer, Chunk> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return full.remove();
        }

        private void add(Row row) {
            Interruption.check(read);
            Boolean validation = packer.validation(row);
            if (validation == null) {
                invalid(packer.noValidation());
                read++;
                return;
            }
            int kind = validation ? 1 : 0;
            int worker = Deal.worker(partition, next[kind], plan.workers);
            packer.look(row);
            Open chunk = open(kind, worker);
            String problem = packer.pack(row, chunk.mixed, chunk.words, chunk.used);
            if (problem == null) {
                chunk.used += packer.length(chunk.mixed);
                chunk.rows++;
                next[kind]++;
            } else {
                invalid(problem);
            }
            read++;
        }

        /** The open chunk of a kind and worker with room for the row looked at, in a layout that takes it. */
        private Open open(int kind, int worker) {
            int at = 2 * worker + kind;
            if (open[at] == null) {
                open[at] = new Open();
            }
            Open chunk = open[at];
            boolean wrongLayout = packer.mixed() && !chunk.mixed;
            if (chunk.rows > 0 && (wrongLayout || chunk.used + packer.length(chunk.mixed) > capacity())) {
                close(kind, worker);
            }
            if (chunk.rows == 0) {
                chunk.mixed = packer.mixed();
            }
            chunk.reserve(packer.length(chunk.mixed), capacity());
            return chunk;
        }

        private int capacity() {
            return Math.max(1024, Math.min(Chunk.WORDS, OPEN_WORDS / (2 * plan.workers)));
        }

        private void close(int kind, int worker) {
            Open chunk = open[2 * worker + kind];
            full.add(new Tuple2<>(
                    worker,
                    new Chunk(
                            partition,
                            kind == 1,
                            chunk.mixed,
                            chunk.rank,
                            chunk.rows,
                            Arrays.copyOf(chunk.words, chunk.used))));
            chunk.rank += chunk.rows;
            chunk.rows = 0;
            chunk.used = 0;
        }

        private void flush() {
            for (int at = 0; at < open.length; at++) {
                if (open[at] != null && open[at].rows > 0) {
                    close(at % 2, at / 2);
                }
            }
            if (skipped > 0) {
                full.add(new Tuple2<>(Deal.worker(partition, 0, plan.workers), Chunk.ofSkipped(partition, skipped)));
            }
            flushed = true;
        }

        private void invalid(String problem) {
            if (!plan.columns.skipsInvalid()) {
                throw new IllegalArgumentException(plan.columns.who() + " " + problem + " in row " + read
                        + " of partition " + partition + "; mend the data, or setHandleInvalid(\"skip\")");
            }
            skipped++;
        }
    }

    /** A chunk that is being filled. Its array is used for the next one, too. */
    private static final class Open {
        private float[] words = new float[256];
        private boolean mixed;
        private int used;
        private int rows;
        private long rank;

        void reserve(int more, int capacity) {
            if (used + more > words.length) {
                int doubled = Math.min(2 * words.length, capacity);
                words = Arrays.copyOf(words, Math.max(used + more, doubled));
            }
        }
    }
}
