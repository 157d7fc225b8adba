package io.sparknn.examples.benchmarks;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Rows like those of the Adult census after one-hot encoding, 6 numbers and 8 categories of 108 places, as sparse vectors
 * and the same ones as dense vectors.
 */
final class ScoreSparse extends Benchmark {
    private static final int ROWS = 500_000;
    private static final int WIDTH = 108;

    ScoreSparse() {
        super("score-sparse");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> sparse = rows(setting, false);
        Dataset<Row> dense = rows(setting, true);
        Sequential network = new Sequential(new Linear(WIDTH, 64), new Relu(), new Linear(64, 2))
                .setInputCol("features")
                .setOutputCol("out")
                .setTrainable(false);
        Pairs pairs = Pairs.inTurns(
                3,
                15,
                25,
                Pairs.timed(() -> Setting.consume(network.transform(sparse).select("out"))),
                Pairs.timed(() -> Setting.consume(network.transform(dense).select("out"))));
        sparse.unpersist();
        dense.unpersist();
        return List.of(Comparison.of(
                        name(),
                        "score 500,000 sparse rows of 14 in 108 by 108-64-2",
                        "the same rows made dense",
                        Target.speed(2))
                .measured(pairs, ROWS));
    }

    private static Dataset<Row> rows(Setting setting, boolean dense) {
        StructType schema = new StructType().add("features", SQLDataTypes.VectorType());
        Dataset<Row> rows = setting.spark()
                .range(0, ROWS, 1, 8)
                .map(new Encoded(dense), Encoders.row(schema))
                .cache();
        rows.count();
        return rows;
    }

    private static final class Encoded implements MapFunction<Long, Row> {
        private static final long serialVersionUID = 1L;

        /** Where each category's places begin, behind the numbers, and where the last one's end. */
        private static final int[] PLACES = {6, 15, 31, 38, 53, 59, 64, 66, WIDTH};

        private final boolean dense;

        Encoded(boolean dense) {
            this.dense = dense;
        }

        @Override
        public Row call(Long id) {
            int[] indices = new int[14];
            double[] values = new double[14];
            for (int i = 0; i < 6; i++) {
                indices[i] = i;
                values[i] = Math.sin(id + 31.0 * i);
            }
            for (int i = 0; i < 8; i++) {
                int places = PLACES[i + 1] - PLACES[i];
                indices[6 + i] = PLACES[i] + Math.floorMod(Long.hashCode(id * 0x9E3779B97F4A7C15L) * (i + 1), places);
                values[6 + i] = 1;
            }
            Vector vector = Vectors.sparse(WIDTH, indices, values);
            return RowFactory.create(dense ? vector.toDense() : vector);
        }
    }
}
