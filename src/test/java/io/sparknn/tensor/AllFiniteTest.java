package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("fast")
final class AllFiniteTest {
    private static final int SIZE = 67;

    private static final FloatLoops[] LOOPS = {FloatMath.loops(), new PlainLoops()};

    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, 1.5f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE})
    void numbersAreFinite(float value) {
        float[] x = new float[SIZE];
        Arrays.fill(x, value);
        for (FloatLoops loops : LOOPS) {
            assertThat(loops.allFinite(0, SIZE, x)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void oneOtherValueIsFoundWhereverItStands(float value) {
        for (FloatLoops loops : LOOPS) {
            for (int at = 0; at < SIZE; at++) {
                float[] x = new float[SIZE];
                Arrays.fill(x, -Float.MAX_VALUE);
                x[at] = value;
                assertThat(loops.allFinite(0, SIZE, x)).isFalse();
                assertThat(loops.allFinite(at, 1, x)).isFalse();
                assertThat(loops.allFinite(0, at, x)).isTrue();
                assertThat(loops.allFinite(at + 1, SIZE - at - 1, x)).isTrue();
            }
        }
    }
}
