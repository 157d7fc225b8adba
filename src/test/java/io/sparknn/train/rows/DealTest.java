package io.sparknn.train.rows;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which row. */
@Tag("fast")
final class DealTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 7, 64, 1000, 1024})
    void ranksAndIndicesAreEachOthersInverse(int workers) {
        for (int partition : new int[] {0, 1, 2, 17, 4711}) {
            long[] seen = new long[workers];
            Deal[] deals = new Deal[workers];
            for (int w = 0; w < workers; w++) {
                deals[w] = new Deal(w, workers);
            }
            for (long index = 0; index < 5000; index++) {
                int worker = Deal.worker(partition, index, workers);
                assertThat(deals[worker].owns(Deal.start(partition) + index)).isTrue();
                assertThat(deals[(worker + 1) % workers].owns(Deal.start(partition) + index))
                        .isEqualTo(workers == 1);
                assertThat(deals[worker].count(partition, index)).isEqualTo(seen[worker]);
                assertThat(deals[worker].index(partition, seen[worker])).isEqualTo(index);
                seen[worker]++;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 6, 7, 13, 33})
    void workersGetAboutEquallyManyRowsOfAPartition(int workers) {
        for (int partition = 0; partition < 20; partition++) {
            for (int w = 0; w < workers; w++) {
                assertThat((double) new Deal(w, workers).count(partition, 102_400) * workers)
                        .isBetween(102_400 * 0.96, 102_400 * 1.04);
            }
        }
    }

    /** As 100 rows in 200 partitions lie, or those that a filter left. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8})
    void workersGetTheirShareWherePartitionsAreEmptyAtRegularPlaces(int step) {
        for (int workers : new int[] {2, 4}) {
            int[] rows = new int[workers];
            for (int i = 0; i < 400; i++) {
                rows[Deal.worker(i * step, 0, workers)]++;
            }
            for (int count : rows) {
                assertThat(count * workers).isBetween(360, 440);
            }
        }
    }
}
