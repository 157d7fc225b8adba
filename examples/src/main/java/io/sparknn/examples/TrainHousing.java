package io.sparknn.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import io.sparknn.ml.NeuralNetworkRegressor;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.optim.AdamW;
import io.sparknn.optim.CosineAnnealingLr;
import java.io.IOException;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.RegressionEvaluator;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Predicts what houses cost: {@code examples/run TrainHousing --data FILE} takes the California housing data as CSV;
 * without a file it makes up rows of the same columns.
 */
public final class TrainHousing {
    private static final String[] NUMBERS = {
        "longitude",
        "latitude",
        "housing_median_age",
        "total_rooms",
        "total_bedrooms",
        "population",
        "households",
        "median_income"
    };

    private static final int EPOCHS = 40;

    private TrainHousing() {}

    /**
     * Runs the example.
     *
     * @param arguments none, or {@code --data} and a CSV file
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        String data = Arguments.of("TrainHousing", arguments, "data").get("data");
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn trains housing").getOrCreate()) {
            Dataset<Row> houses = data == null ? drawn(spark) : read(spark, data);
            run(houses.withColumn("label", col("Price").divide(100_000)).cache());
        }
    }

    private static Dataset<Row> read(SparkSession spark, String file) {
        return spark.read()
                .option("header", "true")
                .option("inferSchema", "true")
                .csv(file);
    }

    /** Rows whose price follows from place and income, with noise. */
    private static Dataset<Row> drawn(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 4000, 1, 4).toDF();
        for (String number : NUMBERS) {
            rows = rows.withColumn(number, expr("pmod(xxhash64(id, '" + number + "'), 10000) / 1000"));
        }
        return rows.withColumn(
                        "ocean_proximity", expr("element_at(array('INLAND', 'ISLAND'), int(pmod(hash(id), 2)) + 1)"))
                .withColumn(
                        "Price",
                        expr("100000 + 30000 * median_income + 10000 * (latitude - 5) * (longitude - 5)"
                                + " + if(ocean_proximity = 'ISLAND', 50000, 0) + pmod(hash(id, 1), 20000)"));
    }

    private static void run(Dataset<Row> houses) {
        Dataset<Row>[] parts = houses.randomSplit(new double[] {0.8, 0.2}, 7);
        NeuralNetworkRegressor regressor = new NeuralNetworkRegressor()
                .setNetwork(new LazySequential(
                        new LazyLinear(64), new Relu(), new LazyLinear(64), new Relu(), new LazyLinear()))
                .setOptimizer(new AdamW())
                .setLearningRate(4e-3)
                .setSchedule(new CosineAnnealingLr(EPOCHS, 0))
                .setMaxEpochs(EPOCHS)
                .setBatchSize(128)
                .setSeed(7)
                .setListener(Console.progress());
        PipelineModel model = new Pipeline()
                .setStages(new PipelineStage[] {
                    new Imputer().setInputCol("total_bedrooms").setOutputCol("bedrooms"),
                    new StringIndexer().setInputCol("ocean_proximity").setOutputCol("ocean"),
                    new OneHotEncoder().setInputCol("ocean").setOutputCol("oceans"),
                    new VectorAssembler().setInputCols(assembled()).setOutputCol("raw"),
                    new StandardScaler()
                            .setInputCol("raw")
                            .setOutputCol("features")
                            .setWithMean(true),
                    regressor
                })
                .fit(parts[0]);
        double r2 = new RegressionEvaluator().setMetricName("r2").evaluate(model.transform(parts[1]));
        System.out.printf(Locale.ROOT, "R2 %.4f%n", r2);
    }

    private static String[] assembled() {
        String[] columns = new String[NUMBERS.length + 1];
        for (int i = 0; i < NUMBERS.length; i++) {
            columns[i] = NUMBERS[i].equals("total_bedrooms") ? "bedrooms" : NUMBERS[i];
        }
        columns[NUMBERS.length] = "oceans";
        return columns;
    }
}
