package io.sparknn.train.rows;

import io.sparknn.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Packs rows as Spark's tasks would, without Spark. */
final class Packed {
    static final StructType SCHEMA = new StructType()
            .add("features", SQLDataTypes.VectorType())
            .add("label", "double")
            .add("weight", "float")
            .add("isValidation", "boolean");

    private Packed() {}

    /** Vectors of a width, a label, which is a class if there are any, weights and validation rows. */
    static TrainingColumns columns(int width, int classes, String handleInvalid) {
        return new TrainingColumns(
                "Classifier(c_1)",
                new String[] {"features"},
                new Shape[] {Shape.of(Shape.UNKNOWN, width)},
                "label",
                classes,
                1,
                "weight",
                "isValidation",
                handleInvalid);
    }

    /** The chunks that a source partition's task sends, with their workers. */
    static List<Tuple2<Integer, Chunk>> chunks(
            TrainingColumns columns, StructType schema, int workers, int partition, List<Row> rows) {
        Iterator<Tuple2<Integer, Chunk>> packing =
                new Packing(columns, new RowLayout(columns), schema, workers).call(partition, rows.iterator());
        List<Tuple2<Integer, Chunk>> all = new ArrayList<>();
        packing.forEachRemaining(all::add);
        return all;
    }

    /** All chunks that the tasks of all source partitions send, having gone through the shuffle's streams. */
    static List<Tuple2<Integer, Chunk>> shuffled(
            TrainingColumns columns, StructType schema, int workers, List<List<Row>> partitions) {
        List<Tuple2<Integer, Chunk>> all = new ArrayList<>();
        for (int p = 0; p < partitions.size(); p++) {
            all.addAll(chunks(columns, schema, workers, p, partitions.get(p)));
        }
        SerializerInstance serializer = new ChunkSerializer().newInstance();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ClassTag<Object> tag = ClassTag$.MODULE$.apply(Object.class);
        try (SerializationStream out = serializer.serializeStream(bytes)) {
            for (Tuple2<Integer, Chunk> each : all) {
                out.writeKey(each._1(), tag).writeValue(each._2(), tag);
            }
        }
        List<Tuple2<Integer, Chunk>> read = new ArrayList<>();
        scala.collection.Iterator<Tuple2<Object, Object>> in = serializer
                .deserializeStream(new ByteArrayInputStream(bytes.toByteArray()))
                .asKeyValueIterator();
        while (in.hasNext()) {
            Tuple2<Object, Object> next = in.next();
            read.add(new Tuple2<>((Integer) next._1(), (Chunk) next._2()));
        }
        return read;
    }

    /** What a worker makes of the chunks that are for it, in the order given. */
    static WorkerRows receive(
            TrainingColumns columns,
            int worker,
            int workers,
            int partitions,
            List<Tuple2<Integer, Chunk>> chunks,
            Storage storage) {
        try (WorkerRowsBuilder builder =
                new WorkerRowsBuilder(new RowLayout(columns), worker, workers, partitions, storage)) {
            for (Tuple2<Integer, Chunk> each : chunks) {
                if (each._1() == worker) {
                    builder.add(each._2());
                }
            }
            return builder.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of all workers. */
    static List<WorkerRows> pack(
            TrainingColumns columns, StructType schema, int workers, List<List<Row>> partitions, Storage storage) {
        List<Tuple2<Integer, Chunk>> chunks = shuffled(columns, schema, workers, partitions);
        List<WorkerRows> all = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            all.add(receive(columns, worker, workers, partitions.size(), chunks, storage));
        }
        return all;
    }

    /** The counts of all rows. */
    static RowCounts counts(TrainingColumns columns, List<WorkerRows> workers) {
        return new RowCounts(columns, workers.stream().map(WorkerRows::summary).toList());
    }

    /** A heap of some bytes and files in a directory. */
    static Storage storage(long heap, Path directory) {
        return new Storage() {
            private long left = heap;

            @Override
            public boolean reserve(long bytes) {
                boolean granted = bytes <= left;
                left -= granted ? bytes : 0;
                return granted;
            }

            @Override
            public Path file() {
                return directory.resolve(UUID.randomUUID().toString());
            }
        };
    }

    /** As much heap as is asked for. */
    static Storage heap() {
        return storage(Long.MAX_VALUE, null);
    }
}
