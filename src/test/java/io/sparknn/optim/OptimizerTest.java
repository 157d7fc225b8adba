package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every optimiser: slices stay within their bounds, rules find their parameters, misuse is named. */
@Tag("fast")
final class OptimizerTest {
    private static final Layout LAYOUT =
            new Layout(new String[] {"0.weight", "none", "0.bias", "2.weight", "2.bias"}, new int[] {37, 0, 5, 23, 2});

    static Stream<String> names() {
        return Optimizers.all().keySet().stream();
    }

    private static float[] normal(Random random) {
        float[] values = new float[LAYOUT.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void lowersASquare(String name) {
        Optimizer optimizer = Optimizers.all().get(name);
        float[] weights = normal(new Random(3));
        double before = GradientClipping.sumOfSquares(weights, 0, weights.length);
        float[][] state = optimizer.newState(weights.length);
        for (int step = 1; step <= 20; step++) {
            optimizer.update(weights, weights.clone(), state, 0, weights.length, LAYOUT, 0.02, step);
        }
        assertThat(GradientClipping.sumOfSquares(weights, 0, weights.length)).isLessThan(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void leavesWhatIsOutsideTheSliceAlone(String name) {
        Optimizer optimizer = Optimizers.all().get(name);
        float[] weights = normal(new Random(4));
        float[] before = weights.clone();
        float[] gradients = normal(new Random(5));
        float[][] state = optimizer.newState(weights.length);
        optimizer.update(weights, gradients, state, 10, 50, LAYOUT, 0.1, 1);
        for (int i = 0; i < weights.length; i++) {
            boolean inside = i >= 10 && i < 50;
            assertThat(weights[i] != before[i]).as("weight %d moved", i).isEqualTo(inside);
            for (float[] array : state) {
                assertThat(inside || array[i] == 0).as("state %d", i).isTrue();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void leavesWeightsWithoutGradientFinite(String name) {
        Optimizer optimizer = Optimizers.all().get(name);
        float[] weights = normal(new Random(6));
        float[][] state = optimizer.newState(weights.length);
        for (int step = 1; step <= 3; step++) {
            optimizer.update(weights, new float[weights.length], state, 0, weights.length, LAYOUT, 0.1, step);
        }
        for (float weight : weights) {
            assertThat(weight).isFinite();
        }
    }

    @Test
    void decaySparesTheParametersNamed() {
        Sgd sgd = new Sgd().withWeightDecay(0.5).withoutDecayOn("bias", "2");
        float[] weights = ones();
        sgd.update(weights, new float[weights.length], sgd.newState(67), 0, 67, LAYOUT, 1, 1);
        assertThat(Arrays.copyOfRange(weights, 0, 37)).containsOnly(0.5f);
        assertThat(Arrays.copyOfRange(weights, 37, 67)).containsOnly(1f);
    }

    @Test
    void ratesOfParametersMultiplyTheRateOfTheStep() {
        Sgd sgd = new Sgd().withRate("0", 2).withRate("bias", 0).withRate("2.weight", 0.5);
        float[] weights = ones();
        sgd.update(weights, ones(), sgd.newState(67), 0, 67, LAYOUT, 0.25, 1);
        assertThat(Arrays.copyOfRange(weights, 0, 37)).containsOnly(0.5f);
        assertThat(Arrays.copyOfRange(weights, 37, 42)).containsOnly(1f);
        assertThat(Arrays.copyOfRange(weights, 42, 65)).containsOnly(0.875f);
        assertThat(Arrays.copyOfRange(weights, 65, 67)).containsOnly(1f);
    }

    @Test
    void rulesNameWholePartsOfAPath() {
        ParameterRules rules = ParameterRules.NONE.withWeightDecay(1).withoutDecayOn("1.b", "bias");
        assertThat(rules.decay("1.b")).isZero();
        assertThat(rules.decay("1.b.weight")).isZero();
        assertThat(rules.decay("0.1.b")).isZero();
        assertThat(rules.decay("11.b")).isEqualTo(1);
        assertThat(rules.decay("1.bias.weight")).isEqualTo(1);
        assertThat(rules.decay("hidbias")).isEqualTo(1);
    }

    private static float[] ones() {
        float[] ones = new float[LAYOUT.length()];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Test
    void settingsLeaveTheOptimizerTheyAreTakenFromAsItWas() {
        Adam adam = new Adam();
        adam.withWeightDecay(1).withBetas(0, 0).withAmsgrad().withoutDecayOn("bias");
        assertThat(adam).isEqualTo(new Adam());
        assertThat(adam.stateSize()).isEqualTo(2);
        assertThat(adam).isNotEqualTo(adam.withEpsilon(1e-7)).hasSameHashCodeAs(new Adam());
    }

    @Test
    void textShowsWhatDiffers() {
        assertThat(new Sgd().withMomentum(0.9).withWeightDecay(0.1).withoutDecayOn("bias"))
                .hasToString("Sgd(weight decay 0.1 but on bias, 0.9, 0.0, false)");
        assertThat(new Rprop()).hasToString("Rprop(0.5, 1.2, 1.0E-6, 50.0)");
    }

    @Test
    void nadamsMomentaNeedNoState() {
        NAdam nadam = new NAdam().withBetas(0.5, 0.9);
        float[] weights = ones();
        float[][] state = nadam.newState(67);
        nadam.update(weights, ones(), state, 0, 67, LAYOUT, 0.1, 1_000_000_000_000L);
        for (float weight : weights) {
            assertThat(weight).isFinite().isLessThan(1);
        }
    }

    @Test
    void misuseIsNamed() {
        refuses(() -> new Sgd().withNesterov(), "Sgd with Nesterov's momentum expects a momentum above 0 and no");
        refuses(() -> new Sgd().withMomentum(-1), "Sgd expects momentum of 0 or more, got -1.0");
        refuses(() -> new Sgd().withWeightDecay(Double.NaN), "Sgd expects weightDecay of 0 or more, got NaN");
        refuses(() -> new Adam().withBetas(1, 0.9), "Adam expects beta1 from 0 to below 1, got 1.0");
        refuses(() -> new AdamW().withRate("0", -1), "AdamW expects a factor of the rate of 0 or more, got -1.0");
        refuses(
                () -> new Rprop().withFactors(2, 3),
                "Rprop expects factors between 0 and 1 and above 1, got shrink 2.0");
        refuses(
                () -> new Rprop().withSteps(2, 1),
                "Rprop expects steps of 0 or more in ascending order, got 2.0 to 1.0");
        refuses(() -> new Adadelta().withEpsilon(0), "Adadelta expects epsilon above 0, got 0.0");
        refuses(() -> new Lbfgs().withHistory(0), "Lbfgs expects history of 1 or more, got 0");
        refuses(() -> new Step(1, 0, "w"), "Step expects a number of 1 or more, got 0");
        refuses(() -> new Step(Double.NaN, 1, "w"), "Step expects a learning rate of 0 or more, got NaN");
        refuses(() -> new Layout(new String[] {"w"}, new int[0]), "Layout expects a size for each of 1 names, got 0");
        refuses(() -> new Layout(new String[] {"w"}, new int[] {-1}), "Layout expects a size of 0 or more, got -1");
        refuses(
                () -> update(new Adam(), new float[1][67], 67),
                "expects 2 arrays of state, got 1; start it from newState");
        refuses(() -> update(new Adam(), new float[2][67], 68), "expects a slice within 0 to 67, got 0 to 68");
    }

    private static Object update(Optimizer optimizer, float[][] state, int to) {
        optimizer.update(ones(), ones(), state, 0, to, LAYOUT, 0.1, 1);
        return state;
    }

    private static void refuses(Supplier<Object> use, String message) {
        assertThatIllegalArgumentException().isThrownBy(use::get).withMessageContaining(message);
    }
}
