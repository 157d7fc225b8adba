package io.sparknn.tensor;

/**
 * One run of a network by one thread: it owns the mode (training or not), the recording of gradients, the random
 * numbers, the buffers, and the way reductions over the rows of a DataFrame are completed.
 *
 * <p>Outside a pass, operations evaluate and nothing is recorded. A pass ends with {@link #close}, best by
 * try-with-resources; passes of one thread nest.
 *
 * <pre>{@code
 * Tensor w = Tensor.of(1, 2, 3).requiresGrad(true);
 * try (Pass pass = Pass.recording()) {
 *     w.mul(w).sum().backward();
 * }
 * w.grad();                                   // [2, 4, 6]
 * }</pre>
 */
public final class Pass implements AutoCloseable {
    /** Values of a shape pass may be read this often before it counts as a loop that never ends. */
    private static final int MAX_READS_OF_SHAPES = 10_000;

    private static final Pass NONE = new Pass(false, false, false);
    private static final ThreadLocal<Pass> CURRENT = new ThreadLocal<>();

    private final boolean records;
    private final boolean training;
    private final boolean shapesOnly;
    private Pass outer;
    private boolean closed;
    private BufferPool pool;
    private RowResolver rows;
    private long rowsInBlock;
    private long randomKey;
    private long draws;
    private boolean refusesRandom;
    private int readsOfShapes;
    private long widestRow;

    private Pass(boolean records, boolean training, boolean shapesOnly) {
        this.records = records;
        this.training = training;
        this.shapesOnly = shapesOnly;
    }

    /**
     * Opens a training pass: layers behave as in training, gradients are recorded.
     *
     * @param seed the seed of all random numbers drawn in it
     * @return the pass, to be closed
     */
    public static Pass training(long seed) {
        Pass pass = new Pass(true, true, false);
        pass.randomKey = RandomStream.key(seed, "");
        return pass.open();
    }

    /**
     * Opens a pass that records gradients, with layers as in evaluation.
     *
     * @return the pass, to be closed
     */
    public static Pass recording() {
        return new Pass(true, false, false).open();
    }

    /**
     * Opens a pass that computes shapes only: its tensors have no values, nothing large is allocated or drawn.
     *
     * @param rows is told of every reduction over rows; its answer is not used
     * @return the pass, to be closed
     */
    public static Pass shapes(RowResolver rows) {
        Pass pass = new Pass(false, false, true);
        pass.rows = rows;
        pass.refusesRandom = true;
        return pass.open();
    }

    /**
     * Opens an evaluation pass over one block of a DataFrame's rows. Its buffers are taken from a pool of the thread
     * and given back when it closes; a tensor used after that is an error.
     *
     * @param rows completes reductions over all rows
     * @return the pass, to be closed
     */
    public static Pass scoring(RowResolver rows) {
        Pass pass = new Pass(false, false, false);
        pass.rows = rows;
        pass.refusesRandom = true;
        pass.pool = BufferPool.ofThread();
        pass.pool.enter();
        return pass.open();
    }

    private Pass open() {
        outer = CURRENT.get();
        CURRENT.set(this);
        return this;
    }

    /** The running pass of this thread, never null. */
    static Pass current() {
        Pass pass = CURRENT.get();
        return pass == null ? NONE : pass;
    }

    /**
     * Tells whether the running pass of this thread, if any, is a training pass.
     *
     * @return false outside a pass
     */
    public static boolean isTraining() {
        return current().training;
    }

    /**
     * A tensor that holds a block of rows: its first axis is the row axis.
     *
     * @param values the values, row after row; not copied
     * @param shape the shape of the block
     * @return a tensor of this pass
     */
    public Tensor block(float[] values, Shape shape) {
        rowsInBlock = shape.dim(0);
        return new Tensor(shape, shapesOnly ? null : values, 0, this);
    }

    /**
     * A tensor of a shape without values or rows, for a pass that computes shapes only.
     *
     * @param shape the shape
     * @return a tensor of this pass
     */
    public Tensor blank(Shape shape) {
        return new Tensor(shape, null, -1, this);
    }

    /**
     * Tells whether single values were read in this pass that computes shapes only, so that control flow may depend on
     * values it does not know.
     *
     * @return the flag
     */
    public boolean hasReadValues() {
        return readsOfShapes > 0;
    }

    /**
     * Random numbers of a layer: they depend on the pass's seed, the path, the draw and the place.
     *
     * @param path names the layer that draws
     * @param shape the shape; of a tensor of rows, the shape of the block
     * @param normal whether they are normal, with mean 0 and deviation 1, and not uniform over [0, 1)
     * @return the numbers
     * @throws IllegalStateException in a pass over a DataFrame's rows, whose answer must not depend on chance
     */
    public static Tensor random(String path, Shape shape, boolean normal) {
        return current().draw(path, shape, normal);
    }

    /**
     * Tells whether values are numbers: neither NaN nor infinite.
     *
     * @param values an array
     * @param from the place of the first value
     * @param n how many
     * @return false if one of them is not
     */
    public static boolean allFinite(float[] values, int from, int n) {
        return FloatMath.loops().allFinite(from, n, values);
    }

    /**
     * The values of a tensor of this pass, rows included; not copied, so not to be changed.
     *
     * @param tensor the tensor
     * @return its array, which may be longer than the tensor's size
     */
    public float[] values(Tensor tensor) {
        return tensor.values();
    }

    /**
     * The shape of a tensor of this pass with the number of rows of this block.
     *
     * @param tensor the tensor
     * @return the shape as it is here
     */
    public Shape localShape(Tensor tensor) {
        return tensor.localShape();
    }

    /**
     * The axis along which a tensor carries the rows of a block.
     *
     * @param tensor the tensor
     * @return the axis, or -1 if it carries none
     */
    public int rowAxis(Tensor tensor) {
        return tensor.rowAxis();
    }

    boolean records() {
        return records;
    }

    boolean shapesOnly() {
        return shapesOnly;
    }

    boolean closed() {
        return closed;
    }

    /** An array of at least n elements with arbitrary content. */
    float[] allocate(int n) {
        return pool == null ? new float[n] : pool.take(n);
    }

    /** The reduction over all rows, of which the part of this block is given. */
    RowPart resolve(RowPart part) {
        if (rows == null) {
            throw new IllegalStateException("a tensor of rows was used outside the pass it belongs to");
        }
        return rows.resolve(part);
    }

    /** The number of all rows, which is a reduction like any other. */
    int rowCount() {
        RowPart all = resolve(new RowPart("number of rows", RowPart.Merge.SUM, new double[0], rowsInBlock));
        return Math.toIntExact(shapesOnly ? rowsInBlock : all.count());
    }

    private Tensor draw(String path, Shape shape, boolean normal) {
        if (refusesRandom) {
            throw new IllegalStateException("transform expects a forward that gives the same answer each time, got one"
                    + " that draws random numbers in " + path + "; draw them only while training() is true");
        }
        // Outside a pass nobody asked for a seed; each call differs.
        long draw = this == NONE ? Double.doubleToLongBits(Math.random()) : draws++;
        long key = RandomStream.key(RandomStream.key(randomKey, path), draw);
        int n = Shape.of(shape.local()).size();
        float[] values = allocate(n);
        for (int i = 0; i < n; i++) {
            values[i] = normal ? RandomStream.normalAt(key, i) : RandomStream.uniformAt(key, i);
        }
        return new Tensor(Shape.of(shape.local()), values, -1, owner());
    }

    /** Notes a tensor of a shape pass. */
    void noteShape(Shape shape, int rowAxis) {
        if (rowAxis >= 0) {
            long size = 1;
            for (int axis = 0; axis < shape.rank(); axis++) {
                size *= axis == rowAxis ? 1 : shape.dim(axis);
            }
            widestRow = Math.max(widestRow, size);
        }
    }

    /**
     * The most values that one row takes in any tensor of this pass that computes shapes only.
     *
     * @return 0 if no operation had a result with rows
     */
    public long widestRow() {
        return widestRow;
    }

    /** Counts reads of values that a shape pass does not have. */
    void noteRead() {
        if (++readsOfShapes > MAX_READS_OF_SHAPES) {
            throw new IllegalStateException(
                    "forward reads values in a loop that does not end while only shapes are known;"
                            + " bound the loop");
        }
    }

    /** What new tensors belong to: this pass if its buffers are taken back at its end. */
    Pass owner() {
        return pool == null && rows == null ? null : this;
    }

    /** Ends this pass, gives its buffers back and lets the one around it go on. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (current() != this) {
            throw new IllegalStateException("passes of a thread must close in the reverse order of opening");
        }
        closed = true;
        if (pool != null) {
            pool.leave();
        }
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }
}
