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
 * <p>A loop of its own for each function, because C2 inlines a vector method only where it sees which one is called.
 */
final class VectorLoops extends FloatLoops {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_MAX;
    private static final int LANES = SPECIES.length();

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
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            log(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.log(x[i]);
        }
    }

    @Override
    void log1p(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            log1p(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.log1p(x[i]);
        }
    }

    @Override
    void tanh(int n, float[] x, float[] y) {
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            tanh(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
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
        int i = 0;
        for (int end = SPECIES.loopBound(n); i < end; i += LANES) {
            erf(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
        }
        for (; i < n; i++) {
            y[i] = FloatMath.erf(x[i]);
        }
    }

    private static FloatVector exp(FloatVector x) {
        FloatVector in = x.max(-104f).min(89f);
        FloatVector shifted = in.mul(LOG2_E).add(ROUND);
        IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        return reducedExpm1(in, shifted).add(1f).mul(powerOfTwo(half)).mul(powerOfTwo(power.sub(half)));
    }

    private static FloatVector expm1(FloatVector x) {
        FloatVector in = x.max(-20f).min(89f);
        FloatVector shifted = in.mul(LOG2_E).add(ROUND);
        FloatVector half = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS + 1));
        FloatVector y = reducedExpm1(in, shifted).mul(half).add(half.sub(0.5f));
        return withSign(y.add(y), x);
    }

    private static FloatVector reducedExpm1(FloatVector x, FloatVector shifted) {
        FloatVector multiple = shifted.sub(ROUND);
        FloatVector r = x.sub(multiple.mul(LN2_HIGH)).sub(multiple.mul(LN2_LOW));
        FloatVector p = r.mul(1.9875691500e-4f).add(1.3981999507e-3f);
        p = p.mul(r).add(8.3334519073e-3f);
        p = p.mul(r).add(4.1665795894e-2f);
        p = p.mul(r).add(1.6666665459e-1f);
        p = p.mul(r).add(5.0000001201e-1f);
        return p.mul(r.mul(r)).add(r);
    }

    private static FloatVector powerOfTwo(IntVector power) {
        return power.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
    }

    private static FloatVector withSign(FloatVector magnitude, FloatVector sign) {
        IntVector bit = sign.reinterpretAsInts().and(Integer.MIN_VALUE);
        return magnitude.reinterpretAsInts().or(bit).reinterpretAsFloats();
    }

    private static FloatVector log(FloatVector x) {
        IntVector small = x.reinterpretAsInts().sub(0x00800000).lanewise(VectorOperators.ASHR, 31);
        FloatVector scale = small.and(23 << 23).add(0x3F800000).reinterpretAsFloats();
        IntVector bits = x.mul(scale).reinterpretAsInts();
        IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
        FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
        return withLimits(reducedLog(f, power.sub(small.and(23))), x);
    }

    private static FloatVector log1p(FloatVector x) {
        FloatVector u = x.add(1f);
        IntVector bits = u.reinterpretAsInts();
        IntVector power = bits.sub(0x3F3504F3).lanewise(VectorOperators.ASHR, 23);
        FloatVector lost = x.sub(u.sub(1f)).mul(powerOfTwo(power.neg()));
        FloatVector f = bits.sub(power.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
        return withLimits(withSign(reducedLog(f.add(lost), power), x), u);
    }

    /** The logarithm y of x, except that infinity and NaN stay, 0 gives minus infinity and what is below gives NaN. */
    private static FloatVector withLimits(FloatVector y, FloatVector x) {
        return x.blend(y, x.compare(VectorOperators.LE, Float.MAX_VALUE))
                .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
                .blend(Float.NaN, x.compare(VectorOperators.LT, 0f));
    }

    private static FloatVector reducedLog(FloatVector f, IntVector power) {
        FloatVector multiple = power.add(ROUND_BITS).reinterpretAsFloats().sub(ROUND);
        FloatVector square = f.mul(f);
        FloatVector p = f.mul(7.0376836292e-2f).sub(1.1514610310e-1f);
        p = p.mul(f).add(1.1676998740e-1f);
        p = p.mul(f).sub(1.2420140846e-1f);
        p = p.mul(f).add(1.4249322787e-1f);
        p = p.mul(f).sub(1.6668057665e-1f);
        p = p.mul(f).add(2.0000714765e-1f);
        p = p.mul(f).sub(2.4999993993e-1f);
        p = p.mul(f).add(3.3333331174e-1f);
        FloatVector tail = p.mul(f).mul(square).add(multiple.mul(LN2_LOW));
        return f.add(tail.sub(square.mul(0.5f))).add(multiple.mul(LN2_HIGH));
    }

    private static FloatVector tanh(FloatVector x) {
        FloatVector t = x.abs();
        FloatVector small = smallTanh(t, t.mul(t));
        FloatVector large = largeTanh(t.add(t).min(20f));
        return withSign(small.blend(large, t.compare(VectorOperators.GT, 0.625f)), x);
    }

    private static FloatVector smallTanh(FloatVector t, FloatVector s) {
        FloatVector p = s.mul(-5.70498872745e-3f).add(2.06390887954e-2f);
        p = p.mul(s).sub(5.37397155531e-2f);
        p = p.mul(s).add(1.33314422036e-1f);
        p = p.mul(s).sub(3.33332819422e-1f);
        return p.mul(s).mul(t).add(t);
    }

    private static FloatVector largeTanh(FloatVector z) {
        FloatVector shifted = z.mul(LOG2_E).add(ROUND);
        FloatVector scale = powerOfTwo(shifted.reinterpretAsInts().sub(ROUND_BITS));
        FloatVector e = reducedExpm1(z, shifted).mul(scale).add(scale.add(1f));
        return FloatVector.broadcast(SPECIES, 1f).sub(FloatVector.broadcast(SPECIES, 2f).div(e));
    }

    private static FloatVector sigmoid(FloatVector x) {
        FloatVector z = x.neg().max(-104f).min(104f);
        FloatVector shifted = z.mul(LOG2_E).add(ROUND);
        IntVector power = shifted.reinterpretAsInts().sub(ROUND_BITS);
        IntVector half = power.lanewise(VectorOperators.ASHR, 1);
        FloatVector one = powerOfTwo(half.neg());
        FloatVector scale = powerOfTwo(power.sub(half));
        FloatVector sum = scale.add(one);
        FloatVector lost = one.sub(sum.sub(scale));
        return one.div(reducedExpm1(z, shifted).mul(scale).add(lost).add(sum));
    }

    private static FloatVector erf(FloatVector x) {
        FloatVector t = x.abs();
        FloatVector small = smallErf(t, t.mul(t));
        FloatVector large = largeErf(t.min(4f));
        return withSign(small.blend(large, t.compare(VectorOperators.GT, 0.927734375f)), x);
    }

    private static FloatVector smallErf(FloatVector t, FloatVector s) {
        FloatVector p = s.mul(-5.96761703e-4f).add(4.99119423e-3f);
        p = p.mul(s).sub(2.67681349e-2f);
        p = p.mul(s).add(1.12819925e-1f);
        p = p.mul(s).sub(3.76125336e-1f);
        p = p.mul(s).add(1.28379166e-1f);
        return p.mul(t).add(t);
    }

    private static FloatVector largeErf(FloatVector t) {
        FloatVector p = t.mul(-1.72853470e-5f).add(3.83197126e-4f);
        p = p.mul(t).sub(3.88396438e-3f);
        p = p.mul(t).add(2.42546219e-2f);
        p = p.mul(t).sub(1.06777877e-1f);
        p = p.mul(t).sub(6.34846687e-1f);
        p = p.mul(t).sub(1.28717512e-1f);
        return FloatVector.broadcast(SPECIES, 1f).sub(exp(p.mul(t).sub(t)));
    }
}
