package io.sparknn.tensor;

import java.util.Arrays;

/**
 * {@code y[n, f, q] = bias[f] + Σ_ct weight[f, c, t] · x[n, c, stride · q + dilation · t - padding]}, the convolution of
 * deep learning, over one to three axes; {@code dx} is its transpose.
 */
final class Conv extends Operation {
    private final Window window;
    private final int groups;
    private Correlation correlation;

    private Conv(Window window, int groups) {
        this.window = window;
        this.groups = groups;
    }

    static Tensor of(Tensor x, Tensor weight, Tensor bias, Window window, int groups) {
        Conv conv = new Conv(window, groups);
        return bias == null ? conv.apply(x, weight) : conv.apply(x, weight, bias);
    }

    @Override
    void describe(Note note) {
        note.window(window).integer("groups", groups);
    }

    @Override
    String name() {
        return "conv";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        Shape weight = in[1].localShape();
        checkRanks(name(), window, in);
        checkKernel(name(), window, in);
        int filters = weight.dim(0);
        if (groups < 1 || filters % groups != 0 || x.dim(1) != groups * weight.dim(1)) {
            throw new IllegalArgumentException("conv of " + shapes(in) + ": the input has " + x.dim(1)
                    + " channels, the weight is for " + groups * weight.dim(1) + " and for " + filters
                    + " outputs in " + groups + " groups");
        }
        checkBias(name(), filters, in);
        int[] places = window.places(name(), x);
        int[] sizes = Arrays.copyOfRange(x.local(), 2, x.rank());
        if (!Pass.current().shapesOnly()) {
            Frame frame = new Frame(window, sizes, places);
            correlation = Correlation.of(frame, x.local()[0], groups, weight.dim(1), filters / groups);
        }
        return image(x, filters, places);
    }

    static void checkRanks(String name, Window window, Tensor... in) {
        int rank = window.rank() + 2;
        if (in[0].localShape().rank() != rank || in[1].localShape().rank() != rank) {
            throw new IllegalArgumentException(name + " of " + shapes(in) + " expects an input and a weight of rank "
                    + rank + " for a window over " + window.rank() + (rank == 3 ? " axis" : " axes"));
        }
    }

    static void checkKernel(String name, Window window, Tensor... in) {
        Shape weight = in[1].localShape();
        for (int axis = 0; axis < window.rank(); axis++) {
            if (weight.dim(axis + 2) != window.kernelAt(axis)) {
                throw new IllegalArgumentException(
                        name + " of " + shapes(in) + ": the weight has another kernel than the window");
            }
        }
    }

    static void checkBias(String name, int filters, Tensor... in) {
        if (in.length > 2 && !in[2].localShape().equals(Shape.of(filters))) {
            throw new IllegalArgumentException(name + " of " + shapes(in) + " expects a bias of (" + filters + ")");
        }
    }

    static Shape image(Shape x, int channels, int... sizes) {
        int[] dims = Window.front(2, channels, sizes);
        dims[0] = x.local()[0];
        return Shape.of(dims);
    }

    @Override
    int rowAxis(Tensor... in) {
        return rowsInFront(this, in);
    }

    /** Rows of the first input alone, on axis 0, stay there. */
    static int rowsInFront(Operation operation, Tensor... in) {
        if (in[0].rowAxis() != 0 || carriesRows(Arrays.copyOfRange(in, 1, in.length))) {
            throw operation.mixesRows(in);
        }
        return 0;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        correlation.toPlaces(in[0].values(), in[1].values(), in.length > 2 ? in[2].values() : null, y);
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        if (gradients[0] != null) {
            correlation.addToImages(gy, in[1].values(), gradients[0]);
        }
        if (gradients[1] != null) {
            correlation.addToWeights(in[0].values(), gy, gradients[1]);
        }
        if (in.length > 2 && gradients[2] != null) {
            Channels.addSums(in[0].localShape().dim(0), gy, gradients[2]);
        }
    }
}
