package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
class FloatMathTest {
    private static final float[] EDGES = {
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL,
        -Float.MIN_NORMAL,
        Math.nextDown(Float.MIN_NORMAL),
        1f,
        -1f,
        Math.nextUp(1f),
        Math.nextDown(1f),
        Math.nextUp(-1f),
        Math.nextDown(-1f),
        0.927734375f,
        Math.nextUp(0.927734375f),
        88.72283f,
        88.72284f,
        -87.33655f,
        -103.27892f,
        -103.97208f,
        -104f,
        89f,
        1e30f,
        -1e30f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.NaN
    };

    /** A function, one by one, over an array, and as StrictMath or a series has it. */
    record Case(String name, Scalar scalar, Array array, DoubleUnaryOperator truth) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Scalar {
        float of(float x);
    }

    interface Array {
        void of(FloatLoops loops, int n, float[] x, float[] y);
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("exp", FloatMath::exp, FloatLoops::exp, StrictMath::exp),
                new Case("expm1", FloatMath::expm1, FloatLoops::expm1, StrictMath::expm1),
                new Case("log", FloatMath::log, FloatLoops::log, StrictMath::log),
                new Case("log1p", FloatMath::log1p, FloatLoops::log1p, StrictMath::log1p),
                new Case("tanh", FloatMath::tanh, FloatLoops::tanh, StrictMath::tanh),
                new Case("sigmoid", FloatMath::sigmoid, FloatLoops::sigmoid, FloatMathTest::sigmoid),
                new Case("erf", FloatMath::erf, FloatLoops::erf, FloatMathTest::erf));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void staysWithinTwoUnitsInTheLastPlace(Case function) {
        double worst = 0;
        float at = 0;
        for (float x : arguments()) {
            float y = function.scalar.of(x);
            double error = ulps(y, function.truth.applyAsDouble(x));
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("%s of %s", function, at).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void givesArraysTheBitsOfTheirElements(Case function) {
        float[] x = arguments();
        float[] y = new float[x.length];
        for (FloatLoops loops : new FloatLoops[] {FloatMath.loops(), new PlainLoops()}) {
            function.array.of(loops, x.length, x, y);
            for (int i = 0; i < x.length; i++) {
                if (Float.floatToIntBits(y[i]) != Float.floatToIntBits(function.scalar.of(x[i]))) {
                    assertThat(y[i]).as("%s of %s", function, x[i]).isEqualTo(function.scalar.of(x[i]));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void worksInPlaceOnTheFirstElementsOnly(Case function) {
        for (int n = 0; n < 70; n++) {
            float[] x = new float[72];
            float[] expected = new float[72];
            for (int i = 0; i < x.length; i++) {
                x[i] = (i + 1) / 16f;
                expected[i] = i < n ? function.scalar.of(x[i]) : x[i];
            }
            function.array.of(FloatMath.loops(), n, x, x);
            assertThat(x).containsExactly(expected);
        }
    }

    /** Every 997th bit pattern, which passes through all exponents and both signs, and the edges. */
    private static float[] arguments() {
        float[] x = new float[(int) (0x1p32 / 997) + EDGES.length];
        IntStream.range(0, x.length)
                .forEach(i -> x[i] = i < EDGES.length ? EDGES[i] : Float.intBitsToFloat(997 * (i - EDGES.length)));
        return x;
    }

    /** The distance from the truth, in units of the last place of the float next to it. */
    private static double ulps(float y, double truth) {
        float rounded = (float) truth;
        if (Float.isNaN(rounded) || Float.isInfinite(rounded) || Float.isInfinite(y) || rounded == 0f) {
            return limit(y, truth, rounded);
        }
        return Math.abs(y - truth) / Math.ulp(rounded);
    }

    private static double limit(float y, double truth, float rounded) {
        if (Float.isNaN(rounded)) {
            return Float.isNaN(y) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (truth == 0 || Double.isInfinite(truth)) {
            return Float.floatToIntBits(y) == Float.floatToIntBits(rounded) ? 0 : Double.POSITIVE_INFINITY;
        }
        // where the true value is finite and beyond the floats, the largest and the smallest float are neighbours
        boolean near = rounded == 0f ? Math.abs(y) <= Float.MIN_VALUE : Math.abs(y) == Float.MAX_VALUE;
        return y == rounded ? 0 : near ? 1 : Double.POSITIVE_INFINITY;
    }

    private static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + StrictMath.exp(-x)) : StrictMath.exp(x) / (1 + StrictMath.exp(x));
    }

    /** Abramowitz and Stegun 7.1.6: all terms positive, so nothing cancels. */
    private static double erf(double x) {
        if (Double.isNaN(x) || Math.abs(x) > 6 || x == 0) {
            return Double.isNaN(x) ? x : x == 0 ? x : Math.signum(x);
        }
        double term = x;
        double sum = x;
        for (int n = 1; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }
        return 2 / StrictMath.sqrt(Math.PI) * StrictMath.exp(-x * x) * sum;
    }
}
