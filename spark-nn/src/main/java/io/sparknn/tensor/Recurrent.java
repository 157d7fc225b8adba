package io.sparknn.tensor;

import java.util.Arrays;

/**
 * One layer of a recurrent network in one direction, over rows of any length, as one operation: the state of a row begins
 * at 0, and a cell makes the next one of it and the row's next element.
 *
 * <p>What the elements contribute to the gates is one matrix product for all of them. Then the rows, sorted by length, go
 * step by step together: a product of the states of those that are still running with the weights of each gate, and the
 * cell. Gates are kept apart, each in an array of its own, so that the cell's loops run over arrays that start at 0.
 *
 * <p>The inputs are the sequence, the weights of elements (gates · size, width), those of the state (gates · size, size),
 * and a bias for each, or none.
 */
abstract class Recurrent extends Operation {
    private final String name;
    private final int gates;
    private final Unroll unroll;
    private final Lengths lengths;
    private Gemm gemm;
    private Steps steps;
    private PackedMatrix[] stateWeights;

    /** Width of an element, and of the state. */
    private int width;

    private int size;

    /** The gates of every element in the order of steps: first what the elements contribute, later what came of it. */
    private float[][] kept;

    /** The state before each element. */
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
        gemm = Gemm.get();
        steps = lengths.steps(unroll.isBackwards());
        boolean keep = Pass.current().records();
        elements(in);
        stateWeights = packed(in[2].values(), true);
        int n = lengths.rows() * size;
        float[] h = spare(n);
        Arrays.fill(h, 0, n, 0f);
        before = keep ? spare(steps.total() * size) : null;
        begin(n);
        float[][] gate = new float[gates + extras()][];
        Arrays.setAll(gate, i -> spare(n));
        float[] bias = bias(4, in);
        for (int step = 0; step < steps.count(); step++) {
            int running = steps.running(step);
            int at = steps.start(step) * size;
            for (int g = 0; g < gates; g++) {
                System.arraycopy(kept[g], at, gate[g], 0, running * size);
                addState(g, running, h, bias, gate);
            }
            if (keep) {
                System.arraycopy(h, 0, before, at, running * size);
            }
            step(running * size, gate, h);
            for (int g = 0; keep && g < gate.length; g++) {
                System.arraycopy(gate[g], 0, kept[g], at, running * size);
            }
            give(step, h, y);
        }
        last(h, y);
    }

    /** What the elements contribute to each gate, in the order of steps, with the biases. */
    private void elements(Tensor... in) {
        int total = steps.total();
        float[] packed = gathered(in[0]);
        float[] weight = in[1].values();
        float[] bias = bias(3, in);
        float[] stateBias = bias(4, in);
        kept = new float[gates + extras()][];
        for (int g = 0; g < kept.length; g++) {
            kept[g] = g < gates || Pass.current().records() ? spare(total * size) : null;
        }
        float[] row = new float[size];
        for (int g = 0; g < gates; g++) {
            for (int i = 0; i < size; i++) {
                row[i] = bias[g * size + i] + (g == apart() ? 0f : stateBias[g * size + i]);
            }
            fillRows(total, row, 0, kept[g]);
            int from = g * size * width;
            gemm.multiply(total, size, width, packed, 0, width, 1, weight, from, 1, width, kept[g], 0, true);
        }
    }

    private float[] bias(int input, Tensor... in) {
        return in.length > 3 ? in[input].values() : new float[gates * size];
    }

    private float[] gathered(Tensor x) {
        float[] packed = spare(steps.total() * width);
        steps.gather(x.values(), width, packed);
        return packed;
    }

    /** Adds what the states contribute to a gate, or puts it behind the gates where it is wanted apart. */
    private void addState(int g, int running, float[] h, float[] bias, float[][] gate) {
        float[] into = gate[g];
        if (g == apart()) {
            into = gate[gates];
            fillRows(running, bias, g * size, into);
        }
        gemm.multiply(running, h, 0, size, 1, stateWeights[g], into, 0, true);
    }

    private void fillRows(int rows, float[] row, int from, float[] into) {
        for (int i = 0; i < rows; i++) {
            System.arraycopy(row, from, into, i * size, size);
        }
    }

    private PackedMatrix[] packed(float[] weight, boolean transposed) {
        PackedMatrix[] packed = new PackedMatrix[gates];
        for (int g = 0; g < gates; g++) {
            int from = g * size * size;
            packed[g] = gemm.pack(size, size, weight, from, transposed ? 1 : size, transposed ? size : 1);
        }
        return packed;
    }

    private void give(int step, float[] h, float[] y) {
        if (unroll.isSequence()) {
            steps.scatter(step, h, size, y);
        }
    }

    private void last(float[] h, float[] y) {
        for (int i = 0; !unroll.isSequence() && i < lengths.rows(); i++) {
            System.arraycopy(h, i * size, y, steps.row(i) * size, size);
        }
    }

    @Override
    final void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        int total = steps.total();
        int parts = gates + (apart() < 0 ? 0 : 1);
        float[][] d = new float[parts][];
        Arrays.setAll(d, i -> spare(total * size));
        stepsBack(in, gy, d);
        for (int g = 0; g < gates; g++) {
            float[] ofState = g == apart() ? d[gates] : d[g];
            addWeights(g, size, ofState, before, gradients[2]);
            if (in.length > 3) {
                addBias(g, ofState, gradients[4]);
                addBias(g, d[g], gradients[3]);
            }
        }
        if (gradients[1] != null) {
            float[] x = gathered(in[0]);
            for (int g = 0; g < gates; g++) {
                addWeights(g, width, d[g], x, gradients[1]);
            }
        }
        if (gradients[0] != null) {
            addElements(in[1].values(), d, gradients[0]);
        }
    }

    /** Step by step back, which gives the gradients of all gates. */
    private void stepsBack(Tensor[] in, float[] gy, float[][] d) {
        int n = lengths.rows() * size;
        PackedMatrix[] weights = packed(in[2].values(), false);
        float[] dh = spare(n);
        float[] h = spare(n);
        float[][] gate = new float[kept.length][];
        Arrays.setAll(gate, i -> spare(n));
        float[][] dGate = new float[d.length][];
        Arrays.setAll(dGate, i -> spare(n));
        Arrays.fill(dh, 0, n, 0f);
        for (int i = 0; !unroll.isSequence() && i < lengths.rows(); i++) {
            System.arraycopy(gy, steps.row(i) * size, dh, i * size, size);
        }
        begin(n);
        for (int step = steps.count() - 1; step >= 0; step--) {
            int length = steps.running(step) * size;
            int at = steps.start(step) * size;
            if (unroll.isSequence()) {
                steps.gatherAdd(step, gy, size, dh);
            }
            for (int g = 0; g < gate.length; g++) {
                System.arraycopy(kept[g], at, gate[g], 0, length);
            }
            System.arraycopy(before, at, h, 0, length);
            stepBack(length, gate, h, dh, dGate);
            for (int g = 0; g < gates; g++) {
                float[] ofState = g == apart() ? dGate[gates] : dGate[g];
                gemm.multiply(length / size, ofState, 0, size, 1, weights[g], dh, 0, true);
            }
            for (int g = 0; g < d.length; g++) {
                System.arraycopy(dGate[g], 0, d[g], at, length);
            }
        }
    }

    private void addWeights(int g, int columns, float[] d, float[] x, float[] gradient) {
        if (gradient != null) {
            int to = g * size * columns;
            gemm.multiply(size, columns, steps.total(), d, 0, 1, size, x, 0, columns, 1, gradient, to, true);
        }
    }

    private void addBias(int g, float[] d, float[] gradient) {
        for (int i = 0; gradient != null && i < size; i++) {
            double sum = 0;
            for (int at = i, end = steps.total() * size; at < end; at += size) {
                sum += d[at];
            }
            gradient[g * size + i] += (float) sum;
        }
    }

    private void addElements(float[] weight, float[][] d, float[] gradient) {
        int total = steps.total();
        float[] dx = spare(total * width);
        for (int g = 0; g < gates; g++) {
            int from = g * size * width;
            gemm.multiply(total, width, size, d[g], 0, size, 1, weight, from, width, 1, dx, 0, g > 0);
        }
        steps.scatterAdd(dx, width, gradient);
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
