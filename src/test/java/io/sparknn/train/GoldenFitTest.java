package io.sparknn.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.optim.Adam;
import io.sparknn.optim.Lbfgs;
import io.sparknn.optim.Sgd;
import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Shape;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PyTorch's runs of 25 full-batch steps, through the whole engine: rows from a DataFrame, one worker or two. */
final class GoldenFitTest {
    private static final int STEPS = 25;

    @ParameterizedTest(name = "{0} with {1} workers")
    @CsvSource({"optim_adam, 1", "optim_adam, 2", "optim_sgd_nesterov, 2", "optim_lbfgs, 1", "optim_lbfgs, 2"})
    void goesPyTorchsWay(String name, int workers) {
        Golden golden = Golden.load(name);
        Shape input = golden.input().shape();
        Shape target = golden.tensor("target").shape();
        Dataset<Row> rows = Fits.regression(golden.input(), golden.tensor("target"), 3);
        int hidden = golden.parameter("0.bias").numel();
        Layer network = new Sequential(new Linear(input.last(), hidden), new Tanh(), new Linear(hidden, target.last()));
        golden.parameters().forEach(path -> network.parameter(path).set(golden.parameter(path)));

        TrainingOptions options = TrainingOptions.of(new MseLoss(), optimizer(name), rate(name, golden))
                .withWork(STEPS, 1000, workers)
                .withPatience(0, 0, false);
        TrainingResult result = Fits.fit(network, options, rows, Fits.values(input.last(), target.last()));

        float[] losses = golden.tensor("losses").toArray();
        boolean isLbfgs = name.equals("optim_lbfgs");
        // L-BFGS without a line search takes steps so long that rounding grows to 1e-3 on the way, see the test of
        // Lbfgs.
        double relative = isLbfgs ? 5e-3 : 1e-3;
        for (int step = 0; step < STEPS; step++) {
            double expected = losses[step];
            assertThat(result.history().get(step).loss())
                    .as("loss of step %d", step + 1)
                    .isCloseTo(expected, within(relative * expected + (isLbfgs ? 1e-6 : 0)));
        }
        golden.parameters()
                .forEach(path -> golden.check(
                        "step" + STEPS + "." + path,
                        result.network().parameter(path).value(),
                        1e-3,
                        isLbfgs ? 1e-3 : 1e-5));
    }

    private static Configured optimizer(String name) {
        return switch (name) {
            case "optim_adam" -> new Adam();
            case "optim_lbfgs" -> new Lbfgs().withMaxIterations(4);
            default -> new Sgd().withMomentum(0.9).withNesterov().withWeightDecay(0.01);
        };
    }

    private static double rate(String name, Golden golden) {
        return name.equals("optim_lbfgs") ? 0.5 : ((Number) golden.args().get("lr")).doubleValue();
    }
}
