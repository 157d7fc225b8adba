package io.sparknn.tensor;

import java.util.Arrays;

/** An operation on two tensors element by element, with broadcasting. */
abstract class Binary extends Operation {
    private Shape shape;

    /** Computes y[i] from a[i] and b[i] for all i below n. */
    abstract void forward(int n, float[] a, float[] b, float[] y);

    /** Adds gy[i] times the derivative by a[i] to ga[i]. */
    abstract void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga);

    /** Adds gy[i] times the derivative by b[i] to gb[i]. */
    abstract void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb);

    @Override
    final Shape shape(Tensor... in) {
        shape = in[0].localShape().equals(in[1].localShape()) ? in[0].localShape() : Broadcast.shape(name(), in);
        return shape;
    }

    @Override
    final Tensor[] values(Lengths lengths, Tensor... in) {
        return lengths.aligned(this, in);
    }

    @Override
    final int rowAxis(Tensor... in) {
        return Broadcast.rowAxis(this, in);
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        forward(shape.size(), Broadcast.expand(in[0], shape), Broadcast.expand(in[1], shape), y);
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int n = shape.size();
        float[] a = Broadcast.expand(in[0], shape);
        float[] b = Broadcast.expand(in[1], shape);
        for (int side = 0; side < 2; side++) {
            if (gradients[side] == null) {
                continue;
            }
            boolean whole = in[side].localShape().equals(shape);
            float[] g = whole ? gradients[side] : zeros(n);
            if (side == 0) {
                backwardLeft(n, a, b, y, gy, g);
            } else {
                backwardRight(n, a, b, y, gy, g);
            }
            if (!whole) {
                Broadcast.reduce(g, shape, gradients[side], in[side].localShape());
            }
        }
    }

    private static float[] zeros(int n) {
        float[] zeros = Pass.current().allocate(n);
        Arrays.fill(zeros, 0f);
        return zeros;
    }
}
