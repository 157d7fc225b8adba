package io.sparknn.examples.benchmarks;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Rows scored through a DataFrame, and the matrix products of the same network alone: blocks of floats that lie ready in
 * memory, packed weights, the same kernel, as many threads as the session has.
 */
final class ScoreProducts extends Benchmark {
    private static final int BLOCK = 256;

    ScoreProducts() {
        super("score-products");
    }

    @Override
    List<Comparison> run(Setting setting) throws IOException {
        Dataset<Row> rows = setting.rows().select("features");
        Sequential network = Networks.perceptron();
        Products products =
                new Products(Setting.ROWS, setting.spark().sparkContext().defaultParallelism());
        Pairs pairs = Pairs.inTurns(
                3, 15, 25, Pairs.timed(() -> Setting.consume(network.transform(rows))), Pairs.timed(products::compute));
        return List.of(Comparison.of(
                        name(),
                        "score 80,000 × 784 by 784-128-10",
                        "its matrix products alone on floats in memory",
                        Target.time(2.5))
                .measured(pairs, Setting.ROWS));
    }

    private static final class Products {
        private final float[][] blocks;
        private final int threads;
        private final Linear first = new Linear(Networks.INPUTS, Networks.HIDDEN, false);
        private final Linear second = new Linear(Networks.HIDDEN, Networks.OUTPUTS, false);
        private final float[] hidden = Tensor.rand(BLOCK, Networks.HIDDEN).toArray();

        Products(int rows, int threads) {
            this.threads = threads;
            // Arrays of their own: all of them together are far larger than any cache, as the rows are.
            blocks = IntStream.range(0, (rows + BLOCK - 1) / BLOCK)
                    .mapToObj(i -> Tensor.rand(BLOCK, Networks.INPUTS).toArray())
                    .toArray(float[][]::new);
        }

        void compute() {
            Thread[] all = new Thread[threads];
            for (int i = 0; i < threads; i++) {
                int thread = i;
                all[i] = new Thread(() -> share(thread));
                all[i].start();
            }
            for (Thread each : all) {
                join(each);
            }
        }

        private void share(int thread) {
            for (int i = thread; i < blocks.length; i += threads) {
                // As scoring does it: a pass for each block, which takes arrays from a pool.
                try (Pass pass = Pass.scoring(part -> part)) {
                    first.forward(pass.block(blocks[i], Shape.of(BLOCK, Networks.INPUTS)));
                    second.forward(pass.block(hidden, Shape.of(BLOCK, Networks.HIDDEN)));
                }
            }
        }

        private static void join(Thread thread) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
