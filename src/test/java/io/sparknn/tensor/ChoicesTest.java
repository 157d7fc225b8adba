package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops without branches choose as comparisons do, for every pair of remarkable values and any length. */
@Tag("fast")
final class ChoicesTest {
    private static final float[] REMARKABLE = {
        0f,
        -0f,
        1f,
        -1f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MAX_VALUE,
        Float.NaN,
        Float.intBitsToFloat(0xFFC00001),
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY
    };

    private static final Choices[] CHOICES = {Choices.get(), new PlainChoices()};

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 64, 121})
    void choicesAreThoseOfComparisons(int n) {
        float[] a = new float[n];
        float[] b = new float[n];
        for (int i = 0; i < n; i++) {
            a[i] = REMARKABLE[i % REMARKABLE.length];
            b[i] = REMARKABLE[i / REMARKABLE.length % REMARKABLE.length];
        }
        for (Choices choices : CHOICES) {
            float[] atLeast = new float[n];
            float[] above = new float[n];
            float[] sum = new float[n];
            Arrays.fill(sum, 0.5f);
            choices.atLeast(n, a, b, atLeast);
            choices.above(n, a, b, above);
            choices.addWhereNotZero(n, a, b, sum);
            for (int i = 0; i < n; i++) {
                assertThat(atLeast[i]).isEqualTo(a[i] >= b[i] ? 1f : 0f);
                assertThat(above[i]).isEqualTo(a[i] > b[i] ? 1f : 0f);
                assertThat(Float.valueOf(sum[i])).isEqualTo(Float.valueOf(a[i] != 0 ? 0.5f + b[i] : 0.5f));
            }
        }
    }
}
