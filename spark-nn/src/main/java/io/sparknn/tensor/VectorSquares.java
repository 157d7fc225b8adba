package io.sparknn.tensor;

import java.util.function.IntPredicate;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Squares} by the Vector API.
 *
 * <p>The end of a line is computed by whole vectors too, as long as they stay within the arrays: lines are short, and one
 * by one their ends would cost most of the time.
 */
final class VectorSquares extends Squares {
    private static final VectorSpecies<Float> SPECIES = VectorKernel.SPECIES;
    private static final int LANES = VectorKernel.LANES;
    private static final int HALF = LANES / 2;

    private static final VectorShuffle<Float> FIRST_TWICE = VectorShuffle.fromOp(SPECIES, i -> i / 2);
    private static final VectorShuffle<Float> LAST_TWICE = VectorShuffle.fromOp(SPECIES, i -> HALF + i / 2);
    /** The lanes of right neighbours. */
    private static final VectorMask<Float> RIGHT = lanes(i -> i % 2 == 1);
    /** Of each number, so many lanes at the beginning. */
    private static final VectorMask<Float>[] BELOW = below();

    /** Proves that the Vector API of this JVM is the one compiled against. */
    VectorSquares() {
        int n = LANES + 1;
        float[] y = new float[2 * n];
        float[] x = new float[8 * n];
        largest(2, 2, 2 * n, x, y);
        spread(2, 2, 2 * n, x, y, y, new float[8 * n]);
    }

    private static VectorMask<Float> lanes(IntPredicate condition) {
        boolean[] lanes = new boolean[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = condition.test(i);
        }
        return VectorMask.fromArray(SPECIES, lanes, 0);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static VectorMask<Float>[] below() {
        VectorMask[] below = new VectorMask[LANES + 1];
        for (int n = 0; n <= LANES; n++) {
            int count = n;
            below[n] = lanes(i -> i < count);
        }
        return below;
    }

    @Override
    void largest(int planes, int height, int width, float[] x, float[] y) {
        int lines = height / 2;
        int places = width / 2;
        float[] columns = Pass.current().allocate(lines * width + LANES);
        for (int plane = 0; plane < planes; plane++) {
            int from = plane * height * width;
            for (int line = 0; line < lines; line++) {
                largestOfColumns(width, x, from + 2 * line * width, columns, line * width);
            }
            int at = plane * lines * places;
            if (width == 2 * places) {
                largestOfPairs(lines * places, columns, 0, y, at);
            } else {
                for (int line = 0; line < lines; line++) {
                    largestOfPairs(places, columns, line * width, y, at + line * places);
                }
            }
        }
    }

    /** The larger of each two elements on two lines; what lies behind the line is written later. */
    private static void largestOfColumns(int width, float[] x, int a, float[] columns, int to) {
        int b = a + width;
        for (int i = 0; i < width; i += LANES) {
            if (b + i + LANES > x.length) {
                for (int rest = i; rest < width; rest++) {
                    columns[to + rest] = Math.max(x[a + rest], x[b + rest]);
                }
                return;
            }
            FloatVector upper = FloatVector.fromArray(SPECIES, x, a + i);
            upper.max(FloatVector.fromArray(SPECIES, x, b + i)).intoArray(columns, to + i);
        }
    }

    /** One by one: shuffles cost more than they save, for the JVM checks each. */
    private static void largestOfPairs(int n, float[] columns, int from, float[] y, int to) {
        for (int i = 0; i < n; i++) {
            y[to + i] = Math.max(columns[from + 2 * i], columns[from + 2 * i + 1]);
        }
    }

    @Override
    void spread(int planes, int height, int width, float[] x, float[] y, float[] gy, float[] gx) {
        int lines = height / 2;
        int places = width / 2;
        for (int line = 0; line < planes * lines; line++) {
            int from = (line / lines * height + line % lines * 2) * width;
            spread(places, x, from, width, y, gy, line * places, gx);
        }
    }

    private static void spread(int places, float[] x, int from, int width, float[] y, float[] gy, int at, float[] gx) {
        for (int place = 0; place < places; place += LANES) {
            int a = from + 2 * place;
            int b = a + width;
            // Neighbours on both sides are read as well.
            if (a == 0 || b + 2 * LANES >= x.length || at + place + LANES > y.length) {
                PlainSquares.spread(place, places, x, from, width, y, gy, at, gx);
                return;
            }
            FloatVector value = FloatVector.fromArray(SPECIES, y, at + place);
            if (value.compare(VectorOperators.NE, value).anyTrue()) {
                int end = Math.min(places, place + LANES);
                PlainSquares.spread(place, end, x, from, width, y, gy, at, gx);
                continue;
            }
            FloatVector gradient = FloatVector.fromArray(SPECIES, gy, at + place);
            int rest = 2 * (places - place);
            add(value.rearrange(FIRST_TWICE), gradient.rearrange(FIRST_TWICE), rest, x, a, b, gx);
            if (rest > LANES) {
                a += LANES;
                b += LANES;
                add(value.rearrange(LAST_TWICE), gradient.rearrange(LAST_TWICE), rest - LANES, x, a, b, gx);
            }
        }
    }

    /**
     * Adds a gradient to the first element of each square that has a value, both given twice, once for each column. A
     * gradient is passed on from the upper line to the lower one where the upper one has no such element.
     */
    private static void add(FloatVector value, FloatVector gradient, int rest, float[] x, int a, int b, float[] gx) {
        FloatVector zero = FloatVector.zero(SPECIES);
        FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
        FloatVector wanted = zero.blend(gradient, BELOW[Math.min(rest, LANES)]);
        FloatVector left = nan.blend(FloatVector.fromArray(SPECIES, x, a - 1), RIGHT);
        FloatVector right = FloatVector.fromArray(SPECIES, x, a + 1).blend(nan, RIGHT);
        VectorMask<Float> own = FloatVector.fromArray(SPECIES, x, a).compare(VectorOperators.EQ, value);
        VectorMask<Float> earlier = left.compare(VectorOperators.EQ, value);
        zero.blend(wanted, own)
                .blend(zero, earlier)
                .add(FloatVector.fromArray(SPECIES, gx, a))
                .intoArray(gx, a);
        FloatVector passed =
                wanted.blend(zero, own).blend(zero, earlier).blend(zero, right.compare(VectorOperators.EQ, value));
        left = nan.blend(FloatVector.fromArray(SPECIES, x, b - 1), RIGHT);
        zero.blend(passed, FloatVector.fromArray(SPECIES, x, b).compare(VectorOperators.EQ, value))
                .blend(zero, left.compare(VectorOperators.EQ, value))
                .add(FloatVector.fromArray(SPECIES, gx, b))
                .intoArray(gx, b);
    }
}
