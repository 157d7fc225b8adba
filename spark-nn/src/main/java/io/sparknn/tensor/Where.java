package io.sparknn.tensor;

/**
 * {@code y = a} where the condition is not 0 (a NaN is not 0), {@code b} elsewhere, with broadcasting; {@code da = dy}
 * where a was chosen, {@code db = dy} elsewhere.
 */
final class Where extends Operation {
    private Shape shape;

    @Override
    String name() {
        return "where";
    }

    @Override
    Shape shape(Tensor... in) {
        shape = Broadcast.shape(name(), in);
        return shape;
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return lengths.aligned(this, in);
    }

    @Override
    int rowAxis(Tensor... in) {
        return Broadcast.rowAxis(this, in);
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] condition = Broadcast.expand(in[0], shape);
        float[] a = Broadcast.expand(in[1], shape);
        float[] b = Broadcast.expand(in[2], shape);
        for (int i = 0; i < y.length; i++) {
            y[i] = condition[i] != 0 ? a[i] : b[i];
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] condition = Broadcast.expand(in[0], shape);
        float[] chosen = Pass.current().allocate(gy.length);
        for (int side = 1; side <= 2; side++) {
            if (gradients[side] == null) {
                continue;
            }
            for (int i = 0; i < gy.length; i++) {
                chosen[i] = (condition[i] != 0) == (side == 1) ? gy[i] : 0f;
            }
            Broadcast.reduce(chosen, shape, gradients[side], in[side].localShape());
        }
    }
}
