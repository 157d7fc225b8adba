package io.sparknn.tensor;

import java.util.Arrays;

/**
 * {@code y = (x - mean) / √(var + eps) · weight + bias} within lanes of neighbours, each with its own mean and variance:
 * layer, group and instance normalisation; without the mean, the root mean square's.
 * {@code dx = (g - Σ g / n - (x - mean) / (var + eps) · Σ g · (x - mean) / n) / √(var + eps)} where
 * {@code g = dy · weight}.
 *
 * <p>x is seen as (lanes, members, inner): one weight for each member of a lane, taken in turn from those of the
 * channels. Rows lie within no lane, so each row's values depend on that row alone.
 */
final class LaneNormOp extends Operation {
    private final String name;
    private final double eps;
    private final boolean centred;
    private final boolean weighted;
    private final boolean shifted;
    private final int lanes;
    private final int members;
    private final int inner;
    private final int channels;
    private float[] high;
    private float[] low;
    private float[] variances;
    private float[] inverses;
    private Tiles tiles;

    private LaneNormOp(
            String name,
            double eps,
            boolean centred,
            Tensor weight,
            Tensor bias,
            int lanes,
            int members,
            int inner,
            int channels) {
        this.name = name;
        this.eps = eps;
        this.centred = centred;
        this.weighted = weight != null;
        this.shifted = bias != null;
        this.lanes = lanes;
        this.members = members;
        this.inner = inner;
        this.channels = channels;
    }

    /** Over the last axes, which have the given sizes; with weight and bias of these sizes. */
    static Tensor last(String name, Tensor x, int[] sizes, Tensor weight, Tensor bias, double eps, boolean centred) {
        if (x.lengths() != null && sizes.length < x.localShape().rank() - 1) {
            return new Tensor(last(name, x.flat(), sizes, weight, bias, eps, centred), x.lengths());
        }
        Shape wanted = Shape.of(sizes);
        int outer = x.localShape().rank() - sizes.length;
        Tensor[] in = ChannelNorm.inputs(x, weight, bias);
        requireRowsBefore(outer, name, in);
        boolean fits = sizes.length > 0
                && outer >= 0
                && x.localShape().dropFirst(outer).equals(wanted);
        if (!fits || !areAll(wanted, weight, bias)) {
            throw new IllegalArgumentException(name + " of " + shapes(in) + " expects an input whose last sizes are "
                    + wanted + ", and a weight and bias of that shape");
        }
        int members = wanted.size();
        int lanes = 1;
        for (int axis = 0; axis < outer; axis++) {
            lanes *= x.localShape().dim(axis);
        }
        return new LaneNormOp(name, eps, centred, weight, bias, lanes, members, 1, members).apply(in);
    }

    /** As it was recorded, of any number of rows. */
    static Tensor again(String name, Attributes a, Tensor... in) {
        boolean weighted = a.flag("weighted");
        Tensor weight = weighted ? in[1] : null;
        Tensor bias = a.flag("shifted") ? in[weighted ? 2 : 1] : null;
        int size = a.integer("members") * a.integer("inner");
        boolean fits = size > 0 && a.integer("channels") > 0 && in[0].localSize() % size == 0;
        if (!fits || !areAll(Shape.of(a.integer("channels")), flat(weight), flat(bias))) {
            throw new IllegalArgumentException(name + " of " + shapes(in) + " does not fit lanes of " + size);
        }
        return new LaneNormOp(
                        name,
                        a.number("eps"),
                        a.flag("centred"),
                        weight,
                        bias,
                        in[0].localSize() / size,
                        a.integer("members"),
                        a.integer("inner"),
                        a.integer("channels"))
                .apply(in);
    }

    private static Tensor flat(Tensor tensor) {
        return tensor == null ? null : tensor.reshape(Shape.UNKNOWN);
    }

    /** Over groups of channels along axis 1 and all that follows; with weight and bias of each channel. */
    static LaneNormOp groups(String name, Tensor x, int groups, Tensor weight, Tensor bias, double eps) {
        Shape shape = x.localShape();
        int channels = shape.rank() < 2 ? 0 : shape.dim(1);
        Tensor[] in = ChannelNorm.inputs(x, weight, bias);
        requireRowsBefore(1, name, in);
        boolean fits = shape.rank() >= 2 && groups > 0 && channels % groups == 0;
        if (!fits || !areAll(Shape.of(channels), weight, bias)) {
            throw new IllegalArgumentException(
                    name + " of " + shapes(in) + " expects an input (N, C, ...) whose channels"
                            + " C are a multiple of " + groups + " groups, and a weight and bias of (C)");
        }
        int inner = shape.dropFirst(2).size();
        return new LaneNormOp(name, eps, true, weight, bias, shape.dim(0) * groups, channels / groups, inner, channels);
    }

    private static boolean areAll(Shape wanted, Tensor... each) {
        return Arrays.stream(ChannelNorm.inputs(each))
                .allMatch(t -> t.localShape().equals(wanted));
    }

    /** Rows lie on an axis of the input before the given one, if anywhere. */
    private static void requireRowsBefore(int axis, String name, Tensor... in) {
        if (in[0].rowAxis() >= Math.max(axis, 0) || carriesRows(Arrays.copyOfRange(in, 1, in.length))) {
            throw mixesRows(name, in);
        }
    }

    @Override
    void describe(Note note) {
        note.number("eps", eps)
                .flag("centred", centred)
                .flag("weighted", weighted)
                .flag("shifted", shifted)
                .integer("members", members)
                .integer("inner", inner)
                .integer("channels", channels);
    }

    @Override
    String name() {
        return name;
    }

    @Override
    Shape shape(Tensor... in) {
        return in[0].localShape();
    }

    @Override
    int rowAxis(Tensor... in) {
        return in[0].rowAxis();
    }

    /** Mean of a lane, after forward. */
    double mean(int lane) {
        return (double) high[lane] + low[lane];
    }

    /** Variance of a lane without correction, after forward. */
    float variance(int lane) {
        return variances[lane];
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        Pass pass = Pass.current();
        high = pass.allocate(lanes);
        low = pass.allocate(lanes);
        variances = pass.allocate(lanes);
        inverses = pass.allocate(lanes);
        float[] x = in[0].values();
        int size = members * inner;
        for (int lane = 0, from = 0; lane < lanes; lane++, from += size) {
            double mean = centred ? NormLoops.sum(x, from, from + size) / size : 0;
            high[lane] = NormLoops.high(mean);
            low[lane] = NormLoops.low(mean);
            double variance = NormLoops.squares(x, from, from + size, mean) / size;
            variances[lane] = (float) variance;
            inverses[lane] = (float) (1 / Math.sqrt(variance + eps));
            if (inner == 1) {
                NormLoops.apply(x, y, from, from + size, high[lane], low[lane], inverses[lane], 0);
            } else {
                members(in, x, y, lane, from);
            }
        }
        if (inner == 1 && (weighted || shifted)) {
            int n = lanes * members;
            tiles = tiles == null ? new Tiles(n, channels) : tiles; // a plan runs over and over
            tiles.scaleAndShift(y, n, weighted ? weight(in) : null, shifted ? bias(in) : null);
        }
    }

    private void members(Tensor[] in, float[] x, float[] y, int lane, int from) {
        int channel = lane * members % channels;
        for (int member = 0, at = from; member < members; member++, at += inner, channel++) {
            float scale = weighted ? inverses[lane] * weight(in)[channel] : inverses[lane];
            float shift = shifted ? bias(in)[channel] : 0;
            NormLoops.apply(x, y, at, at + inner, high[lane], low[lane], scale, shift);
        }
    }

    private static float[] weight(Tensor... in) {
        return in[1].values();
    }

    private static float[] bias(Tensor... in) {
        return in[in.length - 1].values();
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        double[] ofWeight = weighted && gradients[1] != null ? new double[channels] : null;
        double[] ofBias = shifted && gradients[in.length - 1] != null ? new double[channels] : null;
        if (inner == 1) {
            backwardOfLines(in, gy, gradients[0], ofWeight, ofBias);
        } else {
            backwardOfMembers(in, gy, gradients[0], ofWeight, ofBias);
        }
        for (int c = 0; c < channels; c++) {
            if (ofWeight != null) {
                gradients[1][c] += (float) ofWeight[c];
            }
            if (ofBias != null) {
                gradients[in.length - 1][c] += (float) ofBias[c];
            }
        }
    }

    /** Members that have one value each: the weighted gradient is made first, in one go for all lanes. */
    private void backwardOfLines(Tensor[] in, float[] gy, float[] gx, double[] ofWeight, double[] ofBias) {
        float[] x = in[0].values();
        float[] g = gy;
        int n = lanes * members;
        if (weighted && gx != null) {
            g = Pass.current().allocate(n);
            System.arraycopy(gy, 0, g, 0, n);
            new Tiles(n, channels).scaleAndShift(g, n, weight(in), null);
        }
        for (int lane = 0, from = 0; lane < lanes; lane++, from += members) {
            int to = from + members;
            double mean = mean(lane);
            int channel = from % channels;
            if (ofWeight != null) {
                addProducts(gy, x, from, to, mean, inverses[lane], ofWeight, channel);
            }
            if (ofBias != null) {
                addTo(ofBias, channel, gy, from, to);
            }
            if (gx != null) {
                double sum = centred ? NormLoops.sum(g, from, to) : 0;
                double products = NormLoops.products(g, x, from, to, mean);
                spread(x, g, gx, lane, from, to, 1, sum, products);
            }
        }
    }

    private static void addProducts(
            float[] gy, float[] x, int from, int to, double mean, double inverse, double[] sums, int first) {
        for (int at = from; at < to; at++) {
            sums[first + at - from] += gy[at] * ((x[at] - mean) * inverse);
        }
    }

    private static void addTo(double[] sums, int first, float[] gy, int from, int to) {
        for (int at = from; at < to; at++) {
            sums[first + at - from] += gy[at];
        }
    }

    private void backwardOfMembers(Tensor[] in, float[] gy, float[] gx, double[] ofWeight, double[] ofBias) {
        float[] x = in[0].values();
        int size = members * inner;
        for (int lane = 0, from = 0; lane < lanes; lane++, from += size) {
            int channel = lane * members % channels;
            double sum = 0;
            double products = 0;
            for (int member = 0, at = from; member < members; member++, at += inner) {
                double ofMember = NormLoops.sum(gy, at, at + inner);
                double ofProducts = NormLoops.products(gy, x, at, at + inner, mean(lane));
                double weight = weighted ? weight(in)[channel + member] : 1;
                sum += weight * ofMember;
                products += weight * ofProducts;
                if (ofWeight != null) {
                    ofWeight[channel + member] += ofProducts * inverses[lane];
                }
                if (ofBias != null) {
                    ofBias[channel + member] += ofMember;
                }
            }
            for (int member = 0, at = from; gx != null && member < members; member++, at += inner) {
                float weight = weighted ? weight(in)[channel + member] : 1;
                spread(x, gy, gx, lane, at, at + inner, weight, sum, products);
            }
        }
    }

    /** The gradient by x of a run within a lane whose weighted sums are given. */
    private void spread(
            float[] x, float[] g, float[] gx, int lane, int from, int to, float weight, double sum, double products) {
        double inverse = inverses[lane];
        double size = members * (double) inner;
        float shift = (float) (inverse * sum / size);
        float slope = (float) (inverse * inverse * inverse * products / size);
        float scale = (float) (inverse * weight);
        NormLoops.backward(x, g, gx, from, to, high[lane], low[lane], scale, shift, slope);
    }
}
