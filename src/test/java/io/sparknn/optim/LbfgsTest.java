package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What L-BFGS promises beyond PyTorch's run: a minimum, within few evaluations, and a step that can be resumed. */
@Tag("fast")
final class LbfgsTest {
    private int evaluations;

    /** Rosenbrock's valley, whose minimum is 0 at (1, 1). */
    private double valley(float[] w, float[] gradients) {
        evaluations++;
        double a = 1 - w[0];
        double b = w[1] - (double) w[0] * w[0];
        gradients[0] = (float) (-2 * a - 400 * b * w[0]);
        gradients[1] = (float) (200 * b);
        return a * a + 100 * b * b;
    }

    @Test
    void findsTheEndOfAValleyByLineSearch() {
        float[] weights = {-1.2f, 1};
        Lbfgs optimizer = new Lbfgs().withMaxIterations(100).withLineSearch();
        double first = optimizer.step(weights, new ArrayList<>(), 1, this::valley);
        assertThat(first).isCloseTo(24.2, Offset.offset(1e-4));
        assertThat(valley(weights, new float[2])).isLessThan(1e-8);
        assertThat(weights[0]).isCloseTo(1, within(1e-3f));
        assertThat(weights[1]).isCloseTo(1, within(2e-3f));
        assertThat(evaluations).isLessThan(80);
    }

    @Test
    void lineSearchNeverLeavesALossAboveTheFirst() {
        for (double rate : new double[] {1e-6, 1e-3, 1, 30, 1000}) {
            float[] weights = {-1.2f, 1};
            List<float[]> state = new ArrayList<>();
            Lbfgs optimizer = new Lbfgs().withMaxIterations(1).withLineSearch();
            double last = Double.MAX_VALUE;
            for (int step = 0; step < 10; step++) {
                double loss = optimizer.step(weights, state, rate, this::valley);
                assertThat(loss).as("step %d at rate %s", step, rate).isLessThanOrEqualTo(last);
                last = loss;
            }
        }
    }

    @Test
    void evaluatesAtMostFiveFourthsAsOftenAsItMoves() {
        float[] weights = {-1.2f, 1};
        new Lbfgs().withMaxIterations(8).step(weights, new ArrayList<>(), 0.1, this::valley);
        assertThat(evaluations).isBetween(2, 10);
    }

    @Test
    void forgetsTheOldestMoves() {
        Regression network = new Regression(Golden.load("optim_lbfgs"));
        float[] weights = network.start();
        List<float[]> state = new ArrayList<>();
        Lbfgs optimizer = new Lbfgs().withMaxIterations(4).withHistory(3);
        for (int step = 0; step < 6; step++) {
            optimizer.step(weights, state, 0.5, network::evaluate);
        }
        // numbers, direction, gradient, and two arrays a move
        assertThat(state).hasSize(3 + 2 * 3);
    }

    @Test
    void goesOnFromACopyOfItsStateWithTheSameBits() {
        Regression network = new Regression(Golden.load("optim_lbfgs"));
        Lbfgs optimizer = new Lbfgs().withMaxIterations(4).withLineSearch();
        float[] weights = network.start();
        List<float[]> state = new ArrayList<>();
        optimizer.step(weights, state, 1, network::evaluate);
        float[] resumed = weights.clone();
        List<float[]> copy = new ArrayList<>();
        state.forEach(array -> copy.add(array.clone()));
        for (int step = 0; step < 5; step++) {
            optimizer.step(weights, state, 1, network::evaluate);
            optimizer.step(resumed, copy, 1, network::evaluate);
        }
        assertThat(resumed).isEqualTo(weights);
    }

    @Test
    void staysWhereThereIsNoSlope() {
        float[] weights = {1, 1};
        List<float[]> state = new ArrayList<>();
        assertThat(new Lbfgs().step(weights, state, 1, this::valley)).isZero();
        assertThat(weights).containsExactly(1, 1);
        assertThat(state).isEmpty();
        assertThat(evaluations).isOne();
    }
}
