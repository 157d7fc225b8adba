package io.sparknn.tensor;

import java.util.Arrays;

/** {@code y = x + p(t)}, p the sines and cosines of an element's place in its row; {@code dx = dy}. */
final class Positions extends Operation {
    private final Lengths lengths;

    private Positions(Lengths lengths) {
        this.lengths = lengths;
    }

    static Tensor of(Tensor x) {
        if (x.localShape().rank() != 3) {
            throw new IllegalArgumentException("addPositions of " + shapes(x)
                    + " expects sequences of vectors, (rows, *, width)" + "; ids go through an Embedding first");
        }
        Tensor y = new Positions(Lengths.ofSequence(x)).apply(x.lengths() == null ? x : x.flat());
        return x.lengths() == null ? y : new Tensor(y, x.lengths());
    }

    /** As it was recorded. */
    static Tensor again(Lengths lengths, Tensor x) {
        return new Positions(lengths == null ? Lengths.ofSequence(x) : lengths).apply(x);
    }

    @Override
    void describe(Note note) {
        note.lengths("lengths", lengths, note.input(0));
    }

    @Override
    String name() {
        return "addPositions";
    }

    @Override
    Shape shape(Tensor... in) {
        return in[0].localShape();
    }

    @Override
    int rowAxis(Tensor... in) {
        if (in[0].rowAxis() != 0) {
            throw mixesRows(in);
        }
        return 0;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int width = in[0].localShape().last();
        float[] table = Table.of(width, lengths.longest());
        float[] x = in[0].values();
        for (int row = 0; row < lengths.rows(); row++) {
            int start = lengths.offset(row) * width;
            for (int i = 0; i < lengths.length(row) * width; i++) {
                y[start + i] = x[start + i] + table[i];
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] gx = gradients[0];
        for (int i = 0; i < gx.length; i++) {
            gx[i] += gy[i];
        }
    }

    /** The values of the last width asked for, of as many places as were needed; strict, so the same bits everywhere. */
    private static final class Table {
        private static volatile Table last = new Table(0, new float[0]);

        private final int width;
        private final float[] values;

        private Table(int width, float[] values) {
            this.width = width;
            this.values = values;
        }

        static float[] of(int width, int places) {
            Table known = last;
            if (known.width == width && known.values.length >= places * width) {
                return known.values;
            }
            float[] values = known.width == width
                    ? Arrays.copyOf(known.values, Math.max(places * width, 2 * known.values.length))
                    : new float[places * width];
            for (int i = known.width == width ? known.values.length : 0; i < values.length; i++) {
                int element = i / width;
                int place = i % width;
                double angle = element / StrictMath.pow(10_000, (double) (place - place % 2) / width);
                values[i] = (float) (place % 2 == 0 ? StrictMath.sin(angle) : StrictMath.cos(angle));
            }
            last = new Table(width, values);
            return values;
        }
    }
}
