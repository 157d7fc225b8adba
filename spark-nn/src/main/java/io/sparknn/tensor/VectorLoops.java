package io.sparknn.tensor;

import static io.sparknn.tensor.FloatMath.LN2_HIGH;
import static io.sparknn.tensor.FloatMath.LN2_LOW;
import static io.sparknn.tensor.FloatMath.LOG2_E;
import static io.sparknn.tensor.FloatMath.ROUND;
import static io.sparknn.tensor.FloatMath.ROUND_BIASED;
import static io.sparknn.tensor.FloatMath.ROUND_BITS;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatLoops} by the Vector API: the operations of {@link FloatMath} in the same order, so the same bits; the
 * last elements, too few for a vector, go through it one by one.
 *
 * <p>Whatever C2 does not inline puts its vectors on the heap and is ten times slower. So each function has a loop of its
 * own, with its formula in it; what they share are short methods, because a long one is compiled by itself before the
 * loop is, and then too big to inline; and no loop is longer than some forty operations, where C2 gives up. That is why
 * tanh and erf are two loops, and why the longer ones are called through a method handle: it keeps C2 from inlining both
 * into the method around them. Sigmoid is, too: two of them and a tanh in the step of a GRU, inlined, took five times as
 * long, depending on what had run before.
 */
@SuppressWarnings("UnusedMethod") // the loops are looked up by name
final class VectorLoops extends FloatLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_MAX;
    private static final int LANES = SPECIES.length();
    private static final int MAX_VALUE_BITS = 0x7F7FFFFF;
    private static final int ONE_BITS = 0x3F800000;
    private static final int MIN_NORMAL_BITS = 0x00800000;

    /** Elements of a block: what lies between its two loops stays in the first-level cache. */
    private static final int BLOCK = 256;

    private static final ThreadLocal<float[]> KEPT = new ThreadLocal<>();

    // not static: C2 would see through a constant handle and inline the loop after all
    private final MethodHandle logOrdinary = loop("logOrdinary");
    private final MethodHandle log1pOrdinary = loop("log1pOrdinary");
    private final MethodHandle sigmoid = loop("sigmoid");
    private final MethodHandle largeTanh = loop("largeTanh");
    private final MethodHandle largeErf = loop("largeErf");

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorLoops() {
        float[] probe = new float[LANES];
        log(LANES, probe, probe);
        erf(LANES, probe, probe);
    }

    /** One of the loops below, as a call that is never inlined. */
    private static MethodHandle loop(String name) {
        try {
            MethodType type = MethodType.methodType(void.class, int.class, int.class, float[].class, float[].class);
            return MethodHandles.lookup().findStatic(VectorLoops.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static void run(MethodHandle loop, int from, int to, float[] x, float[] y) {
        try {
            loop.invokeExact(from, to, x, y);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a loop of floats failed", e);
        }
    }

    @Override
    void exp(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector in = v.max(of(-104f)).min(of(89f));
            FloatVector shifted = in.fma(of(LOG2_E), of(ROUND));
            IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
            IntVector half = power.lanewise(VectorOperators.ASHR, 1);
            reducedExpm1(in, shifted.sub(of(ROUND)))
                    .add(of(1f))
                    .mul(powerOfTwo(half))
                    .mul(powerOfTwo(power.sub(half)))
                    .intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.exp(x[i]);
        }
    }

    @Override
    void expm1(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector in = v.max(of(-20f)).min(of(89f));
            FloatVector shifted = in.fma(of(LOG2_E), of(ROUND));
            FloatVector half = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS + 1));
            FloatVector result = reducedExpm1(in, shifted.sub(of(ROUND))).fma(half, half.sub(of(0.5f)));
            withSign(result.add(result), v).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.expm1(x[i]);
        }
    }

    @Override
    void log(int n, float[] x, float[] y) {
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            if (areOrdinary(from, to, x, 0f)) {
                run(logOrdinary, from, to, x, y);
            } else {
                log(from, to, x, y);
            }
        }
        log(end, n, x, y);
    }

    private static void logOrdinary(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            IntVector bits = v.reinterpretAsInts();
            IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
            FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23))
                    .reinterpretAsFloats()
                    .sub(of(1f));
            reducedLog(f, lowLogTerms(f, highLogTerms(f)), power).intoArray(y, i);
        }
    }

    private static void log(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i++) {
            y[i] = FloatMath.log(x[i]);
        }
    }

    @Override
    void log1p(int n, float[] x, float[] y) {
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            if (areOrdinary(from, to, x, 1f)) {
                run(log1pOrdinary, from, to, x, y);
            } else {
                log1p(from, to, x, y);
            }
        }
        log1p(end, n, x, y);
    }

    private static void log1pOrdinary(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector u = v.add(of(1f));
            IntVector bits = u.reinterpretAsInts();
            IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
            IntVector exponent = power.lanewise(VectorOperators.LSHL, 23);
            FloatVector scale = exponent.neg().add(ONE_BITS).reinterpretAsFloats();
            FloatVector lost = v.sub(u.sub(of(1f)));
            FloatVector f =
                    lost.fma(scale, bits.sub(exponent).reinterpretAsFloats().sub(of(1f)));
            withSign(reducedLog(f, lowLogTerms(f, highLogTerms(f)), power), v).intoArray(y, i);
        }
    }

    private static void log1p(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i++) {
            y[i] = FloatMath.log1p(x[i]);
        }
    }

    @Override
    void tanh(int n, float[] x, float[] y) {
        float[] large = block();
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            run(largeTanh, from, to, x, large);
            tanh(from, to, x, large, y);
        }
        for (int i = end; i < n; i++) {
            y[i] = FloatMath.tanh(x[i]);
        }
    }

    @Override
    void sigmoid(int n, float[] x, float[] y) {
        int end = SPECIES.loopBound(n);
        run(sigmoid, 0, end, x, y);
        for (int i = end; i < n; i++) {
            y[i] = FloatMath.sigmoid(x[i]);
        }
    }

    @Override
    void erf(int n, float[] x, float[] y) {
        float[] large = block();
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            run(largeErf, from, to, x, large);
            erf(from, to, x, large, y);
        }
        for (int i = end; i < n; i++) {
            y[i] = FloatMath.erf(x[i]);
        }
    }

    /** An array of this thread for what lies between two loops. */
    private static float[] block() {
        float[] kept = KEPT.get();
        if (kept == null) {
            kept = new float[BLOCK];
            KEPT.set(kept);
        }
        return kept;
    }

    private static FloatVector of(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    private static FloatVector reducedExpm1(FloatVector x, FloatVector multiple) {
        FloatVector r = multiple.fma(of(-LN2_LOW), multiple.fma(of(-LN2_HIGH), x));
        FloatVector p = of(1.9875691500e-4f).fma(r, of(1.3981999507e-3f));
        p = p.fma(r, of(8.3334519073e-3f));
        p = p.fma(r, of(4.1665795894e-2f));
        p = p.fma(r, of(1.6666665459e-1f));
        p = p.fma(r, of(5.0000001201e-1f));
        return p.fma(r.mul(r), r);
    }

    private static FloatVector powerOfTwo(IntVector power) {
        return power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
        IntVector bit = sign.reinterpretAsInts().and(Integer.MIN_VALUE);
        return magnitude.reinterpretAsInts().or(bit).reinterpretAsFloats();
    }

    /** Whether all, less a shift, are positive, normal and finite; if not, which is rare, they go one by one. */
    private static boolean areOrdinary(int from, int to, float[] x, float shift) {
        IntVector outside = of(0f).reinterpretAsInts();
        for (int i = from; i < to; i += LANES) {
            IntVector bits = FloatVector.fromArray(SPECIES, x, i).add(of(shift)).reinterpretAsInts();
            outside = outside.or(bits.sub(MIN_NORMAL_BITS)).or(bits.neg().add(MAX_VALUE_BITS));
        }
        return outside.reduceLanes(VectorOperators.OR) >= 0;
    }

    /** The values of {@code large} where t is above the limit, by bits: masks of the API cost more code. */
    private static FloatVector above(float limit, FloatVector t, FloatVector large, FloatVector small) {
        IntVector mask = of(limit).sub(t).reinterpretAsInts().lanewise(VectorOperators.ASHR, 31);
        IntVector other = small.reinterpretAsInts();
        IntVector change =
                other.lanewise(VectorOperators.XOR, large.reinterpretAsInts()).and(mask);
        return other.lanewise(VectorOperators.XOR, change).reinterpretAsFloats();
    }

    private static FloatVector reducedLog(FloatVector f, FloatVector p, IntVector power) {
        FloatVector multiple = power.add(ROUND_BITS).reinterpretAsFloats().sub(of(ROUND));
        FloatVector square = f.mul(f);
        FloatVector tail = p.mul(f).fma(square, multiple.mul(of(LN2_LOW)));
        return multiple.fma(of(LN2_HIGH), f.add(square.fma(of(-0.5f), tail)));
    }

    private static FloatVector highLogTerms(FloatVector f) {
        FloatVector p = of(7.0376836292e-2f).fma(f, of(-1.1514610310e-1f));
        p = p.fma(f, of(1.1676998740e-1f));
        p = p.fma(f, of(-1.2420140846e-1f));
        p = p.fma(f, of(1.4249322787e-1f));
        return p.fma(f, of(-1.6668057665e-1f));
    }

    private static FloatVector lowLogTerms(FloatVector f, FloatVector high) {
        FloatVector p = high;
        p = p.fma(f, of(2.0000714765e-1f));
        p = p.fma(f, of(-2.4999993993e-1f));
        return p.fma(f, of(3.3333331174e-1f));
    }

    private static void tanh(int from, int to, float[] x, float[] large, float[] y) {
        for (int i = from; i < to; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector t = v.abs();
            FloatVector beyond = FloatVector.fromArray(SPECIES, large, i - from);
            withSign(above(FloatMath.TANH_SMALL, t, beyond, smallTanh(t, t.mul(t))), v)
                    .intoArray(y, i);
        }
    }

    private static void sigmoid(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i += LANES) {
            FloatVector z =
                    FloatVector.fromArray(SPECIES, x, i).neg().max(of(-104f)).min(of(104f));
            FloatVector shifted = z.fma(of(LOG2_E), of(ROUND));
            IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
            IntVector half = power.lanewise(VectorOperators.ASHR, 1);
            FloatVector one = powerOfTwo(half.neg());
            FloatVector scale = powerOfTwo(power.sub(half));
            FloatVector sum = scale.add(one);
            FloatVector lost = one.sub(sum.sub(scale));
            one.div(reducedExpm1(z, shifted.sub(of(ROUND))).fma(scale, lost).add(sum))
                    .intoArray(y, i);
        }
    }

    private static FloatVector smallTanh(FloatVector t, FloatVector s) {
        FloatVector p = of(-5.70498872745e-3f).fma(s, of(2.06390887954e-2f));
        p = p.fma(s, of(-5.37397155531e-2f));
        p = p.fma(s, of(1.33314422036e-1f));
        p = p.fma(s, of(-3.33332819422e-1f));
        return p.mul(s).fma(t, t);
    }

    private static void largeTanh(int from, int to, float[] x, float[] large) {
        for (int i = from; i < to; i += LANES) {
            FloatVector t = FloatVector.fromArray(SPECIES, x, i).abs();
            FloatVector z = t.add(t).min(of(20f));
            FloatVector shifted = z.fma(of(LOG2_E), of(ROUND_BIASED));
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            FloatVector e = reducedExpm1(z, shifted.sub(of(ROUND_BIASED))).fma(scale, scale.add(of(1f)));
            of(1f).sub(of(2f).div(e)).intoArray(large, i - from);
        }
    }

    private static void erf(int from, int to, float[] x, float[] large, float[] y) {
        for (int i = from; i < to; i += LANES) {
            FloatVector v = FloatVector.fromArray(SPECIES, x, i);
            FloatVector t = v.abs();
            FloatVector beyond = FloatVector.fromArray(SPECIES, large, i - from);
            withSign(above(FloatMath.ERF_SMALL, t, beyond, smallErf(t, t.mul(t))), v)
                    .intoArray(y, i);
        }
    }

    private static FloatVector smallErf(FloatVector t, FloatVector s) {
        FloatVector p = of(-5.96761703e-4f).fma(s, of(4.99119423e-3f));
        p = p.fma(s, of(-2.67681349e-2f));
        p = p.fma(s, of(1.12819925e-1f));
        p = p.fma(s, of(-3.76125336e-1f));
        p = p.fma(s, of(1.28379166e-1f));
        return p.fma(t, t);
    }

    private static void largeErf(int from, int to, float[] x, float[] large) {
        for (int i = from; i < to; i += LANES) {
            FloatVector t = FloatVector.fromArray(SPECIES, x, i).abs().min(of(4f));
            FloatVector p = of(-1.72853470e-5f).fma(t, of(3.83197126e-4f));
            p = p.fma(t, of(-3.88396438e-3f));
            p = p.fma(t, of(2.42546219e-2f));
            p = p.fma(t, of(-1.06777877e-1f));
            p = p.fma(t, of(-6.34846687e-1f));
            p = p.fma(t, of(-1.28717512e-1f));
            FloatVector z = p.fma(t, t.neg());
            FloatVector shifted = z.fma(of(LOG2_E), of(ROUND_BIASED));
            FloatVector scale = shifted.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, 23)
                    .reinterpretAsFloats();
            of(1f).sub(reducedExpm1(z, shifted.sub(of(ROUND_BIASED))).fma(scale, scale))
                    .intoArray(large, i - from);
        }
    }

    /** Zero times a finite value is zero; times another it is NaN, which every sum keeps. */
    @Override
    boolean allFinite(int from, int n, float[] x) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector sum = zero;
        int i = from;
        for (; i <= from + n - LANES; i += LANES) {
            sum = FloatVector.fromArray(SPECIES, x, i).fma(zero, sum);
        }
        float rest = sum.reduceLanes(VectorOperators.ADD);
        for (; i < from + n; i++) {
            rest += x[i] * 0f;
        }
        return rest == 0;
    }
}
