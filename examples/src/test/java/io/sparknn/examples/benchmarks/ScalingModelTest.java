package io.sparknn.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class ScalingModelTest {
    /** 1 ms a step and 10 µs a row, 1 MB of gradients; 100 µs of latency, 10 µs a message, 1 GB/s. */
    private static final ScalingModel.Network NETWORK = new ScalingModel.Network("a network", 100e-6, 10e-6, 1e9);

    private static final ScalingModel MODEL = new ScalingModel(1e-3, 10e-6, 1e6, NETWORK);

    @Test
    void oneWorkerReducesNothing() {
        assertThat(MODEL.step(1, 100, NETWORK)).isCloseTo(2e-3, within(1e-12));
        assertThat(MODEL.growing(1, 100, NETWORK)).isEqualTo(1);
        assertThat(MODEL.shared(1, 100, NETWORK)).isEqualTo(1);
    }

    @Test
    void twoWorkersSendEachOtherEverything() {
        assertThat(MODEL.step(2, 100, NETWORK)).isCloseTo(2e-3 + 110e-6 + 1e-3, within(1e-12));
        assertThat(MODEL.growing(2, 100, NETWORK)).isCloseTo(2 / 3.11, within(1e-12));
        assertThat(MODEL.shared(2, 200, NETWORK)).isCloseTo(3 / 6.22, within(1e-12));
    }

    @Test
    void moreWorkersDealOutBlocks() {
        double reduce = 2 * (100e-6 + 3 * 10e-6 + 0.75e-3);
        assertThat(MODEL.step(4, 100, NETWORK)).isCloseTo(2e-3 + reduce, within(1e-12));
    }

    @Test
    void itBendsWhereHalfIsLost() {
        int bend = MODEL.bend(100, NETWORK);
        assertThat(MODEL.growing(bend, 100, NETWORK)).isLessThan(0.5);
        assertThat(MODEL.growing(bend - 1, 100, NETWORK)).isGreaterThanOrEqualTo(0.5);
        assertThat(new ScalingModel(1, 1, 1e6, new ScalingModel.Network("at once", 0, 0, 1e12)).bend(100, NETWORK))
                .isZero();
    }

    @Test
    void theLoopbackDeviceAnswers() throws IOException {
        ScalingModel.Network loopback = Loopback.measure();
        assertThat(loopback.latency()).isBetween(1e-7, 1.0);
        assertThat(loopback.bandwidth()).isBetween(1e6, 1e12);
    }
}
