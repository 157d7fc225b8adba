package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.layers.Concat;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of different length, series and ids are packed, dealt and gathered as they were. */
final class RaggedRowsTest {
    private static final int IDS = 1000;
    private static final StructType SCHEMA = new StructType()
            .add("numbers", DataTypes.createArrayType(DataTypes.DoubleType))
            .add("words", DataTypes.createArrayType(DataTypes.IntegerType))
            .add("job", "double")
            .add("series", DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.FloatType)))
            .add("label", "double");
    private static final Shape[] SHAPES = {
        Shape.of(Shape.UNKNOWN, 2),
        Shape.of(Shape.UNKNOWN, Shape.RAGGED).withIds(IDS),
        Shape.of(Shape.UNKNOWN).withIds(7),
        Shape.of(Shape.UNKNOWN, Shape.RAGGED, 3)
    };

    @TempDir
    Path directory;

    private static Layer network() {
        return new Concat(new Linear(2, 1), new Embedding(IDS, 1), new Embedding(7, 1), new Gru(3, 2));
    }

    private static TrainingColumns columns(String handleInvalid) {
        return new TrainingColumns(
                        "C(c)",
                        new String[] {"numbers", "words", "job", "series"},
                        SHAPES,
                        "label",
                        0,
                        1,
                        null,
                        null,
                        handleInvalid)
                .readFor(network());
    }

    private static Row row(Random random, int number) {
        int words = number % 10 == 0 ? 0 : random.nextInt(number % 97 == 0 ? 5000 : 20);
        Integer[] ids = random.ints(words, 0, IDS).boxed().toArray(Integer[]::new);
        Float[][] series = new Float[random.nextInt(4)][];
        for (int i = 0; i < series.length; i++) {
            series[i] = new Float[] {random.nextFloat(), random.nextFloat(), (float) number};
        }
        return RowFactory.create(
                new Double[] {random.nextDouble(), (double) number}, ids, (double) random.nextInt(7), series, (double)
                        number);
    }

    private static List<List<Row>> partitions() {
        Random random = new Random(3);
        List<List<Row>> all = new ArrayList<>();
        int number = 0;
        for (int rows : new int[] {500, 0, 1, 300}) {
            List<Row> partition = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                partition.add(row(random, number++));
            }
            all.add(read(partition));
        }
        return all;
    }

    /** Rows as Spark gives them, with arrays of its own. */
    private static List<Row> read(List<Row> rows) {
        return SharedSpark.session().createDataFrame(rows, SCHEMA).collectAsList();
    }

    @Test
    void comeBackAsTheyWereFromHeapAndDisk() {
        List<List<Row>> partitions = partitions();
        List<Row> all = partitions.stream().flatMap(List::stream).toList();
        for (Storage storage : new Storage[] {Packed.heap(), Packed.storage(0, directory)}) {
            int seen = 0;
            for (WorkerRows worker : Packed.pack(columns("error"), SCHEMA, 3, partitions, storage)) {
                RowSet rows = worker.training();
                int n = rows.size();
                Features features = new Features(n, SHAPES);
                float[] labels = new float[n];
                int[] backwards = IntStream.range(0, n).map(i -> n - 1 - i).toArray();
                // Twice, for arrays are used again.
                rows.gather(IntStream.range(0, n).toArray(), 0, n, features, labels, new float[n]);
                rows.gather(backwards, 0, n, features, labels, new float[n]);
                for (int i = 0; i < n; i++) {
                    check(all.get((int) labels[i]), features, i);
                    seen++;
                }
            }
            assertThat(seen).isEqualTo(801);
        }
    }

    private static void check(Row row, Features features, int i) {
        assertThat(features.values(0)[2 * i])
                .isEqualTo((float) (double) row.<Double>getList(0).get(0));
        assertThat(features.values(2)[i]).isEqualTo((float) row.getDouble(2));
        List<Integer> words = row.getList(1);
        int first = features.offsets(1)[i];
        assertThat(features.offsets(1)[i + 1] - first).isEqualTo(words.size());
        for (int k = 0; k < words.size(); k++) {
            assertThat(features.values(1)[first + k]).isEqualTo((float) words.get(k));
        }
        List<Object> series = row.getList(3);
        first = features.offsets(3)[i];
        assertThat(features.offsets(3)[i + 1] - first).isEqualTo(series.size());
        for (int k = 0; k < series.size(); k++) {
            List<Float> element = RowFactory.create(series.get(k)).getList(0);
            for (int j = 0; j < 3; j++) {
                assertThat(features.values(3)[3 * (first + k) + j]).isEqualTo(element.get(j));
            }
        }
    }

    @Test
    void invalidOnesAreRefusedOrSkipped() {
        Object[][] wrong = {
            {
                new Integer[] {1, IDS},
                1.0,
                new Float[0][],
                "expects whole numbers from 0 to 999, got 1000 at place 1 in column \"words\""
            },
            {new Integer[] {-1}, 1.0, new Float[0][], "got -1 at place 0"},
            {null, 1.0, new Float[0][], "got null in column \"words\""},
            {new Integer[] {1, null}, 1.0, new Float[0][], "got an array with a null in column \"words\""},
            {new Integer[0], 1.5, new Float[0][], "expects whole numbers from 0 to 6, got 1.5 in column \"job\""},
            {new Integer[0], 7.0, new Float[0][], "got 7.0 in column \"job\""},
            {
                new Integer[0],
                1.0,
                new Float[][] {{1f, 2f, 3f}, {1f, 2f}},
                "expects arrays of arrays of 3 numbers, got 2 in element 1 in column \"series\""
            },
            {
                new Integer[0],
                1.0,
                new Float[][] {{1f, 2f, Float.NaN}},
                "expects finite values, got NaN or an infinite value in column \"series\""
            },
        };
        for (Object[] each : wrong) {
            Row good = row(new Random(1), 1);
            Row bad = RowFactory.create(new Double[] {1.0, 2.0}, each[0], each[1], each[2], 3.0);
            List<List<Row>> rows = List.of(read(List.of(good, bad, good)));
            assertThatThrownBy(() -> Packed.pack(columns("error"), SCHEMA, 1, rows, Packed.heap()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("C(c) expects ")
                    .hasMessageContaining((String) each[3])
                    .hasMessageContaining("in row 1 of partition 0");
            WorkerRows kept =
                    Packed.pack(columns("skip"), SCHEMA, 1, rows, Packed.heap()).get(0);
            assertThat(kept.training().size()).isEqualTo(2);
            assertThat(kept.summary().skipped()).isEqualTo(1);
        }
    }
}
