package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Tuple2;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** What a worker holds is what the rows held, wherever it is kept and however it came. */
@Tag("fast")
final class WorkerRowsTest {
    private static final int WIDTH = 50;
    private static final StructType SCHEMA = new StructType()
            .add("a", SQLDataTypes.VectorType())
            .add("b", "float")
            .add("y", SQLDataTypes.VectorType())
            .add("w", "double");

    @TempDir
    Path directory;

    /** The share of vectors in column a that are dense. */
    static Stream<Double> shares() {
        return Stream.of(1.0, 0.0, 0.5, 0.02);
    }

    private static TrainingColumns columns() {
        return new TrainingColumns(
                "Regressor(r_1)",
                new String[] {"a", "b"},
                new Shape[] {Shape.of(Shape.UNKNOWN, 5, WIDTH / 5), Shape.of(Shape.UNKNOWN, 1)},
                "y",
                0,
                2,
                "w",
                null,
                "error");
    }

    private static List<List<Row>> partitions(double dense) {
        Random random = new Random(5);
        List<List<Row>> all = new ArrayList<>();
        for (int rows : new int[] {3000, 0, 1, 700}) {
            List<Row> partition = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                partition.add(RowFactory.create(
                        vector(random.nextDouble() < dense ? WIDTH : random.nextInt(10), random),
                        random.nextFloat(),
                        Vectors.dense(random.nextGaussian(), random.nextGaussian()),
                        random.nextDouble()));
            }
            all.add(partition);
        }
        return all;
    }

    /** Sparse vectors with a value or two that are zero, or dense ones. */
    private static Vector vector(int values, Random random) {
        double[] numbers = random.doubles(values, -1, 1).toArray();
        if (values == WIDTH) {
            return Vectors.dense(numbers);
        }
        int[] indices = random.ints(0, WIDTH).distinct().limit(values).sorted().toArray();
        if (values > 3) {
            numbers[2] = 0;
        }
        return Vectors.sparse(WIDTH, indices, numbers);
    }

    /** All rows of a worker are those of the partitions that were dealt to it. */
    private static void check(WorkerRows worker, List<List<Row>> partitions) {
        RowSet rows = worker.training();
        int n = rows.size();
        Features features = new Features(n, Shape.of(Shape.UNKNOWN, WIDTH), Shape.of(Shape.UNKNOWN, 1));
        float[] labels = new float[2 * n];
        float[] weights = new float[n];
        // Blocks are used again and again: what was in them must not show.
        java.util.Arrays.fill(features.values(0), Float.NaN);
        // Backwards, in two parts.
        int[] order = IntStream.range(0, n).map(i -> n - 1 - i).toArray();
        rows.gather(order, 0, n, features, labels, weights);
        int expected = 0;
        for (int p = 0; p < partitions.size(); p++) {
            for (int i = 0; i < partitions.get(p).size(); i++) {
                if (Deal.worker(p, i, worker.workers()) != worker.worker()) {
                    continue;
                }
                Row row = partitions.get(p).get(i);
                assertThat(rows.partition(expected)).isEqualTo(p);
                assertThat(rows.index(expected)).isEqualTo(i);
                int at = n - 1 - expected++;
                double[] a = ((Vector) row.get(0)).toArray();
                for (int k = 0; k < WIDTH; k++) {
                    assertThat(features.values(0)[at * WIDTH + k]).isEqualTo((float) a[k]);
                }
                assertThat(features.values(1)[at]).isEqualTo(row.getFloat(1));
                assertThat(labels[2 * at]).isEqualTo((float) ((Vector) row.get(2)).apply(0));
                assertThat(labels[2 * at + 1]).isEqualTo((float) ((Vector) row.get(2)).apply(1));
                assertThat(weights[at]).isEqualTo((float) row.getDouble(3));
            }
        }
        assertThat(expected).isEqualTo(n);
    }

    @ParameterizedTest
    @MethodSource("shares")
    void rowsAreTheSameOnTheHeapInAFileAndInBoth(double dense) throws IOException {
        List<List<Row>> partitions = partitions(dense);
        for (int workers : new int[] {1, 3}) {
            for (long heap : new long[] {Long.MAX_VALUE, workers == 1 ? 140_000 : 0}) {
                for (WorkerRows each :
                        Packed.pack(columns(), SCHEMA, workers, partitions, Packed.storage(heap, directory))) {
                    check(each, partitions);
                    assertThat(each.training().isOnDisk()).isEqualTo(heap < 1_000_000);
                    assertThat(each.estimatedSize()).isLessThan(heap < 1_000_000 ? 180_000 : 1_000_000);
                }
                assertThat(files()).isEmpty();
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    @Test
    void sparseRowsStaySparse() {
        WorkerRows sparse =
                Packed.pack(columns(), SCHEMA, 1, partitions(0), Packed.heap()).get(0);
        WorkerRows dense =
                Packed.pack(columns(), SCHEMA, 1, partitions(1), Packed.heap()).get(0);
        // 4.5 values on average take 9 words of 50; label, weight, headers and location take 9.
        assertThat(sparse.estimatedSize()).isLessThan(dense.estimatedSize() * 2 / 5);
    }

    @ParameterizedTest
    @MethodSource("shares")
    void theOrderInWhichChunksArriveChangesNothing(double dense) {
        List<List<Row>> partitions = partitions(dense);
        List<Tuple2<Integer, Chunk>> chunks = Packed.shuffled(columns(), SCHEMA, 2, partitions);
        WorkerRows first = Packed.receive(columns(), 1, 2, 4, chunks, Packed.heap());
        for (int i = 0; i < 5; i++) {
            Collections.shuffle(chunks, new Random(i));
            WorkerRows again = Packed.receive(columns(), 1, 2, 4, chunks, Packed.storage(100_000, directory));
            check(again, partitions);
            assertThat(again.summary().fingerprint()).isEqualTo(first.summary().fingerprint());
            assertThat(again.summary().weightSum()).isEqualTo(first.summary().weightSum());
        }
    }

    @Test
    void aChunkThatIsMissingOrThereTwiceIsNoticed() {
        List<Tuple2<Integer, Chunk>> chunks = Packed.shuffled(columns(), SCHEMA, 1, partitions(1));
        assertThat(chunks).hasSizeGreaterThan(5);
        List<Tuple2<Integer, Chunk>> missing = new ArrayList<>(chunks);
        missing.remove(2);
        assertThatThrownBy(() -> Packed.receive(columns(), 0, 1, 4, missing, Packed.heap()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the shuffle lost or doubled rows");
        List<Tuple2<Integer, Chunk>> twice = new ArrayList<>(chunks);
        twice.add(chunks.get(3));
        assertThatThrownBy(() -> Packed.receive(columns(), 0, 1, 4, twice, Packed.heap()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the shuffle lost or doubled rows");
        // The last one of a partition leaves no gap; then its rows are too few for what others have.
        List<Tuple2<Integer, Chunk>> all = Packed.shuffled(columns(), SCHEMA, 2, partitions(1));
        List<Tuple2<Integer, Chunk>> ofFirst =
                all.stream().filter(chunk -> chunk._1() == 0).toList();
        WorkerRows less = Packed.receive(columns(), 0, 2, 4, ofFirst.subList(0, ofFirst.size() - 1), Packed.heap());
        WorkerRows other = Packed.receive(columns(), 1, 2, 4, all, Packed.heap());
        assertThatThrownBy(() -> Packed.counts(columns(), List.of(less, other)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the shuffle lost or doubled rows");
    }

    @Test
    void otherRowsHaveAnotherFingerprint() {
        List<List<Row>> partitions = partitions(1);
        long fingerprint = fingerprint(partitions);
        Collections.swap(partitions.get(0), 10, 11);
        assertThat(fingerprint(partitions)).isNotEqualTo(fingerprint);
        Collections.swap(partitions.get(0), 10, 11);
        assertThat(fingerprint(partitions)).isEqualTo(fingerprint);
        Collections.swap(partitions, 0, 1);
        assertThat(fingerprint(partitions)).isNotEqualTo(fingerprint);
    }

    private static long fingerprint(List<List<Row>> partitions) {
        return Packed.pack(columns(), SCHEMA, 1, partitions, Packed.heap())
                .get(0)
                .summary()
                .fingerprint();
    }

    @ParameterizedTest
    @MethodSource("shares")
    void bothSerialisersCarryThemWhereverTheyAreKept(double dense) {
        List<List<Row>> partitions = partitions(dense);
        for (Serializer serializer :
                new Serializer[] {new JavaSerializer(new SparkConf()), new KryoSerializer(new SparkConf())}) {
            for (long heap : new long[] {Long.MAX_VALUE, 140_000}) {
                for (WorkerRows rows : Packed.pack(columns(), SCHEMA, 2, partitions, Packed.storage(heap, directory))) {
                    SerializerInstance instance = serializer.newInstance();
                    ClassTag<WorkerRows> tag = ClassTag$.MODULE$.apply(WorkerRows.class);
                    WorkerRows copy = instance.deserialize(instance.serialize(rows, tag), tag);
                    check(copy, partitions);
                    assertThat(copy.summary().fingerprint())
                            .isEqualTo(rows.summary().fingerprint());
                    assertThat(copy.summary().weightSum())
                            .isEqualTo(rows.summary().weightSum());
                }
            }
        }
    }

    /** Pieces have a gigabyte; here ten words. */
    @Test
    void rowsDoNotCrossThePiecesOfAFile() throws IOException {
        WordsFile file = new WordsFile(directory.resolve("words"), 10);
        long[] locations = new long[8];
        for (int i = 0; i < locations.length; i++) {
            locations[i] = file.add(new float[] {-1, i, i + 0.25f, i + 0.5f, i + 0.75f}, 1, i % 2 == 0 ? 4 : 3);
        }
        Words words = new Words(new float[0][], file.map());
        for (int i = 0; i < locations.length; i++) {
            float[] row = new float[3];
            words.copy(locations[i], 0, row, 0, 3);
            assertThat(row).containsExactly(i, i + 0.25f, i + 0.5f);
            assertThat(words.word(locations[i], 1)).isEqualTo(i + 0.25f);
        }
        assertThat(locations[7] >>> 32).isEqualTo(Words.PIECES + 3);
        assertThat(files()).isEmpty();
    }

    @Test
    void aFailedTaskLeavesNoFile() throws IOException {
        List<Tuple2<Integer, Chunk>> chunks = Packed.shuffled(columns(), SCHEMA, 1, partitions(1));
        try (WorkerRowsBuilder builder =
                new WorkerRowsBuilder(new RowLayout(columns()), 0, 1, 4, Packed.storage(0, directory))) {
            builder.add(chunks.get(0)._2());
            assertThat(files()).hasSize(1);
        }
        assertThat(files()).isEmpty();
    }

    /** An autoencoder's label is its input: kept once. */
    @Test
    void aLabelThatIsAFeatureIsNotKeptTwice() {
        StructType schema = new StructType().add("a", SQLDataTypes.VectorType());
        TrainingColumns columns = new TrainingColumns(
                "Regressor(r_1)",
                new String[] {"a"},
                new Shape[] {Shape.of(Shape.UNKNOWN, WIDTH)},
                "a",
                0,
                WIDTH,
                null,
                null,
                "error");
        for (double dense : new double[] {1, 0}) {
            List<Row> rows = partitions(dense).get(0).stream()
                    .map(row -> RowFactory.create(row.get(0)))
                    .toList();
            WorkerRows worker = Packed.pack(columns, schema, 1, List.of(rows), Packed.heap())
                    .get(0);
            Features features = new Features(2, Shape.of(Shape.UNKNOWN, WIDTH));
            float[] labels = new float[2 * WIDTH];
            float[] weights = new float[2];
            worker.training().gather(new int[] {7, 70, 700}, 1, 3, features, labels, weights);
            assertThat(labels).isEqualTo(features.values(0));
            assertThat((double) labels[WIDTH + 3])
                    .isEqualTo((float) ((Vector) rows.get(700).get(0)).apply(3));
            assertThat(weights).containsExactly(1, 1);
            assertThat(worker.estimatedSize()).isLessThan((long) (rows.size() * WIDTH * 4 * (dense * 0.7 + 0.5)));
        }
    }
}
