package io.sparknn.d2l;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;

/**
 * The leading half of the Fourier coefficients of each row. Tensors are real, so the output holds the real parts and
 * behind them the imaginary parts: {@code c_k = sum_j x_j exp(-2 pi i j k / n)} for k below n / 2.
 */
public final class HalfSpectrum extends Layer {
    private final Parameter cosines;
    private final Parameter sines;

    public HalfSpectrum(int n) {
        super(n);
        cosines = addBuffer("cosines", new Wave(0), n, n / 2);
        sines = addBuffer("sines", new Wave(Math.PI / 2), n, n / 2);
    }

    @Override
    public Tensor forward(Tensor x) {
        return Tensor.cat(-1, x.matmul(cosines), x.matmul(sines));
    }

    /** Constants are drawn like everything else that a layer holds; these take no chances. */
    public static final class Wave extends Init {
        private final double phase;

        public Wave(double phase) {
            super(phase);
            this.phase = phase;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            int columns = shape.dim(1);
            for (int at = 0; at < values.length; at++) {
                int j = at / columns;
                int k = at % columns;
                double angle = 2 * Math.PI * j * k / shape.dim(0);
                values[at] = (float) Math.cos(angle + phase);
            }
        }
    }
}
