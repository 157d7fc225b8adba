package io.sparknn.examples;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Adult census data: what people are, and whether they earn more than 50,000 dollars. */
final class Adult {
    private static final String[] COLUMNS = {
        "age",
        "workclass",
        "fnlwgt",
        "education",
        "education_num",
        "marital_status",
        "occupation",
        "relationship",
        "race",
        "sex",
        "capital_gain",
        "capital_loss",
        "hours",
        "country",
        "income"
    };

    static final String[] NUMBERS = {"age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours"};

    static final String[] CATEGORIES = {
        "workclass", "education", "marital_status", "occupation", "relationship", "race", "sex", "country"
    };

    private Adult() {}

    /** What is not known stands there as a question mark, which makes a category of its own. */
    static Dataset<Row> read(SparkSession spark, String file) {
        Dataset<Row> rows = spark.read().csv(file).toDF(COLUMNS);
        for (String column : COLUMNS) {
            rows = rows.withColumn(column, trim(col(column)));
        }
        for (String number : NUMBERS) {
            rows = rows.withColumn(number, col(number).cast("double"));
        }
        return rows.where(col("income").isNotNull());
    }

    /** Rows of the same columns, made up. */
    static Dataset<Row> drawn(SparkSession spark) {
        Dataset<Row> rows = spark.range(0, 4000, 1, 4).toDF();
        for (String number : NUMBERS) {
            rows = rows.withColumn(number, expr("double(pmod(xxhash64(id, '" + number + "'), 100))"));
        }
        for (String category : CATEGORIES) {
            String letters = "array('a', 'b', 'c', 'd', '?')";
            rows = rows.withColumn(
                    category, expr("element_at(" + letters + ", int(pmod(hash(id, '" + category + "'), 5)) + 1)"));
        }
        return rows.withColumn(
                "income",
                when(
                                expr("age + hours + if(education = 'a', 40, 0) + if(sex = 'b', 20, 0)"
                                        + " + pmod(hash(id), 30) > 140"),
                                lit(">50K"))
                        .otherwise(lit("<=50K")));
    }

    /** Columns made from others. */
    static String[] suffixed(String suffix, String... columns) {
        return Arrays.stream(columns).map(column -> column + suffix).toArray(String[]::new);
    }
}
