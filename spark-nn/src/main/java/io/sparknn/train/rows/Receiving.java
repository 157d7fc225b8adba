package io.sparknn.train.rows;

import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/** Makes the one element of a worker's partition. */
final class Receiving implements Function2<Integer, Iterator<Tuple2<Integer, Chunk>>, Iterator<WorkerRows>> {
    private static final long serialVersionUID = 1L;

    private final RowLayout layout;
    private final int workers;
    private final int partitions;

    Receiving(RowLayout layout, int workers, int partitions) {
        this.layout = layout;
        this.workers = workers;
        this.partitions = partitions;
    }

    @Override
    @SuppressWarnings("resource") // closed when the task ends, for only then Spark has taken the rows in
    public Iterator<WorkerRows> call(Integer worker, Iterator<Tuple2<Integer, Chunk>> chunks) throws IOException {
        ExecutorStorage storage = new ExecutorStorage();
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> storage.close());
        try (WorkerRowsBuilder builder = new WorkerRowsBuilder(layout, worker, workers, partitions, storage)) {
            while (chunks.hasNext()) {
                builder.add(chunks.next()._2());
            }
            return Collections.singletonList(builder.finish()).iterator();
        }
    }
}
