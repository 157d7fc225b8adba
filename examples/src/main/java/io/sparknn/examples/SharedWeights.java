package io.sparknn.examples;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Counts how often an executor makes a layer to score with: once, for all its tasks and all jobs. */
public final class SharedWeights {
    private static final int WIDTH = 2000;
    private static final int TASKS = 16;
    private static final int JOBS = 2;
    private static final StructType COUNTS =
            new StructType().add("process", "long").add("layers", "int");

    private SharedWeights() {}

    /** A layer that is slow enough for tasks to meet, and counts its likes in this JVM. */
    static final class Counted extends Layer {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger MADE = new AtomicInteger();

        private final Parameter weight;

        Counted(int width) {
            super(width);
            weight = addParameter("weight", Init.normal(), width, width);
            MADE.incrementAndGet();
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.matmul(weight).sum(false, 1).reshape(-1, 1);
        }
    }

    /**
     * Runs the example.
     *
     * @param arguments none
     * @throws IOException if the session cannot be closed
     */
    public static void main(String[] arguments) throws IOException {
        Arguments.of("SharedWeights", arguments);
        try (SparkSession spark =
                SparkSession.builder().appName("spark-nn shares weights").getOrCreate()) {
            Layer layer = new Counted(WIDTH).setInputCol("x").setOutputCol("y").setTrainable(false);
            Map<Long, List<Integer>> made = new TreeMap<>();
            for (int job = 0; job < JOBS; job++) {
                made = count(layer.transform(rows(spark)));
            }
            made.forEach((process, counts) -> System.out.printf(
                    "executor %d: %d tasks of the last of %d jobs, %d layer made%n",
                    process,
                    counts.size(),
                    JOBS,
                    counts.stream().mapToInt(Integer::intValue).max().orElse(0)));
        }
    }

    private static Dataset<Row> rows(SparkSession spark) {
        return spark.range(0, 40 * TASKS, 1, TASKS)
                .selectExpr("transform(sequence(1, " + WIDTH + "), i -> sin(id * i)) as x");
    }

    private static Map<Long, List<Integer>> count(Dataset<Row> scored) {
        return scored.mapPartitions(new Count(), Encoders.row(COUNTS)).collectAsList().stream()
                .collect(Collectors.groupingBy(
                        row -> row.getLong(0),
                        TreeMap::new,
                        Collectors.mapping(row -> row.getInt(1), Collectors.toList())));
    }

    private static final class Count implements MapPartitionsFunction<Row, Row> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            rows.forEachRemaining(row -> {});
            return List.of(RowFactory.create(ProcessHandle.current().pid(), Counted.MADE.get()))
                    .iterator();
        }
    }
}
