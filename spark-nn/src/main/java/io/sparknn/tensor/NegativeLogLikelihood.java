package io.sparknn.tensor;

/** {@code y_n = -w_c · x_nc} for the class c of row n; {@code dx_nc = -w_c · dy_n}, 0 for the other classes. */
final class NegativeLogLikelihood extends Operation {
    private final double[] classWeights;
    private float[] weights;
    private int[] classes;

    NegativeLogLikelihood(double... classWeights) {
        this.classWeights = classWeights;
    }

    @Override
    void describe(Note note) {
        throw Recorder.refused("computes a loss: " + name());
    }

    @Override
    String name() {
        return "NllLoss";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape rows = Labels.rows(name(), in[0], in[1]);
        weights = Labels.weights(name(), classWeights, in[0].localShape().dim(1));
        return rows;
    }

    @Override
    int rowAxis(Tensor... in) {
        return Labels.rowAxis(this, in);
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        classes = Labels.classes(name(), in[1], weights.length);
        for (int row = 0; row < classes.length; row++) {
            y[row] = -weights[classes[row]] * x[row * weights.length + classes[row]];
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        for (int row = 0; gradients[0] != null && row < classes.length; row++) {
            gradients[0][row * weights.length + classes[row]] -= weights[classes[row]] * gy[row];
        }
    }
}
