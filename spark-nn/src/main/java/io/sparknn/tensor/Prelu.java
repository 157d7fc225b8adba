package io.sparknn.tensor;

import java.util.Arrays;

/** {@code y = x where x > 0, else w · x}; {@code dx} likewise, {@code dw = dy · x} where x is not above 0. */
final class Prelu extends Binary {
    /** The weights along axis 1 of x, the channels, or one weight for all. */
    static Tensor of(Tensor x, Tensor weight) {
        int[] dims = x.localShape().local();
        int channels = weight.localSize();
        if (weight.localShape().rank() > 1 || weight.rowAxis() >= 0 || (channels != 1 && !fits(x, channels))) {
            throw new IllegalArgumentException("prelu of " + shapes(x, weight)
                    + " expects a weight of (1), or of one value" + " for each element of axis 1");
        }
        if (channels == 1) {
            return new Prelu().apply(x, weight.reshape());
        }
        int[] aligned = new int[dims.length - 1];
        Arrays.fill(aligned, 1);
        aligned[0] = channels;
        return new Prelu().apply(x, weight.reshape(aligned));
    }

    private static boolean fits(Tensor x, int channels) {
        return x.localShape().rank() > 1 && x.localShape().dim(1) == channels;
    }

    @Override
    String name() {
        return "prelu";
    }

    @Override
    void forward(int n, float[] a, float[] b, float[] y) {
        for (int i = 0; i < n; i++) {
            y[i] = a[i] > 0 ? a[i] : b[i] * a[i];
        }
    }

    @Override
    void backwardLeft(int n, float[] a, float[] b, float[] y, float[] gy, float[] ga) {
        for (int i = 0; i < n; i++) {
            ga[i] += a[i] > 0 ? gy[i] : gy[i] * b[i];
        }
    }

    @Override
    void backwardRight(int n, float[] a, float[] b, float[] y, float[] gy, float[] gb) {
        for (int i = 0; i < n; i++) {
            gb[i] += a[i] > 0 ? 0f : gy[i] * a[i];
        }
    }
}
