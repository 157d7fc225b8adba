package io.sparknn.tensor;

/** An operation on each element alone: same shape, rows stay where they are. */
abstract class Unary extends Operation {
    /** Computes y[i] from x[i] for all i below n; plain loops from index 0, which the compiler turns into vector code. */
    abstract void forward(int n, float[] x, float[] y);

    /** Adds gy[i] times the derivative at x[i], where the value is y[i], to gx[i]. */
    abstract void backward(int n, float[] x, float[] y, float[] gy, float[] gx);

    @Override
    final Shape shape(Tensor... in) {
        return in[0].localShape();
    }

    @Override
    final Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    final int rowAxis(Tensor... in) {
        return in[0].rowAxis();
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        forward(in[0].localSize(), in[0].values(), y);
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        backward(in[0].localSize(), in[0].values(), y, gy, gradients[0]);
    }
}
