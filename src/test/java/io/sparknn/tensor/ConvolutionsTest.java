package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Convolutions of drawn sizes and settings against their formula, element by element in double. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class ConvolutionsTest {
    private static final int DRAWS = 60;

    /** A window with an input it fits into. */
    private static final class Draw {
        private final RandomStream random;
        final int rank;
        final int groups;
        final int channels;
        final int filters;
        final int[] kernel;
        final int[] stride;
        final int[] dilation;
        final int[] before;
        final int[] after;
        final int[] places;
        final int[] sizes;

        Draw(int seed) {
            random = RandomStream.of(seed, "draw");
            rank = 1 + seed % 3;
            groups = upTo(3);
            channels = groups * upTo(3);
            filters = groups * upTo(4);
            kernel = each(1, 4);
            stride = each(1, 3);
            dilation = each(1, 3);
            before = each(0, 3);
            after = each(0, 3);
            places = each(1, rank == 1 ? 70 : rank == 2 ? 20 : 4);
            if (seed % 4 == 0 && rank > 1) {
                // narrow images, of which the window takes much
                kernel[rank - 1] = 4;
                places[rank - 1] = 8;
                places[rank - 2] = 8 + seed % 3;
            }
            sizes = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                int covered = (places[axis] - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1;
                int rest = (int) random.uniform(0, stride[axis]);
                sizes[axis] = Math.max(1, covered - before[axis] - after[axis] + rest);
            }
        }

        private int upTo(int most) {
            return 1 + (int) random.uniform(0, most);
        }

        private int[] each(int least, int most) {
            int[] each = new int[rank];
            Arrays.setAll(each, axis -> least + (int) random.uniform(0, most - least + 1));
            return each;
        }

        Window window() {
            return Window.of(kernel).stride(stride).dilation(dilation).padding(before, after);
        }

        Tensor tensor(int seed, int first, int second, int... rest) {
            int[] dims = Window.front(2, first, rest);
            dims[1] = second;
            return Numbers.normal(seed, dims);
        }
    }

    @RepeatedTest(DRAWS)
    void theConvolutionIsItsFormula(RepetitionInfo repetition) {
        Draw draw = new Draw(repetition.getCurrentRepetition());
        Tensor x = draw.tensor(1, 3, draw.channels, draw.sizes).requiresGrad(true);
        Tensor weight = draw.tensor(2, draw.filters, draw.channels / draw.groups, draw.kernel)
                .requiresGrad(true);
        Tensor bias = Numbers.normal(3, draw.filters).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor y = x.conv(weight, bias, draw.window(), draw.groups);
            Tensor gy = Tensor.of(Numbers.normal(4, y.numel()).toArray(), y.shape());
            y.mul(gy).sum().backward();
            Naive naive = new Naive(draw, x, weight, y, gy);
            for (int f = 0; f < draw.filters; f++) {
                naive.start(f, bias.get(f));
            }
            naive.run();
            close(y, naive.y);
            close(x.grad(), naive.gx);
            close(weight.grad(), naive.gw);
            close(bias.grad(), naive.gb);
        }
    }

    @RepeatedTest(DRAWS)
    void theTransposeIsTheGradientOfTheConvolution(RepetitionInfo repetition) {
        Draw draw = new Draw(repetition.getCurrentRepetition());
        Tensor x = draw.tensor(1, 3, draw.channels, draw.sizes).requiresGrad(true);
        Tensor weight = draw.tensor(2, draw.filters, draw.channels / draw.groups, draw.kernel);
        try (Pass pass = Pass.recording()) {
            Tensor y = x.conv(weight, null, draw.window(), draw.groups);
            Tensor gy = Tensor.of(Numbers.normal(4, y.numel()).toArray(), y.shape());
            y.mul(gy).sum().backward();
            int[] more = new int[draw.rank];
            for (int axis = 0; axis < draw.rank; axis++) {
                more[axis] = draw.sizes[axis] - draw.window().covered(axis, y.size(axis + 2));
            }
            Tensor back = gy.convTranspose(weight, null, draw.window(), draw.groups, more);
            assertThat(back.shape()).isEqualTo(x.shape());
            assertThat(back.toArray()).isEqualTo(x.grad().toArray());
        }
    }

    private static void close(Tensor actual, double... expected) {
        float[] values = actual.toArray();
        assertThat(values).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) values[i]).isCloseTo(expected[i], within(2e-4 + 1e-4 * Math.abs(expected[i])));
        }
    }

    /** The formula, and its derivatives term by term. */
    private static final class Naive {
        private final Draw draw;
        private final Tensor x;
        private final Tensor weight;
        private final Tensor gy;
        private final int[] out;
        final double[] y;
        final double[] gx;
        final double[] gw;
        final double[] gb;

        Naive(Draw draw, Tensor x, Tensor weight, Tensor y, Tensor gy) {
            this.draw = draw;
            this.x = x;
            this.weight = weight;
            this.gy = gy;
            out = y.shape().dims();
            this.y = new double[y.numel()];
            gx = new double[x.numel()];
            gw = new double[weight.numel()];
            gb = new double[draw.filters];
        }

        void start(int f, double bias) {
            int size = y.length / out[0] / out[1];
            for (int i = 0; i < y.length; i++) {
                y[i] += i / size % out[1] == f ? bias : 0;
            }
        }

        void run() {
            float[] xs = x.toArray();
            float[] ws = weight.toArray();
            float[] gs = gy.toArray();
            for (int i = 0; i < y.length; i++) {
                int[] at = place(i, out);
                gb[at[1]] += gs[i];
                int group = at[1] / (draw.filters / draw.groups);
                for (int j = at[1] * (ws.length / draw.filters); j < (at[1] + 1) * (ws.length / draw.filters); j++) {
                    int[] tap = place(j, weight.shape().dims());
                    int from = at[0] * draw.channels + group * (draw.channels / draw.groups) + tap[1];
                    for (int axis = 0; axis < draw.rank && from >= 0; axis++) {
                        int seen = at[axis + 2] * draw.stride[axis]
                                + tap[axis + 2] * draw.dilation[axis]
                                - draw.before[axis];
                        boolean inside = seen >= 0 && seen < draw.sizes[axis];
                        from = inside ? from * draw.sizes[axis] + seen : -1;
                    }
                    if (from >= 0) {
                        y[i] += (double) ws[j] * xs[from];
                        gx[from] += (double) ws[j] * gs[i];
                        gw[j] += (double) xs[from] * gs[i];
                    }
                }
            }
        }

        private static int[] place(int index, int... dims) {
            int[] place = new int[dims.length];
            int rest = index;
            for (int axis = dims.length - 1; axis >= 0; axis--) {
                place[axis] = rest % dims[axis];
                rest /= dims[axis];
            }
            return place;
        }
    }

    @RepeatedTest(20)
    void aRowHasTheSameBitsInAnyBlock(RepetitionInfo repetition) {
        Draw draw = new Draw(1000 + repetition.getCurrentRepetition());
        Tensor[] in = {
            draw.tensor(1, 9, draw.channels, draw.sizes),
            draw.tensor(2, draw.filters, draw.channels / draw.groups, draw.kernel),
            Numbers.normal(3, draw.filters)
        };
        Tensor whole = in[0].conv(in[1], in[2], draw.window(), draw.groups);
        for (int[] cut : new int[][] {{1, 8}, {4, 5}, {1, 1, 1, 1, 1, 1, 1, 1, 1}, {0, 7, 2}}) {
            List<Blocks.Result> blocks =
                    new Blocks(cut).run(t -> t[0].conv(t[1], t[2], draw.window(), draw.groups), in, true, false, false);
            assertThat(Blocks.join(blocks).toArray()).isEqualTo(whole.toArray());
        }
    }

    @Test
    void allWaysOfComputingAreDrawn() {
        int dense = 0;
        int unfolded = 0;
        for (int seed = 1; seed <= DRAWS; seed++) {
            Draw draw = new Draw(seed);
            Frame frame = new Frame(draw.window(), draw.sizes, draw.window().places("conv", shape(draw)));
            boolean isUnfolded = Unfolded.of(frame, draw.channels / draw.groups) != null;
            dense += frame.isDense() ? 1 : 0;
            unfolded += frame.isDense() && isUnfolded ? 1 : 0;
        }
        assertThat(dense).isBetween(10, DRAWS - 10);
        assertThat(unfolded).isBetween(5, dense - 5);
    }

    private static Shape shape(Draw draw) {
        return draw.tensor(1, 1, 1, draw.sizes).shape();
    }

    @Test
    void largeOnesAreCutIntoStretches() {
        Tensor x = Numbers.normal(1, 2, 1, 3000);
        Tensor weight = Numbers.normal(2, 3, 1, 4);
        Tensor y = x.conv(weight, null, Window.of(4).padding(1), 1);
        for (int i : new int[] {0, 511, 512, 513, 2047, 2998}) {
            double sum = 0;
            for (int t = 0; t < 4; t++) {
                int at = i + t - 1;
                sum += at < 0 || at >= 3000 ? 0 : (double) x.get(1, 0, at) * weight.get(2, 0, t);
            }
            assertThat((double) y.get(1, 2, i)).isCloseTo(sum, within(1e-5));
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Tensor x = Tensor.zeros(2, 3, 5);
        Window three = Window.of(3);
        refuses(
                "conv of (2, 3, 5) and (4, 2, 3): the input has 3 channels, the weight is for 2",
                () -> x.conv(Tensor.zeros(4, 2, 3), null, three, 1));
        refuses("for 3 outputs in 2 groups", () -> x.conv(Tensor.zeros(3, 1, 3), null, three, 2));
        refuses("in 0 groups", () -> x.conv(Tensor.zeros(3, 3, 3), null, three, 0));
        refuses("another kernel than the window", () -> x.conv(Tensor.zeros(3, 3, 2), null, three, 1));
        refuses("expects a bias of (3)", () -> x.conv(Tensor.zeros(3, 3, 3), Tensor.zeros(2), three, 1));
        refuses("of rank 4 for a window over 2 axes", () -> x.conv(Tensor.zeros(3, 3, 3), null, Window.of(3, 3), 1));
        refuses(
                "a window of (6) does not fit into an input of (5) with its padding",
                () -> x.conv(Tensor.zeros(3, 3, 6), null, Window.of(6), 1));
        refuses(
                "a window of (9) does not fit into an input of (7)",
                () -> x.conv(
                        Tensor.zeros(3, 3, 5), null, Window.of(5).dilation(2).padding(1), 1));
        refuses("the weight is for 4 in 1 groups", () -> x.convTranspose(Tensor.zeros(4, 2, 3), null, three, 1, 0));
        refuses("less than stride or dilation, got 1", () -> x.convTranspose(Tensor.zeros(3, 2, 3), null, three, 1, 1));
        refuses(
                "less than stride or dilation, got -1",
                () -> x.convTranspose(Tensor.zeros(3, 2, 3), null, three, 1, -1));
        refuses(
                "expects an output of size 1 or more, got [-1]",
                () -> x.convTranspose(Tensor.zeros(3, 2, 3), null, three.padding(4), 1, 0));
    }

    @Test
    void aWindowRefusesBadSettings() {
        refuses("Window expects a size for each of 1 to 3 axes, got []", Window::of);
        refuses("Window expects kernel of 1 or more, got [2, 0]", () -> Window.of(2, 0));
        refuses("Window expects stride of 1 or more, got [0]", () -> Window.of(2)
                .stride(0));
        refuses("Window expects padding of 0 or more, got [-1]", () -> Window.of(2)
                .padding(-1));
        refuses("Window expects dilation of 1 or more, got [0]", () -> Window.of(2)
                .dilation(0));
        refuses("Window expects stride as one number or 2, got [1, 2, 3]", () -> Window.of(2, 2)
                .stride(1, 2, 3));
        refuses(
                "padding \"same\" expects a stride of 1, got [2]",
                () -> Window.of(3).stride(2).samePadding());
    }

    @Test
    void samePaddingPutsTheOddOneBehind() {
        Window window = Window.of(4, 3).dilation(1, 2).samePadding();
        assertThat(window.before()).containsExactly(1, 2);
        assertThat(window.after()).containsExactly(2, 2);
    }

    private static void refuses(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
