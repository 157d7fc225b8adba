package io.sparknn.train.rows;

import io.sparknn.nn.ColumnReader;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.ShuffledRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * The rows of a fit, packed and dealt to workers, as the driver holds them: an RDD with one element in each worker's
 * partition, kept by Spark until this is closed. Nothing is computed before a job asks for it; the first one packs.
 */
public final class TrainingData implements AutoCloseable {
    private final TrainingColumns columns;
    private final JavaRDD<Tuple2<Integer, Chunk>> packed;
    private final JavaRDD<WorkerRows> rows;

    private TrainingData(TrainingColumns columns, JavaRDD<Tuple2<Integer, Chunk>> packed, JavaRDD<WorkerRows> rows) {
        this.columns = columns;
        this.packed = packed;
        this.rows = rows;
    }

    /**
     * Plans how the rows are packed and dealt. To deal them to another number of workers, close this and plan again.
     *
     * @param dataset the rows
     * @param columns what they hold
     * @param workers how many workers get them, from 1 to 1,024
     * @return the plan
     */
    public static TrainingData of(Dataset<?> dataset, TrainingColumns columns, int workers) {
        if (workers < 1 || workers > Deal.PLACES) {
            throw new IllegalArgumentException(columns.who() + " expects 1 to " + Deal.PLACES + " workers, got "
                    + workers + "; call setNumWorkers");
        }
        Dataset<Row> selected = select(dataset, columns);
        RowLayout layout = new RowLayout(columns);
        StructType schema = selected.schema();
        new RowPacker(columns, layout, schema); // finds columns of wrong types here, and not on an executor
        JavaRDD<Row> source = selected.javaRDD();
        JavaRDD<Tuple2<Integer, Chunk>> packed =
                source.mapPartitionsWithIndex(new Packing(columns, layout, schema, workers), false);
        ShuffledRDD<Integer, Chunk, Chunk> dealt = new ShuffledRDD<>(
                        packed.rdd(),
                        new HashPartitioner(workers),
                        tag(Integer.class),
                        tag(Chunk.class),
                        tag(Chunk.class))
                .setSerializer(new ChunkSerializer());
        JavaRDD<WorkerRows> rows = dealt.toJavaRDD()
                .mapPartitionsWithIndex(new Receiving(layout, workers, source.getNumPartitions()), true);
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        return new TrainingData(columns, packed, rows);
    }

    private static <T> ClassTag<T> tag(Class<T> type) {
        return ClassTag$.MODULE$.apply(type);
    }

    private static Dataset<Row> select(Dataset<?> dataset, TrainingColumns columns) {
        StructType schema = dataset.schema();
        for (String name : RowPacker.names(columns)) {
            ColumnReader.check(columns.who(), name, schema);
        }
        return dataset.select(RowPacker.names(columns).stream()
                .map(name -> ColumnReader.column(dataset, name))
                .toArray(Column[]::new));
    }

    /**
     * The rows: in the partition of each worker one element.
     *
     * @return the same each time
     */
    public JavaRDD<WorkerRows> rows() {
        return rows;
    }

    /**
     * Adds up what workers found in their rows.
     *
     * @param summaries of all workers, in any order
     * @return counts of all rows
     */
    public RowCounts summarised(List<RowSummary> summaries) {
        if (summaries.size() != rows.getNumPartitions()) {
            throw new IllegalArgumentException(columns.who() + " expects the summaries of " + rows.getNumPartitions()
                    + " workers, got " + summaries.size());
        }
        return new RowCounts(columns, summaries);
    }

    /** Lets Spark drop the rows and what the shuffle left on disk; does not wait for it. */
    @Override
    public void close() {
        rows.unpersist(false);
        // Ends at RDDs that are kept: marked so, ours hides the shuffles of the user's DataFrame behind it.
        packed.persist(StorageLevel.DISK_ONLY());
        rows.rdd().cleanShuffleDependencies(false);
        packed.unpersist(false);
    }
}
