package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sparse vector is scored as the dense one it stands for, whatever its neighbours are. */
final class SparseRowsTest {
    private static final SparkSession SPARK = SharedSpark.session();
    private static final int WIDTH = 50;
    private static final StructType SCHEMA =
            new StructType().add("id", "int").add("features", SQLDataTypes.VectorType());

    private final Sequential network = new Sequential(new Linear(WIDTH, 33), new Relu(), new Linear(33, 4))
            .setInputCol("features")
            .setOutputCol("out")
            .setSeed(7);

    @AfterEach
    void useTheOperator() {
        SPARK.conf().unset(Scoring.SETTING);
    }

    private enum Form {
        DENSE,
        SPARSE,
        MIXED
    }

    /** Rows of none to many values, in some of which a value is stored that is 0. */
    private static Dataset<Row> rows(Form form) {
        List<Row> rows = new ArrayList<>();
        for (int id = 0; id < 700; id++) {
            int count = id % 7 == 6 ? WIDTH / 2 : id % 7;
            int[] places = new int[count];
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                places[i] = i * WIDTH / count + id % 2;
                values[i] = i == 3 ? 0 : Math.sin(id + i);
            }
            Vector vector = Vectors.sparse(WIDTH, places, values);
            boolean isDense = form == Form.DENSE || (form == Form.MIXED && id % 3 == 0);
            rows.add(RowFactory.create(id, isDense ? vector.toDense() : vector));
        }
        return SPARK.createDataFrame(rows, SCHEMA).repartition(3).sortWithinPartitions("id");
    }

    private static Row sparse(int id, double value) {
        return RowFactory.create(id, Vectors.sparse(WIDTH, new int[] {1, 20}, new double[] {1, value}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "rows"})
    void neighboursAndFormsChangeNoBits(String way) {
        SPARK.conf().set(Scoring.SETTING, way);
        List<Row> dense = scored(Form.DENSE);
        assertThat(dense).hasSize(700);
        assertThat(scored(Form.SPARSE)).isEqualTo(dense);
        assertThat(scored(Form.MIXED)).isEqualTo(dense);
    }

    private List<Row> scored(Form form) {
        return network.transform(rows(form)).select("id", "out").orderBy("id").collectAsList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"operator", "rows"})
    void whatIsNoNumberIsFoundAmongFewValues(String way) {
        SPARK.conf().set(Scoring.SETTING, way);
        List<Row> rows = new ArrayList<>(List.of(sparse(0, 2), sparse(1, Double.NaN), sparse(2, 3)));
        Dataset<Row> frame = SPARK.createDataFrame(rows, SCHEMA).coalesce(1);
        assertThatThrownBy(() -> network.transform(frame).collectAsList())
                .hasStackTraceContaining("expects finite values, got NaN or an infinite value in column \"features\"");
        List<Row> valid =
                SPARK.createDataFrame(List.of(rows.get(0), rows.get(2)), SCHEMA).collectAsList();
        List<Row> expected =
                network.transform(SPARK.createDataFrame(valid, SCHEMA)).collectAsList();
        assertThat(network.copy(ParamMap.empty())
                        .setHandleInvalid("skip")
                        .transform(frame)
                        .collectAsList())
                .isEqualTo(expected);
        List<Row> kept = network.copy(ParamMap.empty())
                .setHandleInvalid("keep")
                .transform(frame)
                .collectAsList();
        assertThat(kept).hasSize(3);
        assertThat(kept.get(0)).isEqualTo(expected.get(0));
        assertThat(kept.get(1).<Vector>getAs("out").apply(0)).isNaN();
        assertThat(kept.get(2)).isEqualTo(expected.get(1));
    }
}
