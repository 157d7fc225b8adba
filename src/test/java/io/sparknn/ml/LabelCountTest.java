package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

/** Labels of a partition, whatever they are. */
final class LabelCountTest {
    private static Map<Double, Long> count(int most, Iterator<Row> rows) {
        return new LabelCount(most).call(rows).next();
    }

    @Test
    void rowsOfEachLabelAreCounted() {
        List<Row> rows = List.of(
                RowFactory.create(3.0, 1),
                RowFactory.create(0.0, 1),
                RowFactory.create(-0.0, 1),
                RowFactory.create(3.0, 1),
                RowFactory.create(7.0, 0),
                RowFactory.create(300.0, 1),
                RowFactory.create(300.0, 1),
                RowFactory.create(-1.0, 1),
                RowFactory.create(0.5, 1),
                RowFactory.create(null, 1),
                RowFactory.create(null, 1),
                RowFactory.create(Double.NaN, 1),
                RowFactory.create(Double.POSITIVE_INFINITY, 1));
        Map<Double, Long> expected = new HashMap<>(Map.of(
                3.0, 2L, 0.0, 2L, 7.0, 0L, 300.0, 2L, -1.0, 1L, 0.5, 1L, Double.NaN, 1L, Double.POSITIVE_INFINITY, 1L));
        expected.put(null, 2L);
        assertThat(count(10, rows.iterator())).isEqualTo(expected);
    }

    @Test
    void noMoreLabelsAreGatheredThanShowThatThereAreTooMany() {
        Iterator<Row> rows = IntStream.range(0, 1000)
                .mapToObj(i -> RowFactory.create(i + 0.5, 1))
                .iterator();
        assertThat(count(10, rows)).hasSizeBetween(11, 20);
        assertThat(rows).hasNext();
    }
}
