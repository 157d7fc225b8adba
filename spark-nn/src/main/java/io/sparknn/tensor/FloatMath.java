package io.sparknn.tensor;

/**
 * exp, log and their kin for floats: polynomials of our own, so that the bits are the same on every JVM and processor.
 *
 * <p>Within 2 units in the last place of the true value, over all floats; subnormal arguments and results are kept, NaN
 * stays NaN, signs of zeros and limits are those of {@link StrictMath}. An array gets the bits of its elements one by
 * one, whether the Vector API works on it or not; {@code y} may be {@code x}. Fused multiply-adds throughout: without the
 * hardware for them these crawl, as {@link PlainGemm} does.
 */
final class FloatMath {
    /** Adding it rounds a small float to an integer, which then stands in the low bits. */
    static final float ROUND = 0x1.8p23f;

    static final int ROUND_BITS = 0x4B400000;

    /** The same with the bias of a float's exponent: 23 bits further left, the low bits are a power of two. */
    static final float ROUND_BIASED = ROUND + 127f;

    static final float LOG2_E = 1.44269504f;
    /** ln 2 in two parts, the first of so few bits that its multiples are exact. */
    static final float LN2_HIGH = 0.693359375f;

    static final float LN2_LOW = -2.12194440e-4f;

    /** Up to here an odd polynomial, beyond by the exponential. */
    static final float TANH_SMALL = 0.625f;

    static final float ERF_SMALL = 0.927734375f;

    private static final FloatLoops LOOPS =
            "plain".equals(System.getProperty("sparknn.gemm")) || !Kernels.isVectorPresent()
                    ? new PlainLoops()
                    : Kernels.load("VectorLoops", FloatLoops.class, PlainLoops::new);

    private FloatMath() {}

    /** The loops of this JVM. */
    static FloatLoops loops() {
        return LOOPS;
    }

    static void exp(int n, float[] x, float[] y) {
        LOOPS.exp(n, x, y);
    }

    static void expm1(int n, float[] x, float[] y) {
        LOOPS.expm1(n, x, y);
    }

    static void log(int n, float[] x, float[] y) {
        LOOPS.log(n, x, y);
    }

    static void log1p(int n, float[] x, float[] y) {
        LOOPS.log1p(n, x, y);
    }

    static void tanh(int n, float[] x, float[] y) {
        LOOPS.tanh(n, x, y);
    }

    static void sigmoid(int n, float[] x, float[] y) {
        LOOPS.sigmoid(n, x, y);
    }

    static void erf(int n, float[] x, float[] y) {
        LOOPS.erf(n, x, y);
    }

    /** e to the x. */
    static float exp(float x) {
        float in = Math.min(Math.max(x, -104f), 89f);
        float shifted = Math.fma(in, LOG2_E, ROUND);
        int power = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        // in two factors: a power of 128 or below -126 is no float of its own, and the result may be subnormal
        int half = power >> 1;
        return (reducedExpm1(in, shifted - ROUND) + 1f) * powerOfTwo(half) * powerOfTwo(power - half);
    }

    /** e to the x, less 1. */
    static float expm1(float x) {
        float in = Math.min(Math.max(x, -20f), 89f);
        float shifted = Math.fma(in, LOG2_E, ROUND);
        float half = powerOfTwo(Float.floatToRawIntBits(shifted) - ROUND_BITS - 1);
        float y = Math.fma(reducedExpm1(in, shifted - ROUND), half, half - 0.5f);
        return withSign(y + y, x);
    }

    /** e to the r, less 1, where r is what is left of x after a multiple of ln 2. */
    private static float reducedExpm1(float x, float multiple) {
        float r = Math.fma(multiple, -LN2_LOW, Math.fma(multiple, -LN2_HIGH, x));
        float p = 1.9875691500e-4f;
        p = Math.fma(p, r, 1.3981999507e-3f);
        p = Math.fma(p, r, 8.3334519073e-3f);
        p = Math.fma(p, r, 4.1665795894e-2f);
        p = Math.fma(p, r, 1.6666665459e-1f);
        p = Math.fma(p, r, 5.0000001201e-1f);
        return Math.fma(p, r * r, r);
    }

    private static float powerOfTwo(int power) {
        return Float.intBitsToFloat((power + 127) << 23);
    }

    private static float withSign(float magnitude, float sign) {
        return Float.intBitsToFloat(
                Float.floatToRawIntBits(magnitude) | (Float.floatToRawIntBits(sign) & Integer.MIN_VALUE));
    }

    /** The natural logarithm. */
    static float log(float x) {
        // all ones for subnormals (and negatives, which end as NaN): those are scaled up first
        int small = (Float.floatToRawIntBits(x) - 0x00800000) >> 31;
        int bits = Float.floatToRawIntBits(x * Float.intBitsToFloat(0x3F800000 + (small & 23 << 23)));
        int power = (bits - 0x3F3504F3) >> 23;
        float y = reducedLog(Float.intBitsToFloat(bits - (power << 23)) - 1f, power - (small & 23));
        return x > 0f && x <= Float.MAX_VALUE ? y : logLimit(x);
    }

    /** The natural logarithm of 1 + x. */
    static float log1p(float x) {
        float u = 1f + x;
        int bits = Float.floatToRawIntBits(u);
        int power = (bits - 0x3F3504F3) >> 23;
        // what rounding 1 + x lost, on the scale of the reduced argument
        float lost = x - (u - 1f);
        float f = Math.fma(lost, powerOfTwo(-power), Float.intBitsToFloat(bits - (power << 23)) - 1f);
        float y = reducedLog(f, power);
        return u > 0f && u <= Float.MAX_VALUE ? withSign(y, x) : logLimit(u);
    }

    private static float logLimit(float x) {
        return x == 0f ? Float.NEGATIVE_INFINITY : x > 0f ? x : Float.NaN;
    }

    /** The logarithm of (1 + f) times a power of two. */
    private static float reducedLog(float f, int power) {
        float multiple = Float.intBitsToFloat(ROUND_BITS + power) - ROUND;
        float square = f * f;
        float p = 7.0376836292e-2f;
        p = Math.fma(p, f, -1.1514610310e-1f);
        p = Math.fma(p, f, 1.1676998740e-1f);
        p = Math.fma(p, f, -1.2420140846e-1f);
        p = Math.fma(p, f, 1.4249322787e-1f);
        p = Math.fma(p, f, -1.6668057665e-1f);
        p = Math.fma(p, f, 2.0000714765e-1f);
        p = Math.fma(p, f, -2.4999993993e-1f);
        p = Math.fma(p, f, 3.3333331174e-1f);
        float tail = Math.fma(p * f, square, multiple * LN2_LOW);
        return Math.fma(multiple, LN2_HIGH, f + Math.fma(square, -0.5f, tail));
    }

    /** The hyperbolic tangent. */
    static float tanh(float x) {
        float t = Math.abs(x);
        return withSign(t > TANH_SMALL ? largeTanh(Math.min(t + t, 20f)) : smallTanh(t, t * t), x);
    }

    private static float smallTanh(float t, float s) {
        float p = -5.70498872745e-3f;
        p = Math.fma(p, s, 2.06390887954e-2f);
        p = Math.fma(p, s, -5.37397155531e-2f);
        p = Math.fma(p, s, 1.33314422036e-1f);
        p = Math.fma(p, s, -3.33332819422e-1f);
        return Math.fma(p * s, t, t);
    }

    /** {@code 1 - 2 / (e^z + 1)}. */
    private static float largeTanh(float z) {
        float shifted = Math.fma(z, LOG2_E, ROUND_BIASED);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        return 1f - 2f / Math.fma(reducedExpm1(z, shifted - ROUND_BIASED), scale, scale + 1f);
    }

    /** {@code 1 / (1 + e^-x)}. */
    static float sigmoid(float x) {
        float z = Math.min(Math.max(-x, -104f), 104f);
        float shifted = Math.fma(z, LOG2_E, ROUND);
        int power = Float.floatToRawIntBits(shifted) - ROUND_BITS;
        // both sides of the fraction scaled by a power of two, so that none overflows; the sum is rounded only once
        int half = power >> 1;
        float one = powerOfTwo(-half);
        float scale = powerOfTwo(power - half);
        float sum = scale + one;
        float lost = one - (sum - scale);
        return one / (Math.fma(reducedExpm1(z, shifted - ROUND), scale, lost) + sum);
    }

    /** The error function. */
    static float erf(float x) {
        float t = Math.abs(x);
        return withSign(t > ERF_SMALL ? largeErf(Math.min(t, 4f)) : smallErf(t, t * t), x);
    }

    private static float smallErf(float t, float s) {
        float p = -5.96761703e-4f;
        p = Math.fma(p, s, 4.99119423e-3f);
        p = Math.fma(p, s, -2.67681349e-2f);
        p = Math.fma(p, s, 1.12819925e-1f);
        p = Math.fma(p, s, -3.76125336e-1f);
        p = Math.fma(p, s, 1.28379166e-1f);
        return Math.fma(p, t, t);
    }

    private static float largeErf(float t) {
        float p = -1.72853470e-5f;
        p = Math.fma(p, t, 3.83197126e-4f);
        p = Math.fma(p, t, -3.88396438e-3f);
        p = Math.fma(p, t, 2.42546219e-2f);
        p = Math.fma(p, t, -1.06777877e-1f);
        p = Math.fma(p, t, -6.34846687e-1f);
        p = Math.fma(p, t, -1.28717512e-1f);
        float z = Math.fma(p, t, -t);
        float shifted = Math.fma(z, LOG2_E, ROUND_BIASED);
        float scale = Float.intBitsToFloat(Float.floatToRawIntBits(shifted) << 23);
        return 1f - Math.fma(reducedExpm1(z, shifted - ROUND_BIASED), scale, scale);
    }
}
