package io.sparknn.nn.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and their gradients against PyTorch's, losses of rows, a loss of a user's own, misuse. */
@Tag("fast")
@SuppressWarnings("try")
final class LossTest {
    private static final Map<String, Loss> CASES = new LinkedHashMap<>();

    static {
        double[] weights = toDoubles(Golden.load("loss_cross_entropy_weighted").tensor("class_weight"));
        CASES.put("loss_bce_logits", new BceWithLogitsLoss());
        CASES.put("loss_cross_entropy", new CrossEntropyLoss());
        CASES.put("loss_cross_entropy_smoothed", new CrossEntropyLoss().withLabelSmoothing(0.1));
        CASES.put("loss_cross_entropy_weighted", new CrossEntropyLoss().withClassWeights(weights));
        CASES.put("loss_huber", new HuberLoss());
        CASES.put("loss_l1", new L1Loss());
        CASES.put("loss_mse", new MseLoss());
        CASES.put("loss_nll", new NllLoss());
        CASES.put("loss_poisson_nll", new PoissonNllLoss());
        CASES.put("loss_smooth_l1", new SmoothL1Loss());
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    private static double[] toDoubles(Tensor tensor) {
        double[] values = new double[tensor.numel()];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.get(i);
        }
        return values;
    }

    @Test
    void everyFileIsChecked() {
        assertThat(Golden.names("loss_")).containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesPyTorchsLossAndGradient(String name) {
        Golden golden = Golden.load(name);
        Tensor output = golden.input().requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor loss = CASES.get(name).mean(output, golden.tensor("target"));
            assertThat(loss.shape()).isEqualTo(Shape.of());
            golden.check("output", loss.reshape(1), 1e-5, 1e-6);
            loss.backward();
        }
        golden.check("grad.input", output.grad());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesALossForEachRow(String name) {
        Golden golden = Golden.load(name);
        Tensor label = golden.tensor("target");
        Tensor losses = CASES.get(name).forward(golden.input(), label);
        assertThat(losses.shape()).isEqualTo(Shape.of(9));
        for (int row = 0; row < 9; row++) {
            Tensor one = CASES.get(name).forward(golden.input().slice(0, row, row + 1), label.slice(0, row, row + 1));
            assertThat(one.item()).as("row %d alone", row).isEqualTo(losses.get(row));
        }
    }

    @Test
    void classWeightsDivideTheSum() {
        CrossEntropyLoss loss = new CrossEntropyLoss().withClassWeights(1, 3);
        assertThat(loss.rowWeights(Tensor.of(1, 0, 1)).toArray()).containsExactly(3, 1, 3);
        assertThat(new CrossEntropyLoss().rowWeights(Tensor.of(1, 0))).isNull();
        assertThat(new NllLoss()
                        .withClassWeights(2, 4)
                        .rowWeights(Tensor.of(1, 0))
                        .toArray())
                .containsExactly(4, 2);
        assertThat(new MseLoss().rowWeights(Tensor.of(1, 0))).isNull();
    }

    @Test
    void smoothingWeighsEachClass() {
        // (1 - s) · w_l · -ln p_l + s / K · Σ w_c · -ln p_c, by hand with p = (1/4, 3/4)
        Tensor output = Tensor.of(new double[][] {{0, Math.log(3)}});
        CrossEntropyLoss loss = new CrossEntropyLoss().withClassWeights(1, 2).withLabelSmoothing(0.2);
        double expected = 0.8 * Math.log(4) + 0.1 * (Math.log(4) + 2 * Math.log(4 / 3.0));
        assertThat(loss.forward(output, Tensor.of(0.0)).item()).isCloseTo((float) expected, within(1e-6f));
    }

    @Test
    void anOutputOfOneColumnTakesScalarLabels() {
        Tensor output = Tensor.of(new double[][] {{1}, {2}, {4}});
        Tensor label = Tensor.of(1, 0, 1);
        assertThat(new MseLoss().forward(output, label).toArray()).containsExactly(0, 4, 9);
        assertThat(new MseLoss().forward(output.reshape(3), label).toArray()).containsExactly(0, 4, 9);
        assertThat(new MseLoss().forward(output, label.unsqueeze(1)).toArray()).containsExactly(0, 4, 9);
    }

    @Test
    void valuesOfARowAreAveragedWhateverTheirShape() {
        Tensor output = Tensor.arange(12).reshape(2, 3, 2);
        assertThat(new L1Loss().forward(output, Tensor.zeros(2, 3, 2)).toArray())
                .containsExactly(2.5f, 8.5f);
    }

    @Test
    void crossEntropyOfLargeScoresDoesNotOverflow() {
        Tensor output = Tensor.of(new double[][] {{1000, 0}, {-1000, 1000}}).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor losses = new CrossEntropyLoss().forward(output, Tensor.of(0, 0));
            assertThat(losses.toArray()).containsExactly(0, 2000);
            losses.sum().backward();
        }
        assertThat(output.grad().toArray()).containsExactly(0, 0, -1, 1);
    }

    @Test
    void binaryCrossEntropyOfLargeScoresKeepsItsDigits() {
        Tensor output = Tensor.of(50, -50, 500, -500);
        float[] right =
                new BceWithLogitsLoss().forward(output, Tensor.of(1, 0, 1, 0)).toArray();
        assertThat(right[0]).isCloseTo((float) Math.exp(-50), within(1e-27f));
        assertThat(right[1]).isEqualTo(right[0]);
        assertThat(right[2]).isZero();
        float[] wrong =
                new BceWithLogitsLoss().forward(output, Tensor.of(0, 1, 0, 1)).toArray();
        assertThat(wrong).containsExactly(50, 50, 500, 500);
    }

    @Test
    void positiveWeightsMultiplyThePartOfLabelOne() {
        Tensor output = Tensor.of(new double[][] {{0.5, -1.5}, {2, 0.25}});
        Tensor label = Tensor.of(new double[][] {{1, 0}, {0, 1}});
        Tensor one = new BceWithLogitsLoss().forward(output, Tensor.ones(2, 2));
        Tensor weighted = new BceWithLogitsLoss().withPositiveWeight(3).forward(output, Tensor.ones(2, 2));
        assertThat(weighted.get(1)).isCloseTo(3 * one.get(1), within(1e-6f));
        float[] each = new BceWithLogitsLoss()
                .withPositiveWeight(3, 5)
                .forward(output, label)
                .toArray();
        assertThat(each[0]).isCloseTo((float) ((3 * softplus(-0.5) + softplus(-1.5)) / 2), within(1e-6f));
        assertThat(each[1]).isCloseTo((float) ((softplus(2) + 5 * softplus(-0.25)) / 2), within(1e-6f));
    }

    private static double softplus(double x) {
        return Math.log1p(Math.exp(x));
    }

    @Test
    void bendsWhereTheSettingSays() {
        Tensor output = Tensor.of(0.25, 0.5, 4);
        Tensor label = Tensor.zeros(3);
        assertThat(new HuberLoss(0.5).forward(output, label).toArray()).containsExactly(0.03125f, 0.125f, 1.875f);
        assertThat(new SmoothL1Loss(0.5).forward(output, label).toArray()).containsExactly(0.0625f, 0.25f, 3.75f);
        assertThat(new SmoothL1Loss(0).forward(output, label).toArray()).containsExactly(0.25f, 0.5f, 4);
    }

    @Test
    void poissonTakesRatesToo() {
        Tensor rates = Tensor.of(2, 0.5);
        float[] losses =
                new PoissonNllLoss(false).forward(rates, Tensor.of(1, 3)).toArray();
        assertThat(losses[0]).isCloseTo((float) (2 - Math.log(2)), within(1e-6f));
        assertThat(losses[1]).isCloseTo((float) (0.5 - 3 * Math.log(0.5)), within(1e-6f));
    }

    /** The loss in the documentation. */
    private static final class LogCoshLoss extends Loss {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor output, Tensor label) {
            Tensor error = output.sub(label);
            return error.exp().add(error.neg().exp()).div(2).log().mean(1);
        }
    }

    @Test
    void aLossOfOnesOwnHasAGradient() {
        Tensor output = Tensor.of(new double[][] {{0.3, -1}, {2, 0}}).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor loss = new LogCoshLoss().mean(output, Tensor.zeros(2, 2));
            loss.backward();
        }
        float[] gradient = output.grad().toArray();
        double[] x = {0.3, -1, 2, 0};
        for (int i = 0; i < x.length; i++) {
            assertThat(gradient[i]).isCloseTo((float) Math.tanh(x[i]) / 4, within(1e-6f));
        }
        assertThat(new LogCoshLoss()).isEqualTo(new LogCoshLoss()).hasToString("LogCoshLoss()");
    }

    @Test
    void settingsLeaveTheLossTheyAreTakenFromAsItWas() {
        CrossEntropyLoss loss = new CrossEntropyLoss();
        double[] weights = {1, 2};
        CrossEntropyLoss weighted = loss.withLabelSmoothing(0.1).withClassWeights(weights);
        weights[0] = 100;
        assertThat(loss).isEqualTo(new CrossEntropyLoss());
        assertThat(weighted).hasToString("CrossEntropyLoss([1.0, 2.0], 0.1)");
        assertThat(weighted.rowWeights(Tensor.of(0.0)).item()).isEqualTo(1);
        ((double[]) weighted.arguments()[0])[0] = 100;
        assertThat(weighted).isEqualTo(loss.withClassWeights(1, 2).withLabelSmoothing(0.1));
    }

    @Test
    void misuseIsNamed() {
        Tensor scores = Tensor.zeros(2, 10);
        Loss cross = new CrossEntropyLoss();
        refuses(
                () -> cross.forward(scores, Tensor.of(1, 10)),
                "CrossEntropyLoss expects labels from 0 to 9, got 10; index");
        refuses(() -> cross.forward(scores, Tensor.of(-1, 1)), "CrossEntropyLoss expects labels from 0 to 9, got -1");
        refuses(() -> cross.forward(scores, Tensor.of(0.5, 1)), "CrossEntropyLoss expects labels from 0 to 9, got 0.5");
        refuses(() -> cross.forward(scores, Tensor.of(Double.NaN, 1)), "expects labels from 0 to 9, got NaN");
        refuses(() -> new NllLoss().forward(scores, Tensor.of(1, 10)), "NllLoss expects labels from 0 to 9, got 10");
        refuses(
                () -> cross.forward(scores, Tensor.zeros(2, 1)),
                "CrossEntropyLoss expects one class number for each row of outputs (2, 10), got labels (2, 1)");
        refuses(
                () -> cross.forward(scores, Tensor.zeros(3)),
                "CrossEntropyLoss expects one class number for each row of outputs (2, 10), got labels (3)");
        refuses(
                () -> cross.forward(Tensor.zeros(2), Tensor.zeros(2)),
                "CrossEntropyLoss expects outputs of shape (N, classes), got (2)");
        refuses(
                () -> new CrossEntropyLoss().withClassWeights(1, 2).forward(scores, Tensor.of(0, 1)),
                "CrossEntropyLoss expects a weight for each of 10 classes, got 2");
        refuses(
                () -> new MseLoss().forward(scores, Tensor.zeros(2)),
                "MseLoss expects labels of the outputs' shape (2, 10), got (2); give the network as many outputs");
        refuses(
                () -> new L1Loss().forward(scores, Tensor.zeros(1, 10)),
                "L1Loss expects labels of the outputs' shape (2, 10), got (1, 10)");
        refuses(
                () -> new BceWithLogitsLoss().withPositiveWeight(1, 2, 3).forward(scores, scores),
                "BceWithLogitsLoss expects 3 outputs for as many positive weights, got (2, 10)");
        refuses(
                () -> new CrossEntropyLoss().withClassWeights(1, -2),
                "CrossEntropyLoss expects class weights of 0 or more");
        refuses(() -> new CrossEntropyLoss().withLabelSmoothing(2), "expects labelSmoothing from 0 to 1, got 2.0");
        refuses(
                () -> new BceWithLogitsLoss().withPositiveWeight(-1),
                "expects positive weights of 0 or more, got -1.0");
        refuses(() -> new HuberLoss(0), "HuberLoss expects delta above 0, got 0.0");
        refuses(() -> new SmoothL1Loss(-1), "SmoothL1Loss expects beta of 0 or more, got -1.0");
    }

    private static void refuses(Supplier<Object> use, String message) {
        assertThatIllegalArgumentException().isThrownBy(use::get).withMessageContaining(message);
    }
}
