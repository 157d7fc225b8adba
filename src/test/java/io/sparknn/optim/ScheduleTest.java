package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparknn.Golden;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The learning rates of 40 epochs against PyTorch's, and what has no figures of PyTorch's. */
@Tag("fast")
final class ScheduleTest {
    private static final Map<String, Schedule> CASES = new LinkedHashMap<>();
    private static final double[] NONE = {};

    static {
        CASES.put("schedule_cosine", new CosineAnnealingLr(40, 1e-4));
        CASES.put("schedule_cosine_restarts", new CosineAnnealingWarmRestarts(8, 2, 0));
        CASES.put("schedule_exponential", new ExponentialLr(0.93));
        CASES.put("schedule_linear", new LinearLr(0.1, 1, 10));
        CASES.put("schedule_multistep", new MultiStepLr(0.3, 5, 20, 30));
        CASES.put("schedule_onecycle", new OneCycleLr(0.2, 41));
        CASES.put("schedule_poly", new PolynomialLr(30, 2));
        CASES.put("schedule_step", new StepLr(7, 0.5));
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyFileIsChecked() {
        assertThat(Golden.names("schedule_")).containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesPyTorchsRates(String name) {
        float[] rates = Golden.load(name).tensor("rates").toArray();
        assertThat(rates).hasSize(40);
        for (int epoch = 0; epoch < rates.length; epoch++) {
            double rate = CASES.get(name).rate(0.1, epoch, new double[epoch]);
            // the figures were doubles, and are floats here
            assertThat(rate).as("epoch %d", epoch).isCloseTo(rates[epoch], Offset.offset(1e-7 * rates[epoch] + 1e-12));
        }
    }

    @Test
    void schedulesStayWhereTheyEnd() {
        assertThat(new PolynomialLr(30, 2).rate(0.1, 31, NONE)).isZero();
        assertThat(new LinearLr(0.1, 0.5, 10).rate(0.1, 100, NONE)).isEqualTo(0.05);
        assertThat(new OneCycleLr(0.2, 10).rate(0.1, 50, NONE)).isEqualTo(0.2 / 25 / 1e4, Offset.offset(1e-12));
        assertThat(new ConstantLr(0.5, 3).rate(0.1, 2, NONE)).isEqualTo(0.05);
        assertThat(new ConstantLr(0.5, 3).rate(0.1, 3, NONE)).isEqualTo(0.1);
    }

    @Test
    void aSequenceCountsItsSecondPartFromZero() {
        Schedule schedule = new SequentialLr(new LinearLr(0.1, 1, 5), 5, new CosineAnnealingLr(35, 0));
        assertThat(schedule.rate(1, 0, NONE)).isEqualTo(0.1);
        assertThat(schedule.rate(1, 4, new double[4])).isEqualTo(0.82, Offset.offset(1e-12));
        assertThat(schedule.rate(1, 5, new double[5])).isEqualTo(1);
        assertThat(schedule.rate(1, 40, new double[40])).isEqualTo(0, Offset.offset(1e-12));
        Schedule plateau = new SequentialLr(new ConstantLr(1, 0), 2, new ReduceLrOnPlateau(0.5, 1));
        assertThat(plateau.rate(1, 5, 9, 9, 9, 9, 9)).isEqualTo(0.5);
        assertThat(plateau.rate(1, 4, 9, 9, 9, 9)).isEqualTo(1);
    }

    @Test
    void lowersTheRateOnceThePatienceIsOver() {
        Schedule schedule = new ReduceLrOnPlateau(0.1, 2);
        double[] losses = {5, 4, 4, 4, 4, 4, 4, 4, 3};
        double[] expected = {1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01};
        for (int epoch = 0; epoch <= losses.length; epoch++) {
            assertThat(schedule.rate(1, epoch, Arrays.copyOf(losses, epoch)))
                    .as("epoch %d", epoch)
                    .isEqualTo(expected[epoch], Offset.offset(1e-12));
        }
    }

    @Test
    void aFallBelowTheThresholdIsNone() {
        ReduceLrOnPlateau schedule = new ReduceLrOnPlateau(0.5, 1);
        assertThat(schedule.rate(1, 3, 1, 0.99995, 0.9999)).isEqualTo(0.5);
        assertThat(schedule.withThreshold(1e-6).rate(1, 3, 1, 0.99995, 0.9999)).isEqualTo(1);
        assertThat(schedule.rate(1, 3, -1, -1.5, -2)).as("negative losses").isEqualTo(1);
        assertThat(schedule.rate(1, 3, -1, -1, -1)).as("negative losses").isEqualTo(0.5);
        assertThat(schedule.rate(1, 3, 1, Double.NaN, Double.NaN))
                .as("no numbers")
                .isEqualTo(0.5);
    }

    @Test
    void epochsAfterAChangeAreNotCounted() {
        ReduceLrOnPlateau schedule = new ReduceLrOnPlateau(0.5, 0).withCooldown(2);
        assertThat(schedule.rate(1, 2, 1, 1)).isEqualTo(0.5);
        assertThat(schedule.rate(1, 4, 1, 1, 1, 1)).isEqualTo(0.5);
        assertThat(schedule.rate(1, 5, 1, 1, 1, 1, 1)).isEqualTo(0.25);
    }

    @Test
    void theMinimumEndsTheFall() {
        ReduceLrOnPlateau schedule = new ReduceLrOnPlateau(0.1, 0).withMinimum(0.03);
        assertThat(schedule.rate(1, 5, 1, 1, 1, 1, 1)).isEqualTo(0.03);
    }

    @Test
    void misuseIsNamed() {
        refuses(() -> new StepLr(0, 0.1), "StepLr expects stepSize of 1 or more, got 0");
        refuses(() -> new MultiStepLr(0.1, 3, -1), "MultiStepLr expects a milestone of 0 or more, got -1");
        refuses(() -> new ExponentialLr(Double.NaN), "ExponentialLr expects gamma of 0 or more, got NaN");
        refuses(() -> new OneCycleLr(0.1, 1), "OneCycleLr expects epochs of 2 or more, got 1");
        refuses(() -> new OneCycleLr(0, 9), "OneCycleLr expects max above 0, got 0.0");
        refuses(() -> new ReduceLrOnPlateau(1, 2), "ReduceLrOnPlateau expects factor above 0 and below 1, got 1.0");
        refuses(() -> new CosineAnnealingWarmRestarts(8, 0, 0), "expects factor of 1 or more, got 0");
    }

    private static void refuses(Supplier<Object> use, String message) {
        assertThatIllegalArgumentException().isThrownBy(use::get).withMessageContaining(message);
    }
}
