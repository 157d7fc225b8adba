package io.sparknn.nn;

import static org.apache.spark.sql.functions.input_file_name;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that a row comes from, asked for behind a layer, which reads rows ahead. */
final class SourceFilesTest {
    private static final Map<String, String> SMALL_FILES_TOGETHER =
            Map.of("spark.sql.files.openCostInBytes", "0", "spark.sql.files.minPartitionNum", "1");

    private static Layer linear(int in, int out, String from, String to) {
        return new Linear(in, out).setInputCol(from).setOutputCol(to).setSeed(1).setTrainable(false);
    }

    @Test
    void isThatOfTheRowAndNotOfTheOneReadLast(@TempDir Path folder) {
        SparkSession session = SharedSpark.session();
        session.range(3000)
                .selectExpr("id", "array(double(id), 1D, 2D) features")
                .repartition(7)
                .write()
                .parquet(folder.resolve("rows").toString());
        SMALL_FILES_TOGETHER.forEach(session.conf()::set);
        try {
            Dataset<Row> rows =
                    session.read().parquet(folder.resolve("rows").toString()).withColumn("before", input_file_name());
            assertThat(rows.select("before").distinct().count()).isEqualTo(7);
            assertThat(rows.javaRDD().getNumPartitions()).isLessThan(7);
            Dataset<Row> scored = linear(3, 2, "features", "hidden").transform(rows);
            assertSameFiles(scored, 3000);
            Dataset<Row> twice =
                    new Relu().setInputCol("hidden").setOutputCol("out").transform(scored);
            assertSameFiles(twice, 3000);
            Layer skipping = linear(3, 2, "some", "out").setHandleInvalid("skip");
            assertSameFiles(skipping.transform(rows.selectExpr("*", "if(id % 3 = 0, null, features) some")), 2000);
        } finally {
            SMALL_FILES_TOGETHER.keySet().forEach(session.conf()::unset);
        }
    }

    private static void assertSameFiles(Dataset<Row> scored, long rows) {
        Dataset<Row> named = scored.withColumn("after", input_file_name());
        assertThat(named.count()).isEqualTo(rows);
        assertThat(named.where("before = after").count()).isEqualTo(rows);
    }
}
