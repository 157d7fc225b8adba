package io.sparknn.tensor;

/** {@code y = max(x, 0)}; {@code dx = 0 where x <= 0, else dy}, so that a NaN lets the gradient pass, as in PyTorch. */
final class ReluOp extends Unary {
    @Override
    String name() {
        return "relu";
    }

    @Override
    void forward(int n, float[] x, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], 0f);
        }
    }

    @Override
    void backward(int n, float[] x, float[] y, float[] gy, float[] gx) {
        Choices.get().addWhereNotZero(n, y, gy, gx);
    }
}
