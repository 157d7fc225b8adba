package io.sparknn.tensor;

import java.util.Arrays;

/**
 * One value for each window of each channel. Windows are boxes, so the lines of a box are merged into one first, element
 * by element, and that one is then merged along itself.
 */
abstract class Pool extends Operation {
    private final Window window;
    private final int[] outputSize;
    private final boolean countPadding;
    private final Spans[] axes = new Spans[3];
    private Box boxes;
    private int[] sizes;
    private int channels;

    /** Windows that slide. */
    Pool(Window window, boolean countPadding) {
        this.window = window;
        this.outputSize = null;
        this.countPadding = countPadding;
    }

    /** As many windows as the output has elements; the input's size where that is unknown. */
    Pool(int... outputSize) {
        this.window = null;
        this.outputSize = outputSize.clone();
        this.countPadding = false;
    }

    /** Computes one line of the output from the lines of the box, of which there are some. */
    abstract void line(Box box, float[] x, float[] line, float[] y, int at);

    /** Adds the gradient of one line of the output. */
    abstract void spread(Box box, float[] x, float[] line, float[] y, float[] gy, int at, float[] gx);

    /** Computes all windows at once where they are squares of two by two side by side; false if there is no such way. */
    boolean squares(int planes, int height, int width, float[] x, float[] y) {
        return false;
    }

    /** Adds the gradient of all windows at once where they are such squares; false if there is no such way. */
    boolean spreadSquares(int planes, int height, int width, float[] x, float[] y, float[] gy, float[] gx) {
        return false;
    }

    /** The value of a window that sees nothing. */
    abstract float nothing();

    @Override
    final int rowAxis(Tensor... in) {
        return Conv.rowsInFront(this, in);
    }

    @Override
    void describe(Note note) {
        note.flag("countPadding", countPadding);
        if (window == null) {
            note.integers("outputSize", outputSize);
        } else {
            note.window(window);
        }
    }

    @Override
    final Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        int inner = window == null ? outputSize.length : window.rank();
        if (inner < 1 || inner > 3 || x.rank() != inner + 2) {
            throw new IllegalArgumentException(name() + " of " + shapes(in) + " expects an input of rank " + (inner + 2)
                    + " for " + inner + (inner == 1 ? " axis" : " axes"));
        }
        int[] places = window == null ? parts(x) : slides(x, in);
        sizes = Window.front(3 - inner, 1, Arrays.copyOfRange(x.local(), 2, x.rank()));
        channels = x.local()[0] * x.local()[1];
        for (int axis = 0; axis < 3; axis++) {
            int own = axis - (3 - inner);
            axes[axis] = own < 0 || window == null
                    ? Spans.parts(sizes[axis], own < 0 ? 1 : places[own])
                    : Spans.sliding(window, own, sizes[axis], places[own], countPadding);
        }
        return Conv.image(x, x.local()[1], places);
    }

    private int[] parts(Shape x) {
        int[] places = outputSize.clone();
        for (int axis = 0; axis < places.length; axis++) {
            places[axis] = places[axis] == Shape.UNKNOWN ? x.dim(axis + 2) : places[axis];
            if (places[axis] < 1 || x.dim(axis + 2) < 1) {
                throw new IllegalArgumentException(name() + " of " + x + " expects an output size of 1 or more, got "
                        + Arrays.toString(outputSize) + "; give it one for each inner axis");
            }
        }
        return places;
    }

    private int[] slides(Shape x, Tensor... in) {
        for (int axis = 0; axis < window.rank(); axis++) {
            if (2 * Math.max(window.beforeAt(axis), window.afterAt(axis)) > window.reach(axis)) {
                throw new IllegalArgumentException(name() + " of " + shapes(in) + " expects a padding of at most half"
                        + " the window, got " + window.beforeAt(axis) + " for a window of " + window.reach(axis)
                        + "; give it less padding");
            }
        }
        return window.places(name(), x);
    }

    private boolean areSquares() {
        return axes[0].areParts(1) && axes[0].places() == sizes[0] && axes[1].areParts(2) && axes[2].areParts(2);
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        if (areSquares() && squares(channels * sizes[0], sizes[1], sizes[2], x, y)) {
            return;
        }
        float[] line = Pass.current().allocate(sizes[2]);
        int width = axes[2].places();
        if (boxes == null) { // a plan runs over and over
            boxes = new Box(axes, sizes, channels);
        }
        Box box = boxes.restarted();
        for (int at = 0; box.next(); at += width) {
            if (box.lines == 0) {
                Arrays.fill(y, at, at + width, nothing());
            } else {
                line(box, x, line, y, at);
            }
        }
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] x = in[0].values();
        if (areSquares() && spreadSquares(channels * sizes[0], sizes[1], sizes[2], x, y, gy, gradients[0])) {
            return;
        }
        float[] line = Pass.current().allocate(sizes[2]);
        int width = axes[2].places();
        Box box = new Box(axes, sizes, channels);
        for (int at = 0; box.next(); at += width) {
            spread(box, x, line, y, gy, at, gradients[0]);
        }
    }

    /** The lines of the input that one line of the output sees, for one of these after the other. */
    static final class Box {
        /** What each place sees of a line. */
        final Spans along;
        /** The length of a line. */
        final int width;
        /** Where each line begins in the input. */
        final int[] starts;
        /** How many lines there are. */
        int lines;
        /** What a mean divides by, but for the count along the line. */
        int count;

        private final Spans deep;
        private final Spans high;
        private final int depth;
        private final int height;
        private final int channels;
        private int channel;
        private int z;
        private int y = -1;

        private Box(Spans[] axes, int[] sizes, int channels) {
            deep = axes[0];
            high = axes[1];
            along = axes[2];
            depth = sizes[0];
            height = sizes[1];
            width = sizes[2];
            this.channels = channels;
            starts = new int[deep.whole() * high.whole()];
        }

        private Box restarted() {
            channel = 0;
            z = 0;
            y = -1;
            return this;
        }

        boolean next() {
            if (++y == high.places()) {
                y = 0;
                if (++z == deep.places()) {
                    z = 0;
                    channel++;
                }
            }
            if (channel == channels) {
                return false;
            }
            int found = 0;
            int end = high.to[y];
            for (int i = deep.from[z]; i < deep.to[z]; i += deep.step) {
                int plane = (channel * depth + i) * height;
                for (int j = high.from[y]; j < end; j += high.step) {
                    starts[found++] = (plane + j) * width;
                }
            }
            lines = found;
            count = deep.count[z] * high.count[y];
            return true;
        }
    }
}
