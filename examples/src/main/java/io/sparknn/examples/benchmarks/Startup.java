package io.sparknn.examples.benchmarks;

import io.sparknn.examples.Rows;
import io.sparknn.nn.Sequential;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The first thing that a fresh JVM's session does: score a few rows, or train one epoch on them, or only read them. Each
 * time a JVM is started that does one of them.
 */
public final class Startup extends Benchmark {
    private static final int ROUNDS = 3;

    Startup() {
        super("startup");
    }

    /**
     * Does one of them and prints the seconds.
     *
     * @param arguments which: read, transform or fit
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark =
                SparkSession.builder().master("local[2]").appName("startup").getOrCreate()) {
            Dataset<Row> rows = Rows.random(spark, 1024, Networks.INPUTS, 2)
                    .selectExpr("features", "double(pmod(hash(id), 10)) as label");
            Sequential network = Networks.perceptron();
            long began = System.nanoTime();
            switch (arguments[0]) {
                case "read" -> Setting.consume(rows);
                case "transform" -> Setting.consume(network.transform(rows));
                default ->
                    Networks.trained(Networks.lazyPerceptron(Networks.HIDDEN), 1, 128, 0)
                            .fit(rows);
            }
            System.out.println("seconds " + (System.nanoTime() - began) / 1e9);
        }
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        double[][] seconds = new double[3][ROUNDS];
        String[] works = {"read", "transform", "fit"};
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < works.length; i++) {
                seconds[i][round] = seconds(FreshJvm.run(Startup.class, FreshJvm.hasVectors(), works[i]));
            }
        }
        String against = "a job that only reads the rows";
        return List.of(
                Comparison.of(
                                name() + "/transform",
                                "first transform of a fresh session",
                                against,
                                Target.secondsMore(1))
                        .measured(new Pairs(seconds[1], seconds[0]), 1),
                Comparison.of(
                                name() + "/fit",
                                "first fit of a fresh session, one epoch",
                                against,
                                Target.secondsMore(1))
                        .measured(new Pairs(seconds[2], seconds[0]), 1));
    }

    private static double seconds(String printed) {
        return printed.lines()
                .filter(line -> line.startsWith("seconds "))
                .mapToDouble(line -> Double.parseDouble(line.substring("seconds ".length())))
                .findFirst()
                .orElseThrow();
    }
}
