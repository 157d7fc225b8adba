package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
import io.sparknn.tensor.Shape;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;

/** What rows take of the heap, and that they need not fit into it. */
final class RowMemoryTest {
    private static final int WIDTH = 784;

    @Test
    void rowsOf784FloatsTakeLessThan1Point3TimesTheirBytesWhileTraining() {
        String ratio = ChildJvm.run(Heap.class, List.of("-Xmx700m")).trim();
        assertThat(Double.parseDouble(ratio)).isBetween(1.0, 1.3);
    }

    @Test
    void dataLargerThanTheHeapIsKeptInFilesAndComesBackFromSparksDisk() {
        assertThat(ChildJvm.run(Disk.class, List.of("-Xmx300m")).trim())
                .isEqualTo("packed: 120000 rows, on disk true, heap kept true; evicted: 120000 rows; files 0");
    }

    private static SparkSession session(long memory) {
        return SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                // Spark refuses a heap below 450 MB unless it is told that it has more.
                .config("spark.testing.memory", memory << 20)
                .getOrCreate();
    }

    private static double value(long row, int column) {
        return (row * 31 + column * 7L) % 1009;
    }

    private static Dataset<Row> frame(SparkSession session, int rows) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        StructType schema =
                new StructType().add("features", SQLDataTypes.VectorType()).add("label", "double");
        return session.createDataFrame(
                spark.parallelize(IntStream.range(0, 100).boxed().toList(), 5)
                        .flatMap(part -> IntStream.range(part * (rows / 100), (part + 1) * (rows / 100))
                                .mapToObj(i -> RowFactory.create(
                                        Vectors.dense(IntStream.range(0, WIDTH)
                                                .mapToDouble(k -> value(i, k))
                                                .toArray()),
                                        (double) i))
                                .iterator()),
                schema);
    }

    private static TrainingColumns columns() {
        return new TrainingColumns(
                "R(r)",
                new String[] {"features"},
                new Shape[] {Shape.of(Shape.UNKNOWN, WIDTH)},
                "label",
                0,
                1,
                null,
                null,
                "error");
    }

    /** What the heap holds more when rows are packed and an epoch is drawn, as a multiple of the floats' bytes. */
    static final class Heap {
        private static final Queue<BatchOrder> TRAINING = new ConcurrentLinkedQueue<>();

        private Heap() {}

        public static void main(String[] arguments) {
            SparkSession session = session(1200);
            train(session, 200).close();
            TRAINING.clear();
            long before = used();
            int rows = 80_000;
            TrainingData data = train(session, rows);
            long taken = used() - before;
            System.out.println((double) taken / ((long) rows * WIDTH * Float.BYTES));
            data.close();
            session.stop();
        }

        private static TrainingData train(SparkSession session, int rows) {
            TrainingData data = TrainingData.of(frame(session, rows), columns(), 2);
            RowCounts counts =
                    data.summarised(data.rows().map(WorkerRows::summary).collect());
            int batches = data.rows()
                    .map(each -> {
                        BatchOrder order = new BatchOrder(counts, each, 1, true, 128);
                        order.start(0);
                        order.start(1);
                        TRAINING.add(order);
                        return order.batches();
                    })
                    .first();
            assertThat(batches).isEqualTo((rows + 127) / 128);
            return data;
        }

        private static long used() {
            for (int i = 0; i < 5; i++) {
                System.gc();
            }
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    /** 376 MB of rows on a heap of 300, of which Spark believes to have 120 for data. */
    static final class Disk {
        private Disk() {}

        public static void main(String[] arguments) {
            SparkSession session = session(500);
            try (TrainingData data = TrainingData.of(frame(session, 120_000), columns(), 2)) {
                data.summarised(data.rows().map(WorkerRows::summary).collect());
                List<Boolean> onDisk =
                        data.rows().map(rows -> rows.training().isOnDisk()).collect();
                List<Long> heap = data.rows().map(WorkerRows::estimatedSize).collect();
                System.out.print("packed: " + check(data) + " rows, on disk " + !onDisk.contains(false) + ", heap kept "
                        + heap.stream().allMatch(bytes -> bytes > 10 << 20));
                // Others need the memory: Spark moves the least recently used blocks to its disk.
                session.range(0, 100_000_000, 1, 10)
                        .javaRDD()
                        .mapPartitions(ids -> List.of(new byte[11 << 20]).iterator())
                        .persist(StorageLevel.MEMORY_ONLY())
                        .count();
                List<Long> evicted = Arrays.stream(session.sparkContext().getRDDStorageInfo())
                        .filter(info -> info.id() == data.rows().id())
                        .map(info -> info.diskSize())
                        .toList();
                assertThat(evicted.get(0)).isGreaterThan(100 << 20);
                System.out.print("; evicted: " + check(data) + " rows");
            }
            System.out.println("; files " + files().size());
            session.stop();
        }

        private static int check(TrainingData data) {
            return data.rows()
                    .map(rows -> {
                        RowSet set = rows.training();
                        Features x = new Features(1, Shape.of(Shape.UNKNOWN, WIDTH));
                        float[] y = new float[1];
                        int[] order = IntStream.range(0, set.size()).toArray();
                        for (int i = 0; i < order.length; i++) {
                            set.gather(order, i, i + 1, x, y, new float[1]);
                            for (int k = 0; k < WIDTH; k++) {
                                if (x.values(0)[k] != value((long) y[0], k)) {
                                    throw new AssertionError("row " + y[0] + ", column " + k + ": " + x.values(0)[k]);
                                }
                            }
                        }
                        return order.length;
                    })
                    .reduce(Integer::sum);
        }

        /** Files of packed rows that are left. */
        private static List<String> files() {
            List<String> left = new ArrayList<>();
            for (File directory :
                    SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
                for (File sub : directory.listFiles(File::isDirectory)) {
                    left.addAll(List.of(sub.list((in, name) -> name.startsWith("temp_local"))));
                }
            }
            return left;
        }
    }
}
