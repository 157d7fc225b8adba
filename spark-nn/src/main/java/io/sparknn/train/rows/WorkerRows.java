package io.sparknn.train.rows;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.util.KnownSizeEstimation;

/**
 * All rows of one worker, as the single element of its partition that Spark keeps. When Spark moves it to disk it goes
 * there chunk by chunk, and comes back with its words in a file.
 */
@DefaultSerializer(JavaSerializer.class) // Kryo knows writeObject by this only
public final class WorkerRows implements Serializable, KnownSizeEstimation {
    private static final long serialVersionUID = 1L;

    private final RowLayout layout;
    private final int workers;
    private final RowSummary summary;
    private transient RowSet training;
    private transient RowSet validation;

    WorkerRows(RowLayout layout, int workers, RowSummary summary, RowSet training, RowSet validation) {
        this.layout = layout;
        this.workers = workers;
        this.summary = summary;
        this.training = training;
        this.validation = validation;
    }

    /**
     * The number of the worker.
     *
     * @return from 0
     */
    public int worker() {
        return summary.worker();
    }

    /**
     * How many workers the rows were dealt to.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * The rows to train on.
     *
     * @return may be empty
     */
    public RowSet training() {
        return training;
    }

    /**
     * The rows to validate on.
     *
     * @return may be empty
     */
    public RowSet validation() {
        return validation;
    }

    /**
     * What the driver has to know of these rows.
     *
     * @return counts
     */
    public RowSummary summary() {
        return summary;
    }

    /** Bytes on the heap, for Spark's account of its memory; what is in a file does not count. */
    @Override
    public long estimatedSize() {
        return 256 + training.heapBytes() + validation.heapBytes();
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
        out.defaultWriteObject();
        DataOutputStream data = new DataOutputStream(out);
        FloatBytes floats = new FloatBytes();
        try {
            training.chunks(false, chunk -> write(chunk, data, floats));
            validation.chunks(true, chunk -> write(chunk, data, floats));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Chunk.END.write(data, floats);
        data.flush();
    }

    private static void write(Chunk chunk, DataOutputStream out, FloatBytes floats) {
        try {
            chunk.write(out, floats);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
        in.defaultReadObject();
        DataInputStream data = new DataInputStream(in);
        FloatBytes floats = new FloatBytes();
        int partitions = summary.training().length;
        try (WorkerRowsBuilder builder =
                new WorkerRowsBuilder(layout, worker(), workers, partitions, ExecutorStorage.disk())) {
            for (Chunk chunk = Chunk.read(data, floats); chunk.rows() > 0; chunk = Chunk.read(data, floats)) {
                builder.add(chunk);
            }
            WorkerRows rows = builder.finish();
            training = rows.training;
            validation = rows.validation;
        }
    }
}
