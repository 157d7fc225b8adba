package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class DropoutTest {
    private static final int N = 100_000;

    @Test
    void dropsTheShareAndScalesTheRest() {
        float[] y = trained(new Dropout(0.2), 1);
        int dropped = 0;
        for (float value : y) {
            assertThat(value == 0 || value == 1.25f).isTrue();
            dropped += value == 0 ? 1 : 0;
        }
        // Four deviations of the binomial distribution: 4 · √(0.2 · 0.8 / N) = 0.005.
        assertThat((double) dropped / N).isCloseTo(0.2, within(0.005));
    }

    @Test
    void evaluationIsTheIdentity() {
        Tensor x = Tensor.randn(4, 3);
        assertThat(new Dropout(0.7).forward(x).toArray()).isEqualTo(x.toArray());
    }

    @Test
    void allAndNothing() {
        assertThat(trained(new Dropout(1), 1)).containsOnly(0f);
        assertThat(trained(new Dropout(0), 1)).containsOnly(1f);
    }

    @Test
    void otherSeedsDropOthers() {
        Dropout dropout = new Dropout();
        assertThat(trained(dropout, 1)).isEqualTo(trained(dropout, 1)).isNotEqualTo(trained(dropout, 2));
    }

    @Test
    void twoOfANetworkAndTwoPassesOfOneDropOthers() {
        Dropout first = new Dropout();
        Dropout second = new Dropout();
        new Sequential(first, second);
        try (Pass pass = Pass.training(1)) {
            float[] a = first.forward(Tensor.ones(N)).toArray();
            float[] again = first.forward(Tensor.ones(N)).toArray();
            float[] b = second.forward(Tensor.ones(N)).toArray();
            assertThat(a).isNotEqualTo(b).isNotEqualTo(again);
        }
    }

    @Test
    void theParamCountsAndIsCopied() {
        Dropout dropout = new Dropout(0.5).setP(1);
        assertThat(trained(dropout, 1)).containsOnly(0f);
        assertThat(trained((Dropout) dropout.copy(ParamMap.empty()), 1)).containsOnly(0f);
        ParamMap none = new ParamMap().put(dropout.p().w(0.0));
        assertThat(trained((Dropout) dropout.copy(none), 1)).containsOnly(1f);
        assertThat(dropout).hasToString("Dropout(1.0)");
    }

    @Test
    void channelsAreDroppedAsAWhole() {
        try (Pass pass = Pass.training(1)) {
            float[] y = new Dropout2d(0.2).forward(Tensor.ones(100, 500, 2, 2)).toArray();
            int dropped = 0;
            for (int channel = 0; channel < 50_000; channel++) {
                float[] places = Arrays.copyOfRange(y, channel * 4, channel * 4 + 4);
                assertThat(places).containsOnly(places[0] == 0 ? 0 : 1.25f);
                dropped += places[0] == 0 ? 1 : 0;
            }
            // four deviations: 4 · √(0.2 · 0.8 / 50,000) = 0.0072
            assertThat(dropped / 50_000.0).isCloseTo(0.2, within(0.0072));
            assertThat(new Dropout1d(1).forward(Tensor.ones(2, 3, 4)).toArray()).containsOnly(0f);
            assertThat(new Dropout3d(0).forward(Tensor.ones(2, 3, 4, 1, 1)).toArray())
                    .containsOnly(1f);
        }
    }

    @Test
    void sequencesHaveNoChannelsOnTheirSecondAxis() {
        Tensor x = Tensor.ragged(Tensor.ones(3, 2), 1, 2);
        assertThatThrownBy(() -> new Dropout1d().forward(x))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Dropout1d expects channels on axis 1, got shape (2, *, 2), whose rows differ in length there;"
                                + " use Dropout for sequences");
    }

    private static float[] trained(Dropout dropout, long seed) {
        try (Pass pass = Pass.training(seed)) {
            return dropout.forward(Tensor.ones(N)).toArray();
        }
    }
}
