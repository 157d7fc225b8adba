package io.sparknn.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.util.List;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.evaluation.MultilabelClassificationEvaluator;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.functions;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

/** What Spark does with scored rows: SQL over views of them, and the measures of MLlib's evaluators. */
final class ScoredTablesTest {
    private static NeuralNetworkClassificationModel model(Dataset<Row> rows, int outputs) {
        LazyLinear last = outputs == 0 ? new LazyLinear() : new LazyLinear(outputs);
        return new NeuralNetworkClassifier()
                .setNetwork(new LazySequential(new LazyLinear(8), new Relu(), last))
                .setLearningRate(0.02)
                .setBatchSize(32)
                .setMaxEpochs(4)
                .setNumWorkers(1)
                .setSeed(1)
                .fit(rows);
    }

    @Test
    void sqlAsksAViewOfScoredRows() {
        Dataset<Row> rows = Tables.clouds(150).cache();
        SparkSession spark = SharedSpark.session();
        Dataset<Row> scored = model(rows, 0).transform(rows);
        scored.withColumn("p", functions.vector_to_array(scored.col("probability"), "float64"))
                .createOrReplaceTempView("scored");
        List<Row> counts = spark.sql("select prediction, count(*), min(array_max(p)), max(array_max(p)) from scored"
                        + " where label = prediction group by prediction order by prediction")
                .collectAsList();
        assertThat(counts).extracting(row -> row.getDouble(0)).containsExactly(0.0, 1.0, 2.0);
        assertThat(counts)
                .allSatisfy(row -> assertThat(row.getLong(1)).isBetween(30L, 50L))
                .allSatisfy(row -> assertThat(row.getDouble(2)).isBetween(1 / 3.0, row.getDouble(3)));
        // The optimiser may reorder and prune around the scoring: a join with the view gives what the rows give.
        assertThat(spark.sql("select count(*) from scored a join scored b on a.label = b.label"
                                + " and a.features = b.features and a.p = b.p")
                        .first()
                        .getLong(0))
                .isEqualTo(150);
        spark.sql("cache table kept as select label, prediction, probability from scored");
        assertThat(new MulticlassClassificationEvaluator().evaluate(spark.table("kept")))
                .isEqualTo(new MulticlassClassificationEvaluator().evaluate(scored));
        spark.sql("uncache table kept");
        spark.catalog().dropTempView("kept");
        spark.catalog().dropTempView("scored");
        rows.unpersist();
    }

    @Test
    void sqlComesBeforeAndAfterALayer() {
        Dataset<Row> rows = Tables.clouds(9);
        Dataset<Row> twice = new SQLTransformer()
                .setStatement("select *, array(label, 2 * label) as pair from __THIS__")
                .transform(rows);
        Sequential net = new Sequential(new Linear(2, 2), new Relu());
        net.parameter("0.weight").init(io.sparknn.nn.Init.eye());
        net.parameter("0.bias").init(io.sparknn.nn.Init.zeros());
        Dataset<Row> out = net.setInputCol("pair").setOutputCol("out").transform(twice);
        out.createOrReplaceTempView("layered");
        List<Row> values = SharedSpark.session()
                .sql("select label, out from layered order by label")
                .collectAsList();
        assertThat(values).hasSize(9).allSatisfy(row -> assertThat(((Vector) row.get(1)).toArray())
                .containsExactly(row.getDouble(0), 2 * row.getDouble(0)));
        SharedSpark.session().catalog().dropTempView("layered");
    }

    @Test
    void evaluatorsOfSeveralClassesMeasureWhatTheRowsSay() {
        Dataset<Row> rows = Tables.clouds(150).cache();
        List<Row> scored = model(rows, 0).transform(rows).collectAsList();
        long hits = scored.stream()
                .filter(row -> row.getAs("label").equals(row.getAs("prediction")))
                .count();
        double loss = scored.stream()
                .mapToDouble(row -> -Math.log(((Vector) row.getAs("probability"))
                        .apply((int) row.<Double>getAs("label").doubleValue())))
                .average()
                .orElseThrow();
        Dataset<Row> frame =
                SharedSpark.session().createDataFrame(scored, scored.get(0).schema());
        MulticlassClassificationEvaluator evaluator = new MulticlassClassificationEvaluator();
        assertThat(evaluator.setMetricName("accuracy").evaluate(frame)).isCloseTo(hits / 150.0, within(1e-12));
        assertThat(evaluator.setMetricName("logLoss").evaluate(frame)).isCloseTo(loss, within(1e-6));
        rows.unpersist();
    }

    @Test
    void evaluatorsOfTwoClassesTakeOneOutputAsWellAsTwo() {
        Dataset<Row> rows = Tables.clouds(150).where("label < 2").cache();
        for (int outputs : new int[] {1, 2}) {
            Dataset<Row> scored = model(rows, outputs).transform(rows).cache();
            BinaryClassificationEvaluator evaluator = new BinaryClassificationEvaluator();
            assertThat(evaluator.setMetricName("areaUnderROC").evaluate(scored)).isGreaterThan(0.95);
            assertThat(evaluator.setMetricName("areaUnderPR").evaluate(scored)).isGreaterThan(0.95);
            assertThat(evaluator.setRawPredictionCol("probability").evaluate(scored))
                    .isGreaterThan(0.95);
            scored.unpersist();
        }
        rows.unpersist();
    }

    @Test
    void evaluatorsOfSeveralLabelsTakeTheirPlaces() {
        Dataset<Row> rows = Tables.clouds(150)
                .selectExpr("features", "array(double(label < 1), double(label < 2)) as several")
                .withColumn("label", functions.array_to_vector(org.apache.spark.sql.functions.col("several")))
                .cache();
        Dataset<Row> scored = model(rows, 0).transform(rows);
        // MLlib's measure wants the labels that are there, not a 0 or 1 for each.
        String places = "transform(filter(sequence(1, 2), i -> %s[i - 1] = 1), i -> double(i))";
        Dataset<Row> sets = scored.withColumn(
                        "predicted", functions.vector_to_array(scored.col("prediction"), "float64"))
                .selectExpr(
                        String.format(places, "several") + " as label",
                        String.format(places, "predicted") + " as prediction");
        assertThat(new MultilabelClassificationEvaluator()
                        .setMetricName("accuracy")
                        .evaluate(sets))
                .isGreaterThan(0.85);
        rows.unpersist();
    }

    @Test
    void evaluatorsOfNumbersMeasureARegression() {
        Dataset<Row> rows = Tables.line(150).cache();
        Dataset<Row> scored = new NeuralNetworkRegressor()
                .setNetwork(new LazyLinear())
                .setLearningRate(0.1)
                .setMaxEpochs(10)
                .setBatchSize(32)
                .setNumWorkers(1)
                .fit(rows)
                .transform(rows);
        assertThat(new RegressionEvaluator().setMetricName("r2").evaluate(scored))
                .isGreaterThan(0.95);
        assertThat(new RegressionEvaluator().setMetricName("rmse").evaluate(scored))
                .isLessThan(0.5);
        rows.unpersist();
    }
}
