package io.sparknn.tensor;

import java.util.Arrays;

/**
 * The transpose of {@link Conv}, which spreads each element of x over a window of y: {@code y[n, f, stride · q + dilation ·
 * t - padding] = bias[f] + Σ_ct weight[c, f, t] · x[n, c, q]}; {@code dx} is a convolution.
 */
final class ConvTranspose extends Operation {
    private final Window window;
    private final int groups;
    private final int[] outputPadding;
    private Correlation correlation;

    private ConvTranspose(Window window, int groups, int... outputPadding) {
        this.window = window;
        this.groups = groups;
        this.outputPadding = outputPadding;
    }

    static Tensor of(Tensor x, Tensor weight, Tensor bias, Window window, int groups, int... outputPadding) {
        ConvTranspose conv = new ConvTranspose(window, groups, outputPadding);
        return bias == null ? conv.apply(x, weight) : conv.apply(x, weight, bias);
    }

    @Override
    void describe(Note note) {
        note.window(window).integer("groups", groups).integers("outputPadding", outputPadding);
    }

    @Override
    String name() {
        return "convTranspose";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        Shape weight = in[1].localShape();
        Conv.checkRanks(name(), window, in);
        Conv.checkKernel(name(), window, in);
        int channels = weight.dim(0);
        if (groups < 1 || channels % groups != 0 || x.dim(1) != channels) {
            throw new IllegalArgumentException("convTranspose of " + shapes(in) + ": the input has " + x.dim(1)
                    + " channels, the weight is for " + channels + " in " + groups + " groups");
        }
        int filters = groups * weight.dim(1);
        Conv.checkBias(name(), filters, in);
        int[] places = Arrays.copyOfRange(x.local(), 2, x.rank());
        int[] sizes = sizes(places, in);
        if (!Pass.current().shapesOnly()) {
            Frame frame = new Frame(window, sizes, places);
            correlation = Correlation.of(frame, x.local()[0], groups, weight.dim(1), channels / groups);
        }
        return Conv.image(x, filters, sizes);
    }

    private int[] sizes(int[] places, Tensor... in) {
        int[] sizes = new int[places.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            int more = outputPadding[outputPadding.length == 1 ? 0 : axis];
            if (more < 0 || more >= Math.max(window.strideAt(axis), window.dilationAt(axis))) {
                throw new IllegalArgumentException("convTranspose of " + shapes(in) + " expects an output padding from"
                        + " 0 to less than stride or dilation, got " + more + "; give it another size");
            }
            sizes[axis] = window.covered(axis, places[axis]) + more;
        }
        if (Arrays.stream(sizes).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException("convTranspose of " + shapes(in) + " expects an output of size 1 or"
                    + " more, got " + Arrays.toString(sizes) + "; give it less padding or a larger input");
        }
        return sizes;
    }

    @Override
    int rowAxis(Tensor... in) {
        return Conv.rowsInFront(this, in);
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        fillWithBias(in, y);
        correlation.addToImages(in[0].values(), in[1].values(), y);
    }

    private static void fillWithBias(Tensor[] in, float[] y) {
        if (in.length < 3) {
            Arrays.fill(y, 0f);
            return;
        }
        float[] bias = in[2].values();
        int channels = in[2].localSize();
        int rows = in[0].localShape().dim(0);
        int size = rows == 0 ? 0 : y.length / rows / channels;
        for (int channel = 0; channel < rows * channels; channel++) {
            Arrays.fill(y, channel * size, (channel + 1) * size, bias[channel % channels]);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        if (gradients[0] != null) {
            float[] gx = Pass.current().allocate(gradients[0].length);
            correlation.toPlaces(gy, in[1].values(), null, gx);
            Lines.get().add(gx.length, gx, 0, gradients[0], 0);
        }
        if (gradients[1] != null) {
            correlation.addToWeights(gy, in[0].values(), gradients[1]);
        }
        if (in.length > 2 && gradients[2] != null) {
            Channels.addSums(in[0].localShape().dim(0), gy, gradients[2]);
        }
    }
}
