package io.sparknn.tensor;

/**
 * {@code y_n = Σ_c q_nc · (ln Σ_k e^x_nk - x_nc)} with {@code q_nc = w_c · ((1 - s) · [c = label_n] + s / K)} for smoothing s;
 * {@code dx_nc = dy_n · (p_nc · Σ q_n - q_nc)}, p being the softmax. In one go, because softmax and logarithm, apart, pass
 * over the scores five times.
 */
final class CrossEntropy extends Operation {
    private final double[] classWeights;
    private final double smoothing;
    private float[] weights;
    private int[] classes;
    private float[] shares;

    CrossEntropy(double[] classWeights, double smoothing) {
        this.classWeights = classWeights;
        this.smoothing = smoothing;
    }

    @Override
    void describe(Note note) {
        throw Recorder.refused("computes a loss: " + name());
    }

    @Override
    String name() {
        return "CrossEntropyLoss";
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
        int k = weights.length;
        classes = Labels.classes(name(), in[1], k);
        int n = classes.length * k;
        float[] shifted = Pass.current().allocate(n);
        shares = Pass.current().allocate(n);
        new Lanes(in[0].localShape(), 1).subtractMax(x, shifted);
        FloatMath.exp(n, shifted, shares);
        double spread = smoothing / k;
        for (int row = 0; row < classes.length; row++) {
            int start = row * k;
            double sum = 0;
            for (int c = 0; c < k; c++) {
                sum += shares[start + c];
            }
            float log = FloatMath.log((float) sum);
            float inverse = (float) (1 / sum);
            double others = 0;
            for (int c = 0; c < k; c++) {
                shares[start + c] *= inverse;
            }
            for (int c = 0; smoothing > 0 && c < k; c++) {
                others += (double) weights[c] * (log - shifted[start + c]);
            }
            double own = (double) weights[classes[row]] * (log - shifted[start + classes[row]]);
            y[row] = (float) ((1 - smoothing) * own + spread * others);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] gx = gradients[0];
        int k = weights.length;
        float all = 0;
        for (float weight : weights) {
            all += weight;
        }
        float spread = (float) (smoothing / k);
        for (int row = 0; gx != null && row < classes.length; row++) {
            int start = row * k;
            float own = (float) (1 - smoothing) * weights[classes[row]];
            float sum = own + spread * all;
            for (int c = 0; c < k; c++) {
                gx[start + c] += gy[row] * (shares[start + c] * sum - spread * weights[c]);
            }
            gx[start + classes[row]] -= gy[row] * own;
        }
    }
}
