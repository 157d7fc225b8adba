package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which rows make a batch, for any number of workers, by trying. */
@Tag("fast")
final class BatchOrderTest {
    private static final int[] WORKERS = {1, 2, 3, 4, 7};
    private static final TrainingColumns COLUMNS = Packed.columns(1, 0, "error");

    /** Rows of each partition, and the batch size. */
    static Stream<Object[]> cases() {
        return Stream.of(
                new Object[] {"even", new int[] {500, 500, 500, 500}, 128},
                new Object[] {"uneven", new int[] {1, 1999, 0, 37, 0, 0, 800}, 100},
                new Object[] {"tiny", ones(150), 16},
                new Object[] {"one row", new int[] {0, 1}, 8},
                new Object[] {"fewer rows than workers", new int[] {2, 0, 1}, 2},
                new Object[] {"one partition", new int[] {1500}, 32},
                new Object[] {"batch of all", new int[] {70, 80}, 1000},
                new Object[] {"batch of one", new int[] {20, 31}, 1},
                new Object[] {"last batch of one row", new int[] {65, 64}, 64},
                new Object[] {"more than a cycle", new int[] {5000, 3000}, 2048},
                new Object[] {"no rows", new int[] {0, 0}, 4});
    }

    private static int[] ones(int partitions) {
        return IntStream.range(0, partitions).map(i -> i % 2).toArray();
    }

    /** Rows whose only feature and label is their global number; with a validation row between them. */
    private static List<WorkerRows> rows(int workers, int... partitions) {
        List<List<Row>> all = new ArrayList<>();
        int number = 0;
        for (int size : partitions) {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                rows.add(RowFactory.create(Vectors.dense(number), (double) number, 1f, false));
                number++;
                if (number % 5 == 0) {
                    rows.add(RowFactory.create(Vectors.dense(-1), -1.0, 1f, true));
                }
            }
            all.add(rows);
        }
        return Packed.pack(COLUMNS, Packed.SCHEMA, workers, all, Packed.heap());
    }

    private static List<BatchOrder> orders(List<WorkerRows> workers, boolean shuffle, int batchSize) {
        RowCounts counts = Packed.counts(COLUMNS, workers);
        return workers.stream()
                .map(each -> new BatchOrder(counts, each, 42, shuffle, batchSize))
                .toList();
    }

    /** The rows of all workers in a batch, by their numbers, which must be those that the rows themselves hold. */
    private static List<Long> batch(List<WorkerRows> workers, List<BatchOrder> orders, int batch) {
        List<Long> numbers = new ArrayList<>();
        for (int w = 0; w < workers.size(); w++) {
            BatchOrder order = orders.get(w);
            int from = order.from(batch);
            int to = order.to(batch);
            float[] labels = new float[to - from];
            Features features = new Features(to - from, Shape.of(Shape.UNKNOWN, 1));
            workers.get(w).training().gather(order.order(), from, to, features, labels, new float[to - from]);
            for (int i = from; i < to; i++) {
                long number = order.number(order.order()[i]);
                assertThat(labels[i - from]).isEqualTo((float) number);
                assertThat(features.values(0)[i - from]).isEqualTo((float) number);
                numbers.add(number);
            }
        }
        return numbers;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void eachRowIsInOneBatchAndABatchIsTheSameForAnyNumberOfWorkers(String what, int[] partitions, int batchSize) {
        int total = Arrays.stream(partitions).sum();
        for (boolean shuffle : new boolean[] {true, false}) {
            List<Set<Long>> ofOne = new ArrayList<>();
            for (int n : WORKERS) {
                List<WorkerRows> workers = rows(n, partitions);
                List<BatchOrder> orders = orders(workers, shuffle, batchSize);
                orders.forEach(order -> order.start(3));
                List<Long> all = new ArrayList<>();
                int batches = orders.get(0).batches();
                assertThat(batches).isEqualTo((total + batchSize - 1) / batchSize);
                for (int b = 0; b < batches; b++) {
                    List<Long> numbers = batch(workers, orders, b);
                    int size = Math.min(batchSize, total - b * batchSize);
                    assertThat(numbers).as(what).hasSize(size).doesNotHaveDuplicates();
                    assertThat(orders).allMatch(order -> order.batchRows(0) == Math.min(batchSize, total));
                    assertThat(orders.get(0).batchRows(b)).isEqualTo(size);
                    all.addAll(numbers);
                    if (n == 1) {
                        ofOne.add(new HashSet<>(numbers));
                    } else {
                        assertThat(new HashSet<>(numbers)).as("batch " + b).isEqualTo(ofOne.get(b));
                    }
                    if (!shuffle) {
                        assertThat(new TreeSet<>(numbers))
                                .containsExactlyElementsOf(
                                        LongStream.range((long) b * batchSize, (long) b * batchSize + size)
                                                .boxed()
                                                .toList());
                    }
                }
                assertThat(all)
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(0, total).boxed().toList());
            }
        }
    }

    @Test
    void epochsDifferAndTheSameEpochIsTheSameAgain() {
        List<WorkerRows> workers = rows(2, 700, 900);
        List<BatchOrder> orders = orders(workers, true, 64);
        List<List<Long>> epochs = new ArrayList<>();
        for (long epoch : new long[] {0, 1, 0}) {
            orders.forEach(order -> order.start(epoch));
            epochs.add(batch(workers, orders, 0));
        }
        assertThat(epochs.get(2)).isEqualTo(epochs.get(0));
        assertThat(new HashSet<>(epochs.get(1))).isNotEqualTo(new HashSet<>(epochs.get(0)));
        // 64 of 1,600 rows in two independent batches have about 2.6 in common.
        Set<Long> common = new HashSet<>(epochs.get(1));
        common.retainAll(epochs.get(0));
        assertThat(common).hasSizeLessThan(12);
        orders = orders(rows(2, 700, 900), true, 64);
        orders.forEach(order -> order.start(1));
        assertThat(batch(workers, orders, 0)).isEqualTo(epochs.get(1));
    }

    @Test
    void seedsDiffer() {
        List<WorkerRows> workers = rows(1, 1000);
        RowCounts counts = Packed.counts(COLUMNS, workers);
        BatchOrder a = new BatchOrder(counts, workers.get(0), 1, true, 50);
        BatchOrder b = new BatchOrder(counts, workers.get(0), 2, true, 50);
        a.start(0);
        b.start(0);
        assertThat(a.order()).isNotEqualTo(b.order());
    }

    /** The issue is a step's wait for the worker with the most rows. */
    @Test
    void powersOfTwoOfWorkersShareEveryBatchEvenly() {
        for (int n : new int[] {2, 4, 8}) {
            List<BatchOrder> orders = orders(rows(n, 2500, 2500, 2500, 2500), true, 128);
            orders.forEach(order -> order.start(0));
            for (int b = 0; b + 1 < orders.get(0).batches(); b++) {
                for (BatchOrder order : orders) {
                    // The last rows are of those classes that have one more.
                    assertThat(order.to(b) - order.from(b)).isBetween(128 / n - 2, 128 / n + 2);
                }
            }
        }
    }

    /** 32 rows and more for each worker, as it is unless the user asks for more workers. */
    @Test
    void otherNumbersOfWorkersShareEveryBatchAlmostEvenly() {
        for (int[] each : new int[][] {{3, 96}, {3, 128}, {5, 160}, {6, 200}, {7, 256}}) {
            int n = each[0];
            int batchSize = each[1];
            List<BatchOrder> orders = orders(rows(n, 6000, 0, 6000, 5000), true, batchSize);
            orders.forEach(order -> order.start(0));
            for (int b = 0; b + 1 < orders.get(0).batches(); b++) {
                for (BatchOrder order : orders) {
                    assertThat(order.to(b) - order.from(b))
                            .isBetween((int) (batchSize * 0.9 / n) - 2, (int) (batchSize * 1.04 / n) + 3);
                }
            }
        }
    }

    /** Rows often come sorted by label, 10 labels here: each batch has about as many of each as a random one would. */
    @Test
    void sortedRowsAreMixed() {
        List<BatchOrder> orders = orders(rows(1, 2000, 2000, 2000, 2000, 2000), true, 100);
        BatchOrder order = orders.get(0);
        order.start(5);
        double squares = 0;
        for (int b = 0; b < order.batches(); b++) {
            int[] labels = new int[10];
            for (int i = order.from(b); i < order.to(b); i++) {
                labels[(int) (order.number(order.order()[i]) / 1000)]++;
            }
            for (int count : labels) {
                squares += (count - 10.0) * (count - 10.0) / 10;
            }
        }
        // Chi squared over 100 batches of 9 degrees each.
        assertThat(squares / 100).isBetween(6.5, 11.5);
    }

    @Test
    void neighboursInTheDataAreNotNeighboursInBatches() {
        BatchOrder order = orders(rows(1, 6400), true, 64).get(0);
        order.start(1);
        int together = 0;
        for (int b = 0; b < order.batches(); b++) {
            Set<Long> numbers = new HashSet<>();
            for (int i = order.from(b); i < order.to(b); i++) {
                numbers.add(order.number(order.order()[i]));
            }
            together +=
                    (int) numbers.stream().filter(n -> numbers.contains(n + 1)).count();
        }
        // 63 expected if batches were drawn at random.
        assertThat(together).isBetween(30, 110);
    }

    @Test
    void rowsThatAreNotThoseThatWereCountedAreRefused() {
        List<WorkerRows> workers = rows(2, 100, 100);
        RowCounts counts = Packed.counts(COLUMNS, workers);
        List<WorkerRows> others = new ArrayList<>(rows(2, 100, 101));
        Collections.reverse(others);
        assertThatThrownBy(() -> new BatchOrder(counts, others.get(0), 1, true, 8))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expects a DataFrame that gives the same rows");
        assertThatThrownBy(() -> new BatchOrder(counts, rows(1, 100, 100).get(0), 1, true, 8))
                .isInstanceOf(IllegalStateException.class);
    }
}
