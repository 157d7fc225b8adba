package io.sparknn.nn.layers;

import io.sparknn.nn.ChoiceParam;
import io.sparknn.tensor.Window;
import java.util.Arrays;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** The Params that say how a window slides, for lazy and ready layers alike: none of them shapes a parameter. */
final class SlideParams {
    static final String SAME = "same";
    static final String VALID = "valid";

    final IntArrayParam stride;
    final IntArrayParam dilation;
    final IntArrayParam outputPadding;
    final IntArrayParam outputSize;
    final Param<String> padding;
    final Param<String> paddingMode;

    private final Params owner;
    private final String layer;
    private final int axes;
    private final boolean hasRules;

    private SlideParams(Params owner, int axes, boolean hasRules) {
        this.owner = owner;
        this.hasRules = hasRules;
        this.layer = owner.getClass().getSimpleName();
        this.axes = axes;
        stride = new IntArrayParam(owner, "stride", "how far the window moves, for all axes or for each");
        dilation =
                new IntArrayParam(owner, "dilation", "distance of neighbours in the window, for all axes or for each");
        outputPadding =
                new IntArrayParam(owner, "outputPadding", "how much longer the output is, for all axes or each");
        outputSize = new IntArrayParam(owner, "outputSize", "size of the output, for all axes or for each");
        padding = new Param<>(
                owner.uid(),
                "padding",
                "elements at both ends: a number for all axes or for each" + (hasRules ? ", same, or valid" : ""));
        paddingMode = new ChoiceParam(
                owner.uid(), layer, "paddingMode", "what is added", "zeros", "reflect", "replicate", "circular");
    }

    /** Makes the Params that a kind of window has. */
    interface Kind {
        SlideParams of(Params owner, int axes);
    }

    /** Padding is numbers, or {@code same} or {@code valid}. */
    static SlideParams withRules(Params owner, int axes) {
        return new SlideParams(owner, axes, true);
    }

    /** Padding is numbers. */
    static SlideParams ofNumbers(Params owner, int axes) {
        return new SlideParams(owner, axes, false);
    }

    void setSizes(Param<int[]> param, int least, int... sizes) {
        Sizes.each(layer, param.name(), axes, least, sizes);
        owner.set(param, sizes.clone());
    }

    /** Numbers as text, so that one Param holds them or a rule. */
    void setPadding(int... sizes) {
        Sizes.each(layer, "padding", axes, 0, sizes);
        String text = Arrays.toString(sizes);
        owner.set(padding, text.substring(1, text.length() - 1));
    }

    void setPadding(String text) {
        window(text, Window.of(ones()));
        owner.set(padding, text);
    }

    /** What is set here goes for the other one as well. */
    void copyTo(Params other, SlideParams params) {
        copy(stride, other, params.stride);
        copy(dilation, other, params.dilation);
        copy(outputPadding, other, params.outputPadding);
        copy(outputSize, other, params.outputSize);
        copy(padding, other, params.padding);
        copy(paddingMode, other, params.paddingMode);
    }

    /** No layer has all of these, and Spark refuses questions after Params that a stage does not show. */
    boolean isSet(Param<?> param) {
        return owner.hasParam(param.name()) && owner.isSet(param);
    }

    private <T> void copy(Param<T> from, Params other, Param<T> to) {
        if (isSet(from)) {
            other.set(to, owner.getOrDefault(from));
        }
    }

    String mode() {
        return isSet(paddingMode) ? owner.getOrDefault(paddingMode) : "zeros";
    }

    int[] sizes(IntArrayParam param, int least, int... otherwise) {
        return Sizes.each(layer, param.name(), axes, least, isSet(param) ? owner.getOrDefault(param) : otherwise);
    }

    /** The window of these settings. */
    Window window(int[] kernel, int... defaultStride) {
        Window window =
                Window.of(kernel).stride(sizes(stride, 1, defaultStride)).dilation(sizes(dilation, 1, 1));
        return isSet(padding) ? window(owner.getOrDefault(padding), window, kernel) : window;
    }

    private Window window(String text, Window window, int... kernel) {
        if (hasRules && VALID.equals(text)) {
            return window;
        }
        if (hasRules && SAME.equals(text)) {
            checkOdd(kernel);
            return window.samePadding();
        }
        try {
            int[] sizes = Arrays.stream(text.split(",", -1))
                    .mapToInt(size -> Integer.parseInt(size.strip()))
                    .toArray();
            return window.padding(Sizes.each(layer, "padding", axes, 0, sizes));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    layer + " expects padding as " + (hasRules ? "same, valid, or " : "")
                            + "a number for all axes or for each, got \"" + text
                            + "\"; write such as \"1\" or \"1, 2\"",
                    e);
        }
    }

    /** PyTorch shifts the image by half a place there, and says so in a warning at most. */
    private void checkOdd(int... kernel) {
        if (kernel.length == 0) {
            return; // not known yet: only the text is looked at
        }
        int[] steps = sizes(dilation, 1, 1);
        for (int axis = 0; axis < axes; axis++) {
            if (steps[axis] * (kernel[axis] - 1) % 2 != 0) {
                throw new IllegalArgumentException(layer + " expects a kernel of odd sizes with padding \"same\", got "
                        + kernel[axis] + ", which would add one more behind than before; take an odd size, or give the"
                        + " padding in numbers");
            }
        }
    }

    private int[] ones() {
        int[] ones = new int[axes];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** What differs from the defaults, as {@code toString} shows it. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (IntArrayParam param : new IntArrayParam[] {stride, dilation, outputPadding, outputSize}) {
            if (isSet(param)) {
                text.append(", ").append(param.name()).append(' ').append(Sizes.text(owner.getOrDefault(param)));
            }
        }
        text.append(isSet(padding) ? ", padding " + owner.getOrDefault(padding) : "");
        return text.append("zeros".equals(mode()) ? "" : ", " + mode()).toString();
    }
}
