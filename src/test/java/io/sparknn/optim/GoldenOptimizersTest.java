package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** 25 steps of every optimiser against PyTorch's: the loss of each step, the weights after 1, 5 and 25. */
@Tag("fast")
final class GoldenOptimizersTest {
    private static final double RELATIVE = 1e-4;
    private static final int STEPS = 25;

    static Stream<String> runs() {
        return Optimizers.golden().keySet().stream();
    }

    @Test
    void everyRunIsChecked() {
        Set<String> names = new HashSet<>(Optimizers.golden().keySet());
        names.add("optim_lbfgs");
        assertThat(Golden.names("optim_")).containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("runs")
    void goesPyTorchsWay(String name) {
        Golden golden = Golden.load(name);
        Optimizer optimizer = Optimizers.golden().get(name);
        double rate = ((Number) golden.args().get("lr")).doubleValue();
        Regression network = new Regression(golden);
        float[] weights = network.start();
        float[] gradients = new float[weights.length];
        float[][] state = optimizer.newState(weights.length);
        float[] losses = golden.tensor("losses").toArray();
        for (int step = 1; step <= STEPS; step++) {
            double loss = network.evaluate(weights, gradients);
            double expected = losses[step - 1];
            assertThat(loss).as("loss of step %d", step).isCloseTo(expected, within(RELATIVE * expected));
            optimizer.update(weights, gradients, state, 0, weights.length, network.layout(), rate, step);
            network.check(step, weights, RELATIVE, RELATIVE * 1e-2);
        }
    }

    /**
     * Rounding grows along the way: the same steps in double end 4e-4 from PyTorch's weights, which are up to 3.3, and their
     * last losses, below 4e-6, differ by a tenth. So the bounds here are absolute.
     */
    @Test
    void lbfgsGoesPyTorchsWay() {
        Golden golden = Golden.load("optim_lbfgs");
        Lbfgs optimizer = new Lbfgs().withMaxIterations(4);
        Regression network = new Regression(golden);
        float[] weights = network.start();
        List<float[]> state = new ArrayList<>();
        float[] losses = golden.tensor("losses").toArray();
        for (int step = 1; step <= STEPS; step++) {
            double loss = optimizer.step(weights, state, 0.5, network::evaluate);
            assertThat(loss)
                    .as("loss of step %d", step)
                    .isCloseTo((double) losses[step - 1], within(1e-6 + 1e-3 * losses[step - 1]));
            network.check(step, weights, 0, 1e-3);
        }
    }
}
