package io.sparknn.tensor;

import java.util.Arrays;

/**
 * One layer of a recurrent network in one direction, over rows of any length, as one operation: the state of a row begins
 * at 0, and a cell makes the next one of it and the row's next element.
 *
 * <p>Rows are sorted by length, and go in bands, step by step: for each gate a product of the elements and one of the
 * states of those that are still running, then the cell. A band is small enough for the cache of a core, and nothing is kept
 * beyond a step unless backward wants it. Gates are kept apart, each in an array of its own, so that the cell's loops run
 * over arrays that start at 0. A row's bits do not depend on its band, for a product's do not on the rows beside it.
 *
 * <p>The inputs are the sequence, the weights of elements (gates · size, width), those of the state (gates · size, size),
 * and a bias for each, or none.
 */
abstract class Recurrent extends Operation {
    /** Values of a gate that are worked on at a time: a dozen such arrays and the weights stay in the cache of a core. */
    private static final int BAND_FLOATS = 6144;

    private static final float[][] NOTHING = new float[0][];

    private final String name;
    private final int gates;
    private final Unroll unroll;
    private final Lengths lengths;
    private Steps steps;
    private boolean keeps;
    private Work lasting;

    /** Width of an element, and of the state. */
    private int width;

    private int size;

    /** For backward, the gates of every element in the order of steps. */
    private float[][] kept;

    /** For backward, the state before each element. */
    private float[] before;

    Recurrent(String name, int gates, Unroll unroll, Lengths lengths) {
        this.name = name;
        this.gates = gates;
        this.unroll = unroll;
        this.lengths = lengths;
    }

    /** Makes an operation for rows of these lengths. */
    interface Maker {
        Recurrent make(Unroll unroll, Lengths lengths);
    }

    static Tensor of(Maker maker, Unroll unroll, Tensor x, Tensor... weights) {
        Tensor[] in = new Tensor[weights.length + 1];
        in[0] = x;
        System.arraycopy(weights, 0, in, 1, weights.length);
        boolean isSequence = x.localShape().rank() == 3;
        Recurrent operation = maker.make(unroll, isSequence ? Lengths.ofSequence(x) : Lengths.uniform(0, 0));
        if (!isSequence || (weights.length != 2 && weights.length != 4)) {
            throw new IllegalArgumentException(operation.name() + " of " + shapes(in)
                    + " expects sequences, (rows, *, width), and two matrices, with or without two biases");
        }
        in[0] = x.lengths() == null ? x : x.flat();
        Tensor y = operation.apply(in);
        return unroll.isSequence() && x.lengths() != null ? new Tensor(y, x.lengths()) : y;
    }

    /** As it was recorded. */
    static Tensor again(Maker maker, Attributes a, Lengths lengths, Tensor... in) {
        Lengths of = lengths == null ? Lengths.ofSequence(in[0]) : lengths;
        return maker.make(Unroll.valueOf(a.text("unroll")), of).apply(in);
    }

    @Override
    final void describe(Note note) {
        note.text("unroll", unroll.name()).lengths("lengths", lengths, note.input(0));
    }

    // ---------------------------------------------------------------- what a cell is

    /** Numbers kept of each element beside the gates, for backward. */
    abstract int extras();

    /**
     * The next state of the first n/size rows. The gates hold what elements and states contribute; those that a subclass
     * asked for apart hold the elements' part only. Afterwards they hold what backward wants of them.
     *
     * @param n how many values a gate has
     * @param gate the gates of this step, and behind them the extras
     * @param h the state, to be replaced
     */
    abstract void step(int n, float[][] gate, float[] h);

    /**
     * The gradients of one step.
     *
     * @param n how many values a gate has
     * @param gate the gates and extras as {@link #step} left them
     * @param h the state before the step
     * @param dh the gradient of the next state; to be replaced by the part of that of the state that bypasses the gates
     * @param d where the gradients of the gates go, before their functions; behind them, if the gate is apart, that of
     *     the state's part
     */
    abstract void stepBack(int n, float[][] gate, float[] h, float[] dh, float[][] d);

    /** Gets ready for a run over so many rows. */
    void begin(int n) {}

    /** The number of the gate to which the state contributes by a function of its own; -1 if there is none. */
    int apart() {
        return -1;
    }

    // ---------------------------------------------------------------- an operation

    @Override
    final String name() {
        return name;
    }

    @Override
    final Shape shape(Tensor... in) {
        Shape x = in[0].localShape();
        width = x.last();
        size = in[1].localShape().rank() == 2 ? in[1].localShape().dim(0) / gates : 0;
        int all = gates * size;
        boolean fits = in[1].localShape().equals(Shape.of(all, width))
                && in[2].localShape().equals(Shape.of(all, size));
        for (int i = 3; i < in.length; i++) {
            fits &= in[i].localShape().equals(Shape.of(all));
        }
        if (!fits || size == 0) {
            throw new IllegalArgumentException(
                    name + " of " + shapes(in) + " expects weights of (" + gates + " · size, " + width + "), (" + gates
                            + " · size, size), and none or two biases of (" + gates + " · size)");
        }
        return unroll.isSequence() ? x.with(-1, size) : Shape.of(lengths.rows(), size);
    }

    @Override
    final int rowAxis(Tensor... in) {
        for (int i = 1; i < in.length; i++) {
            if (in[i].rowAxis() >= 0) {
                throw mixesRows(in);
            }
        }
        if (in[0].rowAxis() != 0) {
            throw mixesRows(in);
        }
        return 0;
    }

    @Override
    final void forward(Tensor[] in, float[] y) {
        steps = lengths.steps(unroll.isBackwards());
        keeps = Pass.current().records();
        kept = keeps ? spares(gates + extras(), steps.total()) : NOTHING;
        before = keeps ? spare(steps.total() * size) : null;
        Work work = work(in);
        RecurrentWeights weights = work.weights;
        int band = work.band;
        float[][] bias = work.bias;
        float[][] gate = work.gate;
        float[] x = work.x;
        float[] h = work.h;
        for (int first = 0; first < lengths.rows(); first += band) {
            int end = Math.min(lengths.rows(), first + band);
            Arrays.fill(h, 0, (end - first) * size, 0f);
            begin((end - first) * size);
            for (int step = 0, rows; (rows = running(step, first, end)) > 0; step++) {
                int at = steps.start(step) + first;
                steps.gather(at, rows, in[0].values(), width, x);
                for (int part = 0; part < bias.length; part++) {
                    System.arraycopy(bias[part], 0, gate[part], 0, rows * size);
                }
                weights.addTo(gate, rows, x, h);
                keep(at * size, rows * size, h, before);
                step(rows * size, gate, h);
                for (int i = 0; i < kept.length; i++) {
                    keep(at * size, rows * size, gate[i], kept[i]);
                }
                if (unroll.isSequence()) {
                    steps.scatter(at, rows, h, size, y);
                }
            }
            for (int row = first; !unroll.isSequence() && row < end; row++) {
                System.arraycopy(h, (row - first) * size, y, steps.row(row) * size, size);
            }
        }
    }

    /**
     * Rows that go through all their steps together, so that what they work on stays in the cache of the core. A
     * multiple of the rows of a tile of products, whatever the processor: 24 are 3 of 8 or 4 of 6.
     */
    private int band() {
        int wanted = Math.max(1, BAND_FLOATS / size / 24) * 24;
        return Math.min(Math.max(1, lengths.rows()), wanted);
    }

    /** How many rows of a band have an element in a step; rows are sorted by length. */
    private int running(int step, int first, int end) {
        return step < steps.count() ? Math.min(end, steps.running(step)) - first : 0;
    }

    private void keep(int at, int n, float[] values, float[] into) {
        if (keeps) {
            System.arraycopy(values, 0, into, at, n);
        }
    }

    private float[][] spares(int count, int rows) {
        float[][] arrays = new float[count][];
        Arrays.setAll(arrays, i -> spare(rows * size));
        return arrays;
    }

    /** What a run forward works on. A plan, which runs over and over with the same weights, has it made once. */
    private static final class Work {
        private final int band;
        private final RecurrentWeights weights;
        private final float[][] bias;
        private final float[][] gate;
        private final float[] x;
        private final float[] h;

        Work(Recurrent cell, boolean isLasting, Tensor... in) {
            band = cell.band();
            int size = cell.size;
            weights = new RecurrentWeights(
                    cell.gates, cell.apart(), cell.width, size, true, in[1].values(), in[2].values());
            bias = arrays(isLasting, cell.gates + (cell.apart() < 0 ? 0 : 1), band * size);
            cell.setBiases(bias, band, in);
            gate = arrays(isLasting, cell.gates + cell.extras(), band * size);
            x = array(isLasting, band * cell.width);
            h = array(isLasting, band * size);
        }

        private static float[][] arrays(boolean isLasting, int count, int n) {
            float[][] arrays = new float[count][];
            Arrays.setAll(arrays, i -> array(isLasting, n));
            return arrays;
        }

        /** What a plan lends goes to other operations as well. */
        private static float[] array(boolean isLasting, int n) {
            return isLasting ? new float[n] : spare(n);
        }
    }

    private Work work(Tensor... in) {
        if (lasting != null) {
            return lasting;
        }
        boolean isLasting = Pass.current().plan() != null;
        Work work = new Work(this, isLasting, in);
        lasting = isLasting ? work : null;
        return work;
    }

    /** What gates begin with, for each row of a band: both biases, or each its own where the state's part is apart. */
    private void setBiases(float[][] rows, int band, Tensor... in) {
        float[] ofElements = in.length > 3 ? in[3].values() : new float[gates * size];
        float[] ofState = in.length > 3 ? in[4].values() : new float[gates * size];
        for (int part = 0; part < rows.length; part++) {
            boolean alone = part == gates || part == apart();
            int from = (part == gates ? apart() : part) * size;
            for (int i = 0; i < size; i++) {
                float own = part == gates ? ofState[from + i] : ofElements[from + i];
                rows[part][i] = alone ? own : own + ofState[from + i];
            }
            for (int row = 1; row < band; row++) {
                System.arraycopy(rows[part], 0, rows[part], row * size, size);
            }
        }
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        RecurrentWeights weights =
                new RecurrentWeights(gates, apart(), width, size, false, in[1].values(), in[2].values());
        int band = band();
        RecurrentGradients added = new RecurrentGradients(gates, apart(), width, size, band, gradients);
        float[][] gate = spares(kept.length, band);
        float[][] d = spares(gates + (apart() < 0 ? 0 : 1), band);
        float[] dh = spare(band * size);
        float[] h = spare(band * size);
        float[] x = spare(band * width);
        for (int first = 0; first < lengths.rows(); first += band) {
            int end = Math.min(lengths.rows(), first + band);
            Arrays.fill(dh, 0, (end - first) * size, 0f);
            for (int row = first; !unroll.isSequence() && row < end; row++) {
                System.arraycopy(gy, steps.row(row) * size, dh, (row - first) * size, size);
            }
            begin((end - first) * size);
            for (int step = lengths.length(steps.row(first)) - 1; step >= 0; step--) {
                int rows = running(step, first, end);
                int at = steps.start(step) + first;
                if (unroll.isSequence()) {
                    steps.gatherAdd(at, rows, gy, size, dh);
                }
                for (int i = 0; i < kept.length; i++) {
                    System.arraycopy(kept[i], at * size, gate[i], 0, rows * size);
                }
                System.arraycopy(before, at * size, h, 0, rows * size);
                stepBack(rows * size, gate, h, dh, d);
                weights.addBack(d, rows, dh);
                steps.gather(at, rows, in[0].values(), width, x);
                added.add(rows, d, x, h);
                if (gradients[0] != null) {
                    weights.back(d, rows, x);
                    steps.scatterAdd(at, rows, x, width, gradients[0]);
                }
            }
        }
        added.finish();
    }

    /**
     * An array of at least n values from the pass. Of a few sizes only: blocks differ in how many elements they have, and
     * the pool keeps arrays by their length.
     */
    static float[] spare(int n) {
        int grain = Math.max(64, Integer.highestOneBit(Math.max(1, n)) >> 3);
        return Pass.current().allocate((int) Math.min(Integer.MAX_VALUE - 8, ((long) n + grain - 1) / grain * grain));
    }
}
