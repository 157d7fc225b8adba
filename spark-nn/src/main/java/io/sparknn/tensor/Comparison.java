package io.sparknn.tensor;

/** An operation on two tensors, element by element with broadcasting, that answers 1 for yes and 0 for no. */
abstract class Comparison extends Operation {
    private Shape shape;

    /** Computes y[i] from a[i] and b[i] for all i below n. */
    abstract void forward(int n, float[] a, float[] b, float[] y);

    @Override
    final Shape shape(Tensor... in) {
        shape = Broadcast.shape(name(), in);
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
    final boolean isDifferentiable() {
        return false;
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        forward(shape.size(), Broadcast.expand(in[0], shape), Broadcast.expand(in[1], shape), y);
    }
}
