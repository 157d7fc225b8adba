package io.sparknn.tensor;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * {@code y = (x - mean) / √(var + eps) · weight + bias} with one mean and one variance for each channel, along axis 1;
 * {@code dweight = Σ dy · (x - mean) / √(var + eps)}, {@code dbias = Σ dy}. Subclasses say where mean and variance come
 * from, and so what {@code dx} is.
 */
abstract class ChannelNorm extends Operation {
    private final double eps;
    private final boolean weighted;
    private final boolean shifted;
    private int rows;
    private int channels;
    private int inner;
    private double[] means;
    private double[] inverses;
    private float[] high;
    private float[] low;
    private float[] scales;
    private float[] noShifts;
    private Tiles tiles;

    ChannelNorm(double eps, Tensor weight, Tensor bias) {
        this.eps = eps;
        this.weighted = weight != null;
        this.shifted = bias != null;
    }

    /** Those of the inputs that are there. */
    static Tensor[] inputs(Tensor... in) {
        return Stream.of(in).filter(Objects::nonNull).toArray(Tensor[]::new);
    }

    /** Sets mean and variance of each channel by {@link #channel}. */
    abstract void statistics(Tensor x);

    /** Adds to the gradient of x, given {@code Σ dy} and {@code Σ dy · (x - mean)} of each channel. */
    abstract void backward(float[] x, float[] gy, float[] gx, float[] scales, float[] sums);

    @Override
    Shape shape(Tensor... in) {
        int[] dims = in[0].localShape().local();
        Shape each = dims.length < 2 ? null : Shape.of(dims[1]);
        for (int i = 1; each != null && i < in.length; i++) {
            each = in[i].localShape().equals(each) ? each : null;
        }
        if (each == null) {
            throw new IllegalArgumentException(name() + " of " + shapes(in)
                    + " expects an input (N, C, ...) and one value for each of its channels C");
        }
        rows = dims[0];
        channels = dims[1];
        inner = in[0].localShape().dropFirst(2).size();
        return in[0].localShape();
    }

    @Override
    final int rowAxis(Tensor... in) {
        if (in[0].rowAxis() != 0 || carriesRows(Arrays.copyOfRange(in, 1, in.length))) {
            throw mixesRows(in);
        }
        return 0;
    }

    final double eps() {
        return eps;
    }

    final boolean isWeighted() {
        return weighted;
    }

    final boolean isShifted() {
        return shifted;
    }

    final int rows() {
        return rows;
    }

    final int channels() {
        return channels;
    }

    final int inner() {
        return inner;
    }

    final double mean(int channel) {
        return means[channel];
    }

    final double inverse(int channel) {
        return inverses[channel];
    }

    final void channel(int channel, double mean, double variance) {
        means[channel] = mean;
        inverses[channel] = 1 / Math.sqrt(variance + eps);
        high[channel] = NormLoops.high(mean);
        low[channel] = NormLoops.low(mean);
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        if (means == null) { // a plan runs over and over
            means = new double[channels];
            inverses = new double[channels];
            high = new float[channels];
            low = new float[channels];
            scales = new float[channels];
            noShifts = new float[shifted ? 0 : channels];
            tiles = new Tiles(rows * channels, channels);
        }
        statistics(in[0]);
        float[] x = in[0].values();
        setScales(in);
        float[] shifts = shifted ? in[in.length - 1].values() : noShifts;
        if (inner == 1) {
            int n = rows * channels;
            tiles.normalize(x, y, n, high, low, scales, shifts);
            return;
        }
        for (int slab = 0, from = 0; slab < rows * channels; slab++, from += inner) {
            int c = slab % channels;
            NormLoops.apply(x, y, from, from + inner, high[c], low[c], scales[c], shifts[c]);
        }
    }

    private void setScales(Tensor... in) {
        for (int c = 0; c < channels; c++) {
            scales[c] = (float) (inverses[c] * (weighted ? in[1].values()[c] : 1));
        }
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] x = in[0].values();
        float[] sums = sums(x, gy);
        float[] ofWeight = weighted ? gradients[1] : null;
        float[] ofBias = shifted ? gradients[in.length - 1] : null;
        for (int c = 0; c < channels; c++) {
            if (ofWeight != null) {
                ofWeight[c] += (float) (sums[channels + c] * inverses[c]);
            }
            if (ofBias != null) {
                ofBias[c] += sums[c];
            }
        }
        if (gradients[0] != null) {
            setScales(in);
            backward(x, gy, gradients[0], scales, sums);
        }
    }

    /** {@code gx += gy · scale - (shift + (x - mean) · slope)} with values of each channel. */
    final void spread(float[] x, float[] gy, float[] gx, float[] scales, float[] shifts, float[] slopes) {
        if (inner == 1) {
            int n = rows * channels;
            new Tiles(n, channels).backward(x, gy, gx, n, high, low, scales, shifts, slopes);
            return;
        }
        for (int slab = 0, from = 0; slab < rows * channels; slab++, from += inner) {
            int c = slab % channels;
            NormLoops.backward(x, gy, gx, from, from + inner, high[c], low[c], scales[c], shifts[c], slopes[c]);
        }
    }

    /** {@code Σ dy} of each channel, then {@code Σ dy · (x - mean)} of each. */
    private float[] sums(float[] x, float[] gy) {
        double[] ofY = new double[channels];
        double[] products = new double[channels];
        if (inner == 1) {
            for (int row = 0, from = 0; row < rows; row++, from += channels) {
                for (int c = 0; c < channels; c++) {
                    double g = gy[from + c];
                    ofY[c] += g;
                    products[c] += g * (x[from + c] - means[c]);
                }
            }
        } else {
            for (int slab = 0, from = 0; slab < rows * channels; slab++, from += inner) {
                int c = slab % channels;
                ofY[c] += NormLoops.sum(gy, from, from + inner);
                products[c] += NormLoops.products(gy, x, from, from + inner, means[c]);
            }
        }
        float[] sums = new float[2 * channels];
        for (int c = 0; c < channels; c++) {
            sums[c] = (float) ofY[c];
            sums[channels + c] = (float) products[c];
        }
        return sums;
    }
}
