package io.sparknn.tensor;

import java.util.Arrays;

/**
 * What a convolution or a pooling looks through: a box of elements that slides over the inner axes of its input.
 *
 * <p>Each setting takes one number for all axes, or one for each. Immutable.
 *
 * <pre>{@code
 * Window window = Window.of(3, 3).stride(2).padding(1);
 * x.maxPool(window);                          // (N, C, H, W) to (N, C, (H + 1) / 2, (W + 1) / 2)
 * }</pre>
 */
public final class Window {
    private final int[] kernel;
    private final int[] stride;
    private final int[] before;
    private final int[] after;
    private final int[] dilation;
    private final boolean ceil;

    private Window(int[] kernel, int[] stride, int[] before, int[] after, int[] dilation, boolean ceil) {
        this.kernel = kernel;
        this.stride = stride;
        this.before = before;
        this.after = after;
        this.dilation = dilation;
        this.ceil = ceil;
    }

    /**
     * A window that moves by 1 and meets no padding.
     *
     * @param kernel its size along each inner axis, one to three of them, each at least 1
     * @return the window
     */
    public static Window of(int... kernel) {
        if (kernel.length < 1 || kernel.length > 3) {
            throw new IllegalArgumentException("Window expects a size for each of 1 to 3 axes, got "
                    + Arrays.toString(kernel) + "; give it one size for each inner axis");
        }
        int[] ones = new int[kernel.length];
        Arrays.fill(ones, 1);
        int[] zeros = new int[kernel.length];
        return new Window(checked("kernel", 1, kernel, kernel.length), ones, zeros, zeros, ones, false);
    }

    private static int[] checked(String name, int least, int[] sizes, int rank) {
        if (sizes.length != 1 && sizes.length != rank) {
            throw new IllegalArgumentException("Window expects " + name + " as one number or " + rank + ", got "
                    + Arrays.toString(sizes) + "; give one for all axes or one for each");
        }
        int[] each = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            each[axis] = sizes[sizes.length == 1 ? 0 : axis];
            if (each[axis] < least) {
                throw new IllegalArgumentException("Window expects " + name + " of " + least + " or more, got "
                        + Arrays.toString(sizes) + "; give it larger numbers");
            }
        }
        return each;
    }

    /**
     * How far the window moves from one place to the next.
     *
     * @param steps at least 1
     * @return a new window
     */
    public Window stride(int... steps) {
        return new Window(kernel, checked("stride", 1, steps, rank()), before, after, dilation, ceil);
    }

    /**
     * How many elements are added at both ends of each axis: zeros to a convolution or a mean, nothing to a maximum.
     *
     * @param sizes at least 0
     * @return a new window
     */
    public Window padding(int... sizes) {
        return padding(sizes, sizes);
    }

    /**
     * How many elements are added at the ends of each axis.
     *
     * @param first in front, at least 0
     * @param last behind, at least 0
     * @return a new window
     */
    public Window padding(int[] first, int[] last) {
        int[] front = checked("padding", 0, first, rank());
        return new Window(kernel, stride, front, checked("padding", 0, last, rank()), dilation, ceil);
    }

    /**
     * The padding that keeps the size; of an odd number of elements one more goes behind.
     *
     * @return a new window
     * @throws IllegalArgumentException if the window moves by more than 1, for then no padding does
     */
    public Window samePadding() {
        int[] first = new int[rank()];
        int[] last = new int[rank()];
        for (int axis = 0; axis < rank(); axis++) {
            if (stride[axis] != 1) {
                throw new IllegalArgumentException("padding \"same\" expects a stride of 1, got "
                        + Arrays.toString(stride) + "; give the padding in numbers");
            }
            first[axis] = (reach(axis) - 1) / 2;
            last[axis] = reach(axis) - 1 - first[axis];
        }
        return padding(first, last);
    }

    /**
     * The distance of neighbours in the window.
     *
     * @param steps at least 1
     * @return a new window
     */
    public Window dilation(int... steps) {
        return new Window(kernel, stride, before, after, checked("dilation", 1, steps, rank()), ceil);
    }

    /**
     * Whether a last place counts where the window sticks out of the padded input.
     *
     * @param value false at first
     * @return a new window
     */
    public Window ceil(boolean value) {
        return new Window(kernel, stride, before, after, dilation, value);
    }

    /**
     * The number of axes it slides over.
     *
     * @return 1 to 3
     */
    public int rank() {
        return kernel.length;
    }

    /**
     * The padding in front of each axis.
     *
     * @return a copy
     */
    public int[] before() {
        return before.clone();
    }

    /**
     * The padding behind each axis.
     *
     * @return a copy
     */
    public int[] after() {
        return after.clone();
    }

    /**
     * The least size for which it has so many places: that of a transposed convolution's output.
     *
     * @param axis one of the axes it slides over
     * @param places how many
     * @return the size, below 1 if there is none
     */
    public int covered(int axis, int places) {
        return (places - 1) * stride[axis] + reach(axis) - before[axis] - after[axis];
    }

    void describe(Note note) {
        note.integers("kernel", kernel)
                .integers("stride", stride)
                .integers("before", before)
                .integers("after", after)
                .integers("dilation", dilation)
                .flag("ceil", ceil);
    }

    /** As it was recorded. */
    static Window again(Attributes a) {
        return of(a.integers("kernel"))
                .stride(a.integers("stride"))
                .padding(a.integers("before"), a.integers("after"))
                .dilation(a.integers("dilation"))
                .ceil(a.flag("ceil"));
    }

    int kernelAt(int axis) {
        return kernel[axis];
    }

    int strideAt(int axis) {
        return stride[axis];
    }

    int beforeAt(int axis) {
        return before[axis];
    }

    int afterAt(int axis) {
        return after[axis];
    }

    int dilationAt(int axis) {
        return dilation[axis];
    }

    /** From its first to its last element. */
    int reach(int axis) {
        return dilation[axis] * (kernel[axis] - 1) + 1;
    }

    /** Elements in the window. */
    int taps() {
        return Arrays.stream(kernel).reduce(1, Math::multiplyExact);
    }

    /** The same window over three axes, of which the first ones may be of size 1. */
    Window overThree() {
        int more = 3 - rank();
        return new Window(
                front(more, 1, kernel),
                front(more, 1, stride),
                front(more, 0, before),
                front(more, 0, after),
                front(more, 1, dilation),
                ceil);
    }

    static int[] front(int more, int fill, int... sizes) {
        int[] all = new int[more + sizes.length];
        Arrays.fill(all, 0, more, fill);
        System.arraycopy(sizes, 0, all, more, sizes.length);
        return all;
    }

    /** How many places it has along each inner axis of an input (N, C, ...). */
    int[] places(String name, Shape input) {
        int[] places = new int[rank()];
        for (int axis = 0; axis < rank(); axis++) {
            int size = input.dim(axis + 2) + before[axis] + after[axis];
            int room = size - reach(axis);
            // A window that is cut at the end may begin in the only elements there are.
            if (room < 0 && !(ceil && room > -stride[axis])) {
                throw new IllegalArgumentException(name + " of " + input + ": a window of " + text(reaches())
                        + " does not fit into an input of " + text(padded(input)) + " with its padding; give it a"
                        + " smaller kernel, more padding, or a larger input");
            }
            places[axis] = Math.floorDiv(room, stride[axis]) + 1;
            boolean out = ceil && room % stride[axis] != 0;
            // A place that begins in the padding behind sees nothing.
            if (out && places[axis] * stride[axis] < size - after[axis]) {
                places[axis]++;
            }
        }
        return places;
    }

    private int[] reaches() {
        int[] reaches = new int[rank()];
        Arrays.setAll(reaches, this::reach);
        return reaches;
    }

    private int[] padded(Shape input) {
        int[] sizes = new int[rank()];
        Arrays.setAll(sizes, axis -> input.dim(axis + 2) + before[axis] + after[axis]);
        return sizes;
    }

    static String text(int... sizes) {
        return Shape.of(sizes).toString();
    }
}
