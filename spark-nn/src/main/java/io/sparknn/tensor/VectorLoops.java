package io.sparknn.tensor;

import static io.sparknn.tensor.FloatMath.LN2_HIGH;
import static io.sparknn.tensor.FloatMath.LN2_LOW;
import static io.sparknn.tensor.FloatMath.LOG2_E;
import static io.sparknn.tensor.FloatMath.ROUND;
import static io.sparknn.tensor.FloatMath.ROUND_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatLoops} by the Vector API: the operations of {@link FloatMath} in the same order, so the same bits; the
 * last elements, too few for a vector, go through it one by one.
 *
 * <p>A loop of its own for each function, because C2 inlines a vector method only where it sees which one is called; and
 * none longer than some forty operations, because beyond that C2 gives up inlining and puts vectors on the heap. That is
 * why tanh and erf are two loops.
 */
final class VectorLoops extends FloatLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_MAX;
    private static final int LANES = SPECIES.length();
    private static final int MAX_VALUE_BITS = 0x7F7FFFFF;
    private static final int MIN_NORMAL_BITS = 0x00800000;

    /** Elements of a block: what lies between its two loops stays in the first-level cache. */
    private static final int BLOCK = 256;

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorLoops() {
        float[] probe = new float[LANES];
        log(LANES, probe, probe);
        erf(LANES, probe, probe);
    }

    @Override
    void exp(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            exp(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.exp(x[i]);
        }
    }

    @Override
    void expm1(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            expm1(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
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
                logOrdinary(from, to, x, y);
            } else {
                log(from, to, x, y);
            }
        }
        log(end, n, x, y);
    }

    private static void logOrdinary(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i += LANES) {
            log(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
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
                log1pOrdinary(from, to, x, y);
            } else {
                log1p(from, to, x, y);
            }
        }
        log1p(end, n, x, y);
    }

    private static void log1pOrdinary(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i += LANES) {
            log1p(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
    }

    private static void log1p(int from, int to, float[] x, float[] y) {
        for (int i = from; i < to; i++) {
            y[i] = FloatMath.log1p(x[i]);
        }
    }

    @Override
    void tanh(int n, float[] x, float[] y) {
        float[] large = new float[Math.min(BLOCK, n)];
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            largeTanh(from, to, x, large);
            tanh(from, to, x, large, y);
        }
        for (int i = end; i < n; i++) {
            y[i] = FloatMath.tanh(x[i]);
        }
    }

    @Override
    void sigmoid(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            sigmoid(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.sigmoid(x[i]);
        }
    }

    @Override
    void erf(int n, float[] x, float[] y) {
        float[] large = new float[Math.min(BLOCK, n)];
        int end = SPECIES.loopBound(n);
        for (int from = 0; from < end; from += BLOCK) {
            int to = Math.min(end, from + BLOCK);
            largeErf(from, to, x, large);
            erf(from, to, x, large, y);
        }
        for (int i = end; i < n; i++) {
            y[i] = FloatMath.erf(x[i]);
        }
    }

    private static FloatVector of(float x) {
        return FloatVector.broadcast(SPECIES, x);
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector in = x.max(of(-104f)).min(of(89f));
        FloatVector shifted = in.fma(of(LOG2_E), of(ROUND));
        IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        return reducedExpm1(in, shifted).add(of(1f)).mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
    }

    private static FloatVector expm1(FloatVector x) {
        FloatVector in = x.max(of(-20f)).min(of(89f));
        FloatVector shifted = in.fma(of(LOG2_E), of(ROUND));
        FloatVector half = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS + 1));
        FloatVector y = reducedExpm1(in, shifted).fma(half, half.sub(of(0.5f)));
        return withSign(y.add(y), x);
    }

    private static FloatVector reducedExpm1(FloatVector x, FloatVector shifted) {
        FloatVector multiple = shifted.sub(of(ROUND));
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

    private static FloatVector log(FloatVector x) {
        IntVector bits = x.reinterpretAsInts();
        IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(of(1f));
        return reducedLog(f, power);
    }

    private static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(of(1f));
        IntVector bits = u.reinterpretAsInts();
        IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
        FloatVector lost = x.sub(u.sub(of(1f))).mul(powerOfTwo(power.neg()));
        FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23))
                .reinterpretAsFloats()
                .sub(of(1f));
        return withSign(reducedLog(f.add(lost), power), x);
    }

    /** The values of {@code large} where t is above the limit, by bits: masks of the API cost more code. */
    private static FloatVector above(float limit, FloatVector t, FloatVector large, FloatVector small) {
        IntVector mask = of(limit).sub(t).reinterpretAsInts().lanewise(VectorOperators.ASHR, 31);
        IntVector other = small.reinterpretAsInts();
        IntVector change =
                other.lanewise(VectorOperators.XOR, large.reinterpretAsInts()).and(mask);
        return other.lanewise(VectorOperators.XOR, change).reinterpretAsFloats();
    }

    private static FloatVector reducedLog(FloatVector f, IntVector power) {
        FloatVector multiple = power.add(ROUND_BITS).reinterpretAsFloats().sub(of(ROUND));
        FloatVector square = f.mul(f);
        FloatVector p = of(7.0376836292e-2f).fma(f, of(-1.1514610310e-1f));
        p = p.fma(f, of(1.1676998740e-1f));
        p = p.fma(f, of(-1.2420140846e-1f));
        p = p.fma(f, of(1.4249322787e-1f));
        p = p.fma(f, of(-1.6668057665e-1f));
        p = p.fma(f, of(2.0000714765e-1f));
        p = p.fma(f, of(-2.4999993993e-1f));
        p = p.fma(f, of(3.3333331174e-1f));
        FloatVector tail = p.mul(f).fma(square, multiple.mul(of(LN2_LOW)));
        return multiple.fma(of(LN2_HIGH), f.add(square.fma(of(-0.5f), tail)));
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
            FloatVector shifted = z.fma(of(LOG2_E), of(ROUND));
            FloatVector scale = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS));
            FloatVector e = reducedExpm1(z, shifted).fma(scale, scale.add(of(1f)));
            of(1f).sub(of(2f).div(e)).intoArray(large, i - from);
        }
    }

    private static FloatVector sigmoid(FloatVector x) {
        FloatVector z = x.neg().max(of(-104f)).min(of(104f));
        FloatVector shifted = z.fma(of(LOG2_E), of(ROUND));
        IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        FloatVector one = powerOfTwo(half.neg());
        FloatVector scale = powerOfTwo(power.sub(half));
        FloatVector sum = scale.add(one);
        FloatVector lost = one.sub(sum.sub(scale));
        return one.div(reducedExpm1(z, shifted).fma(scale, lost).add(sum));
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
            FloatVector shifted = z.fma(of(LOG2_E), of(ROUND));
            FloatVector scale = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS));
            of(1f).sub(reducedExpm1(z, shifted).fma(scale, scale)).intoArray(large, i - from);
        }
    }
}
