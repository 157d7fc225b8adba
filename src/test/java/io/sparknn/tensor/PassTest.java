package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What passes record, own and refuse. */
@Tag("fast")
@SuppressWarnings("try")
final class PassTest {
    private static Tensor weights() {
        return Tensor.of(1, 2, 3).requiresGrad(true);
    }

    @Test
    void nothingIsRecordedOutsideAPass() {
        Tensor loss = weights().mul(2).sum();
        assertThat(loss.requiresGrad()).isFalse();
        assertThatThrownBy(loss::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "backward expects a result of operations on tensors that require gradients, got one that was not"
                                + " recorded; compute it inside Pass.recording() or Pass.training(seed)");
    }

    @Test
    void nothingIsRecordedWhileScoringInsideRecording() {
        Tensor w = weights();
        try (Pass recording = Pass.recording()) {
            try (Pass scoring = Pass.scoring(part -> part)) {
                assertThat(w.mul(2).requiresGrad()).isFalse();
            }
            assertThat(w.mul(2).requiresGrad()).isTrue();
        }
    }

    @Test
    void tensorsThatNeedNoGradientAreNotRecorded() {
        try (Pass pass = Pass.recording()) {
            assertThat(Tensor.of(1).mul(2).requiresGrad()).isFalse();
            assertThat(weights().detach().mul(2).requiresGrad()).isFalse();
            assertThat(weights().mul(2).detach().exp().requiresGrad()).isFalse();
        }
    }

    @Test
    void gradientsAddUpUntilTheyAreCleared() {
        Tensor w = weights();
        assertThat(w.grad()).isNull();
        for (int run = 1; run <= 2; run++) {
            try (Pass pass = Pass.recording()) {
                w.mul(w).sum().backward();
            }
            assertThat(w.grad().toArray()).containsExactly(2 * run, 4 * run, 6 * run);
        }
        w.zeroGrad();
        assertThat(w.grad()).isNull();
    }

    @Test
    void tensorsUsedSeveralTimesCollectAllTheirGradients() {
        Tensor w = weights();
        try (Pass pass = Pass.recording()) {
            Tensor shared = w.mul(w);
            Tensor twice = shared.add(shared);
            twice.mul(shared).add(w).sum().backward();
        }
        // 2 w⁴ + w
        assertThat(w.grad().toArray()).containsExactly(9, 65, 217);
    }

    @Test
    void longChainsDoNotOverflowTheStack() {
        Tensor w = Tensor.of(1).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor y = w;
            for (int i = 0; i < 100_000; i++) {
                y = y.add(1);
            }
            y.backward();
        }
        assertThat(w.grad().item()).isEqualTo(1);
    }

    @Test
    void backwardExpectsAScalar() {
        try (Pass pass = Pass.recording()) {
            Tensor y = weights().mul(2);
            assertThatThrownBy(y::backward)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("backward expects a scalar, got shape (3); take its sum() or mean() first");
        }
    }

    @Test
    void aRecordedResultCannotBeCutOffByItsFlag() {
        try (Pass pass = Pass.recording()) {
            Tensor y = weights().mul(2);
            assertThatThrownBy(() -> y.requiresGrad(false))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "requiresGrad(false) expects a tensor that was not computed, got a recorded result of shape"
                                    + " (3); use detach()");
        }
    }

    @Test
    void freezingBetweenForwardAndBackwardIsHonoured() {
        Tensor frozen = weights();
        Tensor other = weights();
        try (Pass pass = Pass.recording()) {
            Tensor loss = frozen.exp().mul(other).sum();
            frozen.requiresGrad(false);
            loss.backward();
        }
        assertThat(frozen.grad()).isNull();
        assertThat(other.grad().toArray()).isEqualTo(frozen.exp().toArray());
    }

    @Test
    void passesNestAndCloseInReverseOrder() {
        assertThat(Pass.isTraining()).isFalse();
        Pass outer = Pass.training(1);
        Pass inner = Pass.recording();
        assertThat(Pass.isTraining()).isFalse();
        assertThatThrownBy(outer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("passes of a thread must close in the reverse order of opening");
        inner.close();
        assertThat(Pass.isTraining()).isTrue();
        inner.close();
        assertThat(Pass.isTraining()).isTrue();
        outer.close();
        assertThat(Pass.isTraining()).isFalse();
    }

    @Test
    void anotherThreadHasNoPass() throws InterruptedException {
        List<Boolean> seen = new ArrayList<>();
        try (Pass pass = Pass.training(1)) {
            Thread thread = new Thread(() -> seen.add(Pass.isTraining()));
            thread.start();
            thread.join();
        }
        assertThat(seen).containsExactly(false);
    }

    @Test
    void tensorsOfAClosedScoringPassAreRefused() {
        Tensor row;
        Tensor constant;
        try (Pass pass = Pass.scoring(part -> part)) {
            row = pass.block(new float[] {1, 2}, Shape.of(2, 1));
            constant = Tensor.of(1).add(1);
            assertThat(constant.item()).isEqualTo(2);
        }
        String message = " was used after its pass ended; keep no tensor of a forward pass in a field";
        assertThatThrownBy(() -> row.add(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(message);
        assertThatThrownBy(() -> row.size(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith(message);
        assertThatThrownBy(constant::item)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a tensor of shape (1)" + message);
        assertThatThrownBy(() -> constant.detach().item())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a tensor of shape (1)" + message);
    }

    @Test
    void tensorsOfARecordingPassOutliveIt() {
        Tensor w = weights();
        Tensor loss;
        try (Pass pass = Pass.recording()) {
            loss = w.mul(3).sum();
        }
        loss.backward();
        assertThat(loss.item()).isEqualTo(18);
        assertThat(w.grad().toArray()).containsExactly(3, 3, 3);
    }

    @Test
    void randomNumbersAreRefusedWhileScoring() {
        try (Pass pass = Pass.scoring(part -> part)) {
            assertThatThrownBy(() -> Tensor.rand(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("transform expects a forward that gives the same answer each time");
        }
    }

    @Test
    void trainingPassesOfOneSeedDrawTheSameNumbers() {
        assertThat(draw(1)).isEqualTo(draw(1)).isNotEqualTo(draw(2));
    }

    private static float[] draw(long seed) {
        try (Pass pass = Pass.training(seed)) {
            return Tensor.rand(5).add(Tensor.randn(5)).toArray();
        }
    }

    @Test
    void buffersAreUsedAgain() {
        float[] first = scoredArray();
        assertThat(scoredArray()).isSameAs(first);
    }

    private static float[] scoredArray() {
        try (Pass pass = Pass.scoring(part -> part)) {
            return pass.values(Tensor.zeros(1234).exp());
        }
    }

    @Test
    void innerPassesKeepTheBuffersOfTheOuterOne() {
        try (Pass outer = Pass.scoring(part -> part)) {
            Tensor x = Tensor.zeros(777).add(1);
            try (Pass inner = Pass.scoring(part -> part)) {
                Tensor.zeros(777).add(2);
            }
            Tensor.zeros(777).add(3);
            assertThat(x.toArray()).containsOnly(1);
        }
    }

    @Test
    void staleBuffersChangeNoBits() {
        OperationCases.all().forEach(c -> {
            float[] fresh = c.function.apply(c.tensors()).toArray();
            for (int run = 0; run < 2; run++) {
                spoilBuffers();
                try (Pass pass = Pass.scoring(part -> part)) {
                    assertThat(c.function.apply(c.tensors()).toArray())
                            .as(c.name)
                            .isEqualTo(fresh);
                }
            }
        });
    }

    /** Leaves arrays full of NaN of every small size in the pool. */
    private static void spoilBuffers() {
        try (Pass pass = Pass.scoring(part -> part)) {
            for (int size = 0; size <= 64; size++) {
                for (int copy = 0; copy < 8; copy++) {
                    Arrays.fill(pass.allocate(size), Float.NaN);
                }
            }
        }
    }
}
