package io.sparknn.nn;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sparknn.SharedSpark;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.plan.ScoringExtension;
import io.sparknn.tensor.Tensor;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.execution.ExplainMode;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring is an operator of Spark's plans: what Spark knows of the other columns stays known. */
final class OperatorTest {
    private static final SparkSession SPARK = SharedSpark.session();

    private final Layer layer = new Linear(3, 2).setInputCol("features").setOutputCol("out");

    @AfterEach
    void useTheOperator() {
        SPARK.conf().unset(Scoring.SETTING);
    }

    private static Dataset<Row> rows() {
        return Frames.random(600, 3, 4);
    }

    private static String plan(Dataset<Row> frame) {
        return frame.queryExecution().executedPlan().toString();
    }

    private static void assertSame(Dataset<Row> one, Dataset<Row> other) {
        assertThat(one.collectAsList()).isNotEmpty().isEqualTo(other.collectAsList());
    }

    /** So that also sessions that never called transform can read a view of scored rows. */
    @Test
    void aMistypedSettingIsRefused() {
        SPARK.conf().set(Scoring.SETTING, "row");
        assertThatThrownBy(() -> new Relu()
                        .setInputCol("x")
                        .setOutputCol("out")
                        .transform(SPARK.range(3).selectExpr("double(id) x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("spark.sparknn.scoring expects operator or rows, got row; set one of them, or none");
    }

    @Test
    void everySessionIsExtended() {
        assertThat(ServiceLoader.load(SparkSessionExtensionsProvider.class).stream()
                        .map(ServiceLoader.Provider::type))
                .contains(ScoringExtension.class);
    }

    @Test
    void theSettingChooses() {
        Dataset<Row> rows = rows();
        assertThat(plan(layer.transform(rows))).contains("ScoreRows").doesNotContain("MapPartitions");
        SPARK.conf().set(Scoring.SETTING, "rows");
        assertThat(plan(layer.transform(rows))).contains("MapPartitions").doesNotContain("ScoreRows");
    }

    @Test
    void bothWaysGiveTheSameRowsAndSchema() {
        Dataset<Row> rows = rows();
        Dataset<Row> scored = layer.transform(rows);
        SPARK.conf().set(Scoring.SETTING, "rows");
        Dataset<Row> reference = layer.transform(rows);
        assertThat(scored.schema()).isEqualTo(reference.schema());
        assertSame(scored, reference);
    }

    @Test
    void theNetworkIsNotInThePlansText() {
        String text = layer.transform(rows()).queryExecution().toString();
        assertThat(text).contains("ScoreRows").contains(layer.who()).doesNotContain("Broadcast(");
    }

    @Test
    void columnsKeepTheirIds() {
        Dataset<Row> rows = rows();
        Dataset<Row> scored = layer.transform(rows);
        assertSame(scored.select(rows.col("id")), rows.select("id"));
        assertSame(
                scored.filter(rows.col("id").lt(7)).select(scored.col("out")),
                scored.select("out").limit(7));
    }

    @Test
    void whatIsDroppedIsNotRead() {
        Dataset<Row> scored =
                layer.transform(rows().withColumn("text", col("id").cast("string")));
        String plan = plan(scored.select("id", "out"));
        assertThat(plan.substring(plan.indexOf("ScoreRows")))
                .doesNotContain("text")
                .doesNotContain("cast");
        assertSame(scored.select("out", "text"), scored.selectExpr("out", "text"));
        assertThat(scored.select("out").first().size()).isOne();
        assertThat(scored.select(col("id").plus(1).as("next")).collectAsList()).hasSize(600);
    }

    @Test
    void rowsAreJoinedWithThemselves() {
        Dataset<Row> scored = layer.transform(rows());
        Dataset<Row> joined = scored.as("a").join(scored.as("b"), col("a.id").equalTo(col("b.id")));
        assertThat(joined.count()).isEqualTo(600);
        assertThat(joined.where(col("a.out").equalTo(col("b.out"))).count()).isEqualTo(600);
        assertThat(joined.select(col("a.out"), col("b.out"), col("b.features")).collectAsList())
                .allMatch(row -> row.get(0).equals(row.get(1)));
        assertThat(scored.join(scored, "id").columns()).hasSize(5);
    }

    @Test
    void rowsAreUnited() {
        Dataset<Row> scored = layer.transform(rows());
        assertThat(scored.union(scored).distinct().count()).isEqualTo(600);
        assertThat(scored.unionByName(scored.select("out", "features", "id")).count())
                .isEqualTo(1200);
        assertThat(scored.except(scored).count()).isZero();
    }

    @Test
    void viewsAreReadBySqlAlsoOfOtherSessions() {
        Dataset<Row> scored = layer.transform(rows());
        scored.createOrReplaceGlobalTempView("scored_rows");
        try {
            String sql = "SELECT count(*), count(out) FROM global_temp.scored_rows WHERE id >= 100";
            assertThat(SPARK.newSession().sql(sql).first().getLong(1)).isEqualTo(500);
        } finally {
            SPARK.catalog().dropGlobalTempView("scored_rows");
        }
    }

    @Test
    void scoredRowsAreCachedAndFoundInTheCache() {
        Dataset<Row> scored = layer.transform(rows());
        List<Row> before = scored.collectAsList();
        scored.cache();
        try {
            assertThat(scored.collectAsList()).isEqualTo(before);
            assertThat(plan(scored.select("out"))).contains("InMemoryTableScan");
            assertThat(scored.storageLevel()).isNotEqualTo(StorageLevel.NONE());
        } finally {
            scored.unpersist(true);
        }
    }

    /** Spark plans again, after each shuffle, what is above it. */
    @Test
    void plansThatAdaptAreScored() {
        SPARK.conf().set("spark.sql.adaptive.enabled", "true");
        try {
            Layer second = new Linear(2, 4).setInputCol("out").setOutputCol("next");
            Dataset<Row> rows = rows();
            Supplier<Dataset<Row>> joined = () -> second.transform(layer.transform(rows.repartition(7, col("id"))))
                    .join(rows.withColumnRenamed("features", "others").where("id % 3 = 0"), "id")
                    .select("id", "next", "others")
                    .orderBy("id");
            Dataset<Row> scored = joined.get();
            List<Row> all = scored.collectAsList();
            assertThat(plan(scored)).contains("isFinalPlan=true").contains("ScoreRows");
            SPARK.conf().set(Scoring.SETTING, "rows");
            assertThat(all).hasSize(200).isEqualTo(joined.get().collectAsList());
        } finally {
            SPARK.conf().unset("spark.sql.adaptive.enabled");
        }
    }

    @Test
    void checkpointsAndPartitionsAndLimitsAreTaken() {
        Dataset<Row> scored = layer.transform(rows());
        assertThat(scored.localCheckpoint().collectAsList()).isEqualTo(scored.collectAsList());
        assertThat(scored.repartition(3).orderBy("id").collectAsList())
                .isEqualTo(scored.orderBy("id").collectAsList());
        assertThat(scored.limit(5).collectAsList()).hasSize(5);
        assertThat(scored.groupBy("out").count().count())
                .isEqualTo(scored.select("out").distinct().count());
    }

    @Test
    void orderIsKeptAndKnownToBe() {
        Dataset<Row> sorted = rows().repartition(2).sortWithinPartitions("id");
        String plan = plan(layer.transform(sorted).sortWithinPartitions("id"));
        assertThat(plan.split("Sort \\[", -1)).hasSize(2);
        Dataset<Row> grouped = rows().repartition(2, col("id"));
        plan = plan(layer.transform(grouped).groupBy("id").count());
        assertThat(plan.split("Exchange hash", -1)).hasSize(2);
    }

    @Test
    void columnsOfOneNamePass() {
        Dataset<Row> twice = rows().select(col("id").as("x"), col("id").plus(1).as("x"), col("features"));
        Dataset<Row> scored = layer.transform(twice);
        assertThat(scored.columns()).containsExactly("x", "x", "features", "out");
        assertThat(scored.first().getInt(1)).isEqualTo(scored.first().getInt(0) + 1);
    }

    @Test
    void stagesThatFollowOneAnotherAreOneOperator() {
        Layer second = new Linear(2, 4).setInputCol("out").setOutputCol("next");
        Layer third = new Linear(3, 1).setInputCol("features").setOutputCol("last");
        Dataset<Row> scored = third.transform(second.transform(layer.transform(rows())));
        assertThat(plan(scored).split("ScoreRows", -1)).hasSize(2);
        List<Row> all = scored.collectAsList();
        List<Row> next = scored.select("next", "id").collectAsList();
        SPARK.conf().set(Scoring.SETTING, "rows");
        Dataset<Row> reference = third.transform(second.transform(layer.transform(rows())));
        assertThat(all).isEqualTo(reference.collectAsList());
        assertThat(next).isEqualTo(reference.select("next", "id").collectAsList());
    }

    @Test
    void aStageSkipsRowsThatTheOneBeforeItKept() {
        Layer keeps =
                new Linear(3, 2).setInputCol("features").setOutputCol("out").setHandleInvalid("keep");
        Layer skips = new Linear(2, 4).setInputCol("out").setOutputCol("next").setHandleInvalid("skip");
        Dataset<Row> rows = rows().withColumn("features", expr("if(id % 7 = 3 or id < 300, null, features)"));
        Dataset<Row> scored = skips.transform(keeps.transform(rows));
        List<Row> all = scored.collectAsList();
        SPARK.conf().set(Scoring.SETTING, "rows");
        assertThat(all).hasSizeBetween(200, 300);
        assertThat(all).isEqualTo(skips.transform(keeps.transform(rows)).collectAsList());
    }

    /** Such a stage is handed floats; not where it has to look at each row. */
    @ParameterizedTest
    @ValueSource(strings = {"error", "skip", "keep"})
    void aStageReadsWhatTheOneBeforeItGave(String handleInvalid) {
        Layer first = new Linear(3, 2).setInputCol("features").setOutputCol("out");
        first.parameter("weight").set(Tensor.of(4, 4, 4, 4, 4, 4).reshape(2, 3));
        // So wide that its blocks are smaller than those before it.
        Layer wide = new Linear(2, 6000).setInputCol("out").setOutputCol("wide");
        Layer second = new Linear(2, 5).setInputCol("out").setOutputCol("next").setHandleInvalid(handleInvalid);
        Layer third = new Linear(5, 2).setInputCol("next").setOutputCol("last").setHandleInvalid("keep");
        Layer back = new Linear(6000, 1).setInputCol("wide").setOutputCol("last");
        Dataset<Row> tame = rows();
        Dataset<Row> wild = tame.withColumn(
                "features",
                when(col("id").equalTo(407), array_to_vector(expr("array(3e38d, 3e38d, 3e38d)")))
                        .otherwise(col("features")));
        List<Supplier<Dataset<Row>>> scored = List.of(
                () -> third.transform(second.transform(first.transform(tame))).select("last"),
                () -> third.transform(second.transform(first.transform(wild))),
                () -> third.transform(second.transform(first.transform(wild))).select("last", "id"),
                () -> third.transform(second.transform(first.transform(wild))).select("out", "last"),
                () -> back.transform(wide.transform(first.transform(tame))).select("last"));
        for (Supplier<Dataset<Row>> one : scored) {
            SPARK.conf().unset(Scoring.SETTING);
            String operator = told(one.get());
            SPARK.conf().set(Scoring.SETTING, "rows");
            assertThat(operator).isEqualTo(told(one.get()));
        }
        String wildly = told(scored.get(1).get());
        switch (handleInvalid) {
            case "error" -> assertThat(wildly).contains("got NaN or an infinite value in column \"out\"");
            case "skip" -> assertThat(wildly).doesNotContain("NaN");
            default -> assertThat(wildly).contains("Infinity").contains("NaN");
        }
    }

    private static String told(Dataset<Row> frame) {
        Throwable thrown = catchThrowable(frame::collectAsList);
        return thrown == null ? frame.collectAsList().toString() : message(frame);
    }

    @Test
    void aLaterStageTellsItsOwnRowNumbers() {
        Layer first =
                new Linear(3, 2).setInputCol("features").setOutputCol("out").setHandleInvalid("skip");
        Layer second = new Linear(3, 2).setInputCol("others").setOutputCol("next");
        Dataset<Row> rows = rows().coalesce(1)
                .withColumn("others", expr("if(id = 400, null, features)"))
                .withColumn("features", expr("if(id < 100, null, features)"));
        String operator = message(second.transform(first.transform(rows)));
        SPARK.conf().set(Scoring.SETTING, "rows");
        assertThat(operator)
                .isEqualTo(message(second.transform(first.transform(rows))))
                .contains("in row 300 of");
    }

    private static String message(Dataset<Row> frame) {
        Throwable thrown = catchThrowable(frame::collectAsList);
        while (thrown.getCause() != null) {
            thrown = thrown.getCause();
        }
        return thrown.getMessage();
    }

    @Test
    void rowsOfFilesAreScoredWithTheirMetadata(@org.junit.jupiter.api.io.TempDir java.nio.file.Path directory) {
        String path = directory.resolve("rows").toString();
        rows().write().parquet(path);
        Dataset<Row> scored = layer.transform(SPARK.read().parquet(path));
        assertThat(scored.select("out", "_metadata.file_name").first().getString(1))
                .endsWith(".parquet");
    }

    @Test
    void manyColumnsPassAsTheyAre() {
        Dataset<Row> rows = rows();
        for (int i = 0; i < 70; i++) {
            rows = rows.withColumn(
                    "c" + i,
                    switch (i % 6) {
                        case 0 -> col("id").cast("decimal(30,2)");
                        case 1 -> col("id").cast("string");
                        case 2 -> expr("if(id % 3 = 0, null, cast(id as decimal(25,1)))");
                        case 3 -> expr("if(id % 2 = 0, null, array(id, null))");
                        case 4 -> expr("map(id, struct(id, 'x'))");
                        default -> expr("if(id % 5 = 0, null, cast(id as double))");
                    });
        }
        Dataset<Row> scored = layer.transform(rows);
        SPARK.conf().set(Scoring.SETTING, "rows");
        Dataset<Row> reference = layer.transform(rows);
        assertSame(scored, reference);
        assertSame(scored.select("c7", "out", "c2", "c6"), reference.select("c7", "out", "c2", "c6"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "cost", "formatted"})
    void everyExplanationNamesTheOperator(String mode) {
        Dataset<Row> scored = layer.transform(rows()).groupBy("id").count();
        assertThat(scored.queryExecution().explainString(ExplainMode.fromString(mode)))
                .contains("ScoreRows");
    }

    @Test
    void rowsOfOneJobAreTheRowsOfTheNext() {
        Dataset<Row> drawn = rows().withColumn("drawn", expr("rand(3)"));
        Dataset<Row> scored = layer.transform(drawn);
        assertSame(scored.select("drawn"), drawn.select("drawn"));
        assertThat(scored.queryExecution().analyzed().deterministic()).isFalse();
    }

    @Test
    void plansCountRowsAndBlocks() {
        Dataset<Row> scored = layer.transform(rows());
        SparkPlan exec = scored.queryExecution().executedPlan();
        while (!exec.nodeName().equals("ScoreRows")) {
            exec = exec.children().head();
        }
        SQLMetric rows = exec.metrics().apply("numOutputRows");
        scored.queryExecution().toRdd().count();
        assertThat(rows.value()).isEqualTo(600);
    }

    @Test
    void textOfThePlanNamesInputAndOutput() {
        String text = plan(layer.transform(rows()).select("out"));
        assertThat(text).containsPattern("ScoreRows \\[.*features#\\d+.*out#\\d+");
    }
}
