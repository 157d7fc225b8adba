package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both kernels for squares of two by two give the same bits, those of the definition. */
@Tag("fast")
final class SquaresTest {
    private static final float[] SPECIAL = {
        Float.NaN, -0f, 0f, 0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, 1, 1, -Float.MIN_VALUE
    };

    private final Squares[] kernels = {Squares.get(), new PlainSquares()};
    private final Random random = new Random(3);

    @ParameterizedTest(name = "{0} planes of {1} × {2}")
    @CsvSource({"1, 2, 2", "3, 2, 2", "5, 8, 8", "4, 24, 24", "2, 5, 7", "3, 3, 33", "1, 4, 64", "2, 6, 71", "0, 4, 4"})
    void isTheLargestOfFour(int planes, int height, int width) {
        for (int special = 0; special < 4; special++) {
            float[] x = values(planes * height * width, special);
            int squares = planes * (height / 2) * (width / 2);
            float[] gy = values(squares, 0);
            float[] before = values(x.length, 0);
            float[] y = new float[squares];
            float[] gx = before.clone();
            for (int i = 0; i < squares; i++) {
                define(i, height, width, x, y, gy, gx);
            }
            for (Squares kernel : kernels) {
                float[] largest = values(squares, 0);
                kernel.largest(planes, height, width, x, largest);
                assertThat(largest).isEqualTo(y);
                float[] gradient = before.clone();
                kernel.spread(planes, height, width, x, y, gy, gradient);
                assertThat(gradient).isEqualTo(gx);
            }
        }
    }

    private static void define(int square, int height, int width, float[] x, float[] y, float[] gy, float[] gx) {
        int lines = height / 2;
        int places = width / 2;
        int line = square / places;
        int a = (line / lines * height + line % lines * 2) * width + square % places * 2;
        int[] four = {a, a + 1, a + width, a + width + 1};
        y[square] = Float.NEGATIVE_INFINITY;
        int found = -1;
        for (int i : four) {
            boolean isLarger = found < 0 || x[i] > y[square] || Float.isNaN(x[i]);
            found = isLarger ? i : found;
            y[square] = Math.max(y[square], x[i]);
        }
        gx[found] += gy[square];
    }

    @Test
    void theKernelIsTheOneOfTheVectorApiWhereThatIs() {
        String expected = Kernels.isVectorPresent() ? "VectorSquares" : "PlainSquares";
        assertThat(Squares.get().getClass().getSimpleName()).isEqualTo(expected);
    }

    /** Normal ones; or with half of them 0, as behind a rectifier; or one of ten special; or all special. */
    private float[] values(int n, int special) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            float normal = (float) random.nextGaussian();
            boolean isSpecial = special == 3 || (special == 2 && random.nextInt(10) == 0);
            values[i] =
                    isSpecial ? SPECIAL[random.nextInt(SPECIAL.length)] : special == 1 ? Math.max(0, normal) : normal;
        }
        return values;
    }
}
