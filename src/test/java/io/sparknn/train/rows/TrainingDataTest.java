package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.tensor.Shape;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.RDDBlockId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows of a DataFrame on their way to workers. */
final class TrainingDataTest {
    private static Dataset<Row> frame(StructType schema, List<List<Row>> partitions) {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        return SharedSpark.session()
                .createDataFrame(
                        spark.parallelize(partitions, partitions.size()).flatMap(List::iterator), schema);
    }

    private static RowCounts pack(TrainingData data) {
        return data.summarised(data.rows().map(WorkerRows::summary).collect());
    }

    private static Row row(double x, Object label, Object weight, Object validation) {
        return RowFactory.create(Vectors.dense(x, -x), label, weight, validation);
    }

    private static Row good(int i) {
        return row(i, (double) (i % 3), 0.5f, i % 4 == 3);
    }

    private static List<Row> good(int from, int to) {
        return IntStream.range(from, to).mapToObj(TrainingDataTest::good).toList();
    }

    @Test
    void everyWorkerHasOneElementWithItsRowsAndTheDriverTheirCounts() {
        Dataset<Row> frame = frame(Packed.SCHEMA, List.of(good(0, 40), List.of(), good(40, 60), good(60, 61)));
        for (int workers : new int[] {1, 3, 8}) {
            try (TrainingData data = TrainingData.of(frame, Packed.columns(2, 3, "error"), workers)) {
                RowCounts counts = pack(data);
                counts.check();
                assertThat(data.rows().glom().map(List::size).collect())
                        .hasSize(workers)
                        .containsOnly(1);
                assertThat(counts.workers()).isEqualTo(workers);
                assertThat(counts.rows()).isEqualTo(46);
                assertThat(counts.validationRows()).isEqualTo(15);
                assertThat(counts.training()).containsExactly(30, 0, 15, 1);
                assertThat(counts.classCounts()).containsExactly(16, 15, 15);
                assertThat(counts.weightSum()).isEqualTo(23);
                assertThat(counts.skipped()).isZero();
                // In each task: batches of the counts and the rows, each row once.
                List<Double> seen = data.rows()
                        .flatMap(rows -> {
                            BatchOrder order = new BatchOrder(counts, rows, 1, true, 8);
                            order.start(0);
                            int n = rows.training().size();
                            Features x = new Features(n, Shape.of(Shape.UNKNOWN, 2));
                            rows.training().gather(order.order(), 0, n, x, new float[n], new float[n]);
                            return IntStream.range(0, n)
                                    .mapToObj(i -> (double) x.values(0)[2 * i])
                                    .iterator();
                        })
                        .collect();
                assertThat(seen)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 61)
                                .filter(i -> i % 4 != 3)
                                .mapToObj(i -> (double) i)
                                .toList());
            }
        }
    }

    @Test
    void columnsOfAllTypesArePacked() {
        StructType schema = new StructType()
                .add("a.b", DataTypes.createArrayType(DataTypes.DoubleType))
                .add("unused", "string")
                .add("flag", "boolean")
                .add("count", "long")
                .add("y", "int");
        List<Row> rows = List.of(
                RowFactory.create(new Double[] {1.0, 2.0}, "x", true, 5L, 1),
                RowFactory.create(new Double[] {3.0, 4.0}, null, false, 6L, 0));
        Shape[] shapes = {Shape.of(Shape.UNKNOWN, 2), Shape.of(Shape.UNKNOWN, 1), Shape.of(Shape.UNKNOWN, 1)};
        TrainingColumns columns = new TrainingColumns(
                "C(c)", new String[] {"a.b", "flag", "count"}, shapes, "y", 2, 1, null, null, "error");
        try (TrainingData data = TrainingData.of(frame(schema, List.of(rows)), columns, 1)) {
            pack(data).check();
            String text = data.rows()
                    .map(worker -> {
                        Features x = new Features(2, shapes);
                        float[] y = new float[2];
                        float[] w = new float[2];
                        worker.training().gather(new int[] {1, 0}, 0, 2, x, y, w);
                        return IntStream.range(0, 3)
                                        .mapToObj(c -> Arrays.toString(x.values(c)))
                                        .toList()
                                + Arrays.toString(y)
                                + Arrays.toString(w);
                    })
                    .first();
            assertThat(text).isEqualTo("[[3.0, 4.0, 1.0, 2.0], [0.0, 1.0], [6.0, 5.0]][0.0, 1.0][1.0, 1.0]");
        }
    }

    static Stream<Object[]> invalid() {
        String label = "expects labels 0 to 2, got ";
        String weight = "expects finite weights of 0 or more, got ";
        return Stream.of(
                new Object[] {RowFactory.create(null, 1.0, 1f, false), "expects vectors of 2, got null", "features"},
                new Object[] {
                    RowFactory.create(Vectors.dense(1), 1.0, 1f, false), "expects vectors of 2, got 1", "features"
                },
                new Object[] {
                    row(Double.NaN, 1.0, 1f, false), "expects finite values, got NaN or an infinite value", "features"
                },
                new Object[] {
                    RowFactory.create(
                            Vectors.sparse(2, new int[] {0}, new double[] {Double.POSITIVE_INFINITY}), 1.0, 1f, false),
                    "expects finite values, got NaN or an infinite value",
                    "features"
                },
                new Object[] {row(1, 3.0, 1f, false), label + "3.0", "label"},
                new Object[] {row(1, -1.0, 1f, true), label + "-1.0", "label"},
                new Object[] {row(1, 0.5, 1f, false), label + "0.5", "label"},
                new Object[] {row(1, 1.9999999999, 1f, false), label + "1.9999999999", "label"},
                new Object[] {row(1, Double.NaN, 1f, false), label + "NaN", "label"},
                new Object[] {row(1, null, 1f, false), label + "null", "label"},
                new Object[] {row(1, 1.0, -0.5f, false), weight + "-0.5", "weight"},
                new Object[] {row(1, 1.0, Float.NaN, false), weight + "NaN", "weight"},
                new Object[] {row(1, 1.0, Float.POSITIVE_INFINITY, false), weight + "Infinity", "weight"},
                new Object[] {row(1, 1.0, null, false), weight + "null", "weight"},
                new Object[] {row(1, 1.0, 1f, null), "expects true or false, got null", "isValidation"});
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("invalid")
    void invalidRowsAreReportedOrLeftOut(Row invalid, String message, String column) {
        List<Row> among = new ArrayList<>(good(0, 8));
        among.add(5, invalid);
        Dataset<Row> frame = frame(Packed.SCHEMA, List.of(good(8, 12), among));
        try (TrainingData data = TrainingData.of(frame, Packed.columns(2, 3, "error"), 2)) {
            assertThatThrownBy(() -> pack(data))
                    .isInstanceOf(SparkException.class)
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Classifier(c_1) " + message + " in column \"" + column
                            + "\" in row 5 of partition 1; mend the data, or setHandleInvalid(\"skip\")");
        }
        try (TrainingData data = TrainingData.of(frame, Packed.columns(2, 3, "skip"), 2);
                TrainingData without = TrainingData.of(
                        frame(Packed.SCHEMA, List.of(good(8, 12), good(0, 8))), Packed.columns(2, 3, "error"), 2)) {
            RowCounts counts = pack(data);
            assertThat(counts.skipped()).isEqualTo(1);
            assertThat(counts.training()).containsExactly(pack(without).training());
            assertThat(counts.validationRows()).isEqualTo(3);
        }
    }

    @Test
    void columnsThatCannotServeAreRefusedOnTheDriver() {
        StructType schema = Packed.SCHEMA.add("text", "string").add("number", "int");
        Dataset<Row> frame = frame(schema, List.of(List.of()));
        Shape[] shapes = {Shape.of(Shape.UNKNOWN, 2)};
        String[] features = {"features"};
        check(
                frame,
                new TrainingColumns("C(c)", features, shapes, "text", 2, 1, null, null, "error"),
                "C(c) expects a column of vectors, arrays of numbers, or numbers, got \"text\" of string");
        check(
                frame,
                new TrainingColumns("C(c)", features, shapes, "features", 2, 1, null, null, "error"),
                "C(c) expects a column of numbers, got \"features\" of vector; cast it");
        check(
                frame,
                new TrainingColumns("C(c)", features, shapes, "label", 2, 1, "isValidation", null, "error"),
                "C(c) expects a column of numbers, got \"isValidation\" of boolean; cast it");
        check(
                frame,
                new TrainingColumns("C(c)", features, shapes, "label", 2, 1, null, "number", "error"),
                "C(c) expects a column of booleans, got \"number\" of int; cast it");
        check(
                frame,
                new TrainingColumns("C(c)", features, shapes, "none", 2, 1, null, null, "error"),
                "C(c) expects the column \"none\", got columns [features, label,");
        assertThatThrownBy(() -> TrainingData.of(frame, Packed.columns(2, 3, "error"), 0))
                .hasMessageContaining("expects 1 to 1024 workers, got 0");
    }

    private static void check(Dataset<Row> frame, TrainingColumns columns, String message) {
        assertThatThrownBy(() -> TrainingData.of(frame, columns, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void rowsThatCannotTrainANetworkAreRefused() {
        checkCounts("skip", "expects rows to train on, got an empty DataFrame; fit on data");
        checkCounts("skip", "got 1 invalid rows", row(1, 7.0, 1f, false));
        checkCounts(
                "error",
                "expects rows to train on, got 2 validation rows only; let column \"isValidation\" be false",
                row(1, 0.0, 1f, true),
                row(1, 1.0, 1f, true));
        checkCounts("error", "expects validation rows, got none", row(1, 0.0, 1f, false), row(1, 1.0, 1f, false));
        checkCounts(
                "error",
                "expects a training row of a weight above 0, got zero in column \"weight\" of all 2",
                row(1, 0.0, 0f, false),
                row(1, 1.0, 0f, false),
                row(1, 1.0, 1f, true));
        checkCounts(
                "error",
                "expects training rows of two classes or more, got label 1 in column \"label\" of all 2",
                row(1, 1.0, 1f, false),
                row(1, 1.0, 0f, false),
                row(1, 2.0, 1f, true));
    }

    private static void checkCounts(String handleInvalid, String message, Row... rows) {
        Dataset<Row> frame = frame(Packed.SCHEMA, List.of(List.of(rows), List.of()));
        try (TrainingData data = TrainingData.of(frame, Packed.columns(2, 3, handleInvalid), 2)) {
            RowCounts counts = pack(data);
            assertThatThrownBy(counts::check)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Classifier(c_1) ")
                    .hasMessageContaining(message);
        }
    }

    /** As after the loss of an executor, when the shuffle delivers in whatever order it likes. */
    @Test
    void aLostPartIsMadeAnewWithTheSameRowsInTheSameOrder() {
        List<List<Row>> partitions = IntStream.range(0, 12)
                .mapToObj(p -> good(100 * p, 100 * p + 100))
                .toList();
        try (TrainingData data = TrainingData.of(frame(Packed.SCHEMA, partitions), Packed.columns(2, 3, "error"), 2)) {
            RowCounts counts = pack(data);
            List<String> before = labels(data);
            SharedSpark.session()
                    .sparkContext()
                    .env()
                    .blockManager()
                    .removeBlock(new RDDBlockId(data.rows().id(), 1), true);
            assertThat(labels(data)).isEqualTo(before);
            assertThat(data.rows()
                            .map(rows -> {
                                counts.verify(rows);
                                return rows.worker();
                            })
                            .collect())
                    .containsExactly(0, 1);
        }
    }

    private static List<String> labels(TrainingData data) {
        return data.rows()
                .map(rows -> {
                    int n = rows.training().size();
                    Features x = new Features(n, Shape.of(Shape.UNKNOWN, 2));
                    int[] all = IntStream.range(0, n).toArray();
                    rows.training().gather(all, 0, n, x, new float[n], new float[n]);
                    return Arrays.toString(x.values(0));
                })
                .collect();
    }

    @Test
    void closingDropsRowsAndShuffleFilesAndLeavesTheUsersOwn() throws Exception {
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        // A frame behind a shuffle of the user's.
        Dataset<Row> frame = SharedSpark.session()
                .createDataFrame(
                        frame(Packed.SCHEMA, List.of(good(0, 100))).javaRDD().repartition(3), Packed.SCHEMA);
        assertThat(frame.javaRDD().count()).isEqualTo(100);
        int persistent = spark.getPersistentRDDs().size();
        List<Path> before = shuffleFiles();
        TrainingData data = TrainingData.of(frame, Packed.columns(2, 3, "error"), 2);
        assertThat(spark.getPersistentRDDs()).hasSize(persistent + 1);
        pack(data);
        int id = data.rows().id();
        assertThat(SharedSpark.session().sparkContext().getRDDStorageInfo())
                .anySatisfy(info -> assertThat(info.id()).isEqualTo(id));
        assertThat(shuffleFiles()).hasSizeGreaterThan(before.size());
        data.close();
        data.close();
        assertThat(spark.getPersistentRDDs()).hasSize(persistent);
        for (int i = 0; i < 100 && !shuffleFiles().equals(before); i++) {
            Thread.sleep(50);
        }
        assertThat(shuffleFiles()).isEqualTo(before).isNotEmpty();
        assertThat(SharedSpark.session().sparkContext().getRDDStorageInfo())
                .noneSatisfy(info -> assertThat(info.id()).isEqualTo(id));
        TrainingData unused = TrainingData.of(frame, Packed.columns(2, 3, "error"), 2);
        unused.close();
        assertThat(spark.getPersistentRDDs()).hasSize(persistent);
    }

    private static List<Path> shuffleFiles() throws IOException {
        List<Path> all = new ArrayList<>();
        for (File directory : SparkEnv.get().blockManager().diskBlockManager().localDirs()) {
            try (Stream<Path> files = Files.walk(directory.toPath())) {
                files.filter(path -> path.getFileName().toString().startsWith("shuffle_"))
                        .sorted()
                        .forEach(all::add);
            }
        }
        return all;
    }
}
