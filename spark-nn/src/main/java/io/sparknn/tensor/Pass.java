package io.sparknn.tensor;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

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
    /** How long rows of different length are in a shape pass: a number that no layer is likely to write as a size. */
    private static final int LENGTH_OF_SHAPES = 17;

    private static final Pass NONE = new Pass(false, false, false);
    private static final ThreadLocal<Pass> CURRENT = new ThreadLocal<>();

    private final boolean records;
    private final boolean training;
    private final boolean shapesOnly;
    private final ShapeNotes notes = new ShapeNotes();
    private Pass outer;
    private boolean closed;
    private BufferPool pool;
    private RowResolver rows;
    private long rowsInBlock;
    private long rowsInBatch = Shape.UNKNOWN;
    private Gradients gradients;
    private Chance chance;
    private final IdentityHashMap<Tensor, float[]> bufferUpdates = new IdentityHashMap<>();
    private boolean keepsPacked = true;
    private Recorder recorder;
    private Plan plan;
    private float[] sparseValues;
    private SparseRows sparseRows;
    private int lengthOfShapes = LENGTH_OF_SHAPES;

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
        pass.chance = new Chance(RandomStream.key(seed, ""), null);
        return pass.open();
    }

    /**
     * Opens a training pass over the rows that one worker has of a batch. Layers behave as in training, and what they
     * compute is that of the whole batch: {@code x.size(0)} is its number of rows, reductions over rows are completed by
     * the resolver, forward and backward, and random numbers come from the seed, the step and the number of the row. So
     * the gradients of all workers add up to those of one worker that has all rows.
     *
     * <p>Gradients go to the arrays given and nowhere else. Buffers come from a pool of the thread, and go back when the
     * pass closes. A worker without rows of a batch takes part with blocks of none where reductions are over rows.
     *
     * @param seed the seed of all random numbers of the training
     * @param step the number of the batch, from the beginning of the training
     * @param rowsInBatch how many rows all workers have of it
     * @param rowNumbers the number, within the data, of each row that this worker has; not copied
     * @param rows completes reductions over the rows of all workers
     * @param gradients where gradients are added to
     * @return the pass, to be closed
     */
    public static Pass step(
            long seed, long step, long rowsInBatch, long[] rowNumbers, RowResolver rows, Gradients gradients) {
        Pass pass = new Pass(true, true, false);
        pass.rows = rows;
        pass.rowsInBlock = rowNumbers.length;
        pass.rowsInBatch = rowsInBatch;
        pass.gradients = gradients;
        pass.chance = new Chance(RandomStream.key(RandomStream.key(seed, ""), step), rowNumbers);
        return pass.pooled().open();
    }

    /**
     * Opens a pass that records gradients, with layers as in evaluation.
     *
     * @return the pass, to be closed
     */
    public static Pass recording() {
        Pass pass = new Pass(true, false, false);
        pass.chance = new Chance(0, null);
        return pass.open();
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
        return pass.pooled().open();
    }

    /**
     * Opens an evaluation pass over a block of rows between two steps of a training. It is like {@link #scoring}, but
     * parameters may have changed in place since the last one: nothing that was derived from their values is kept.
     *
     * @param rows completes reductions over all rows
     * @return the pass, to be closed
     */
    public static Pass validating(RowResolver rows) {
        Pass pass = new Pass(false, false, false);
        pass.rows = rows;
        pass.keepsPacked = false;
        return pass.pooled().open();
    }

    /**
     * Opens a pass that computes shapes only and writes the operations down.
     *
     * @param recorder gets them
     * @param length how long rows of different length are
     */
    static Pass tracing(Recorder recorder, int length) {
        Pass pass = new Pass(false, false, true);
        pass.recorder = recorder;
        pass.lengthOfShapes = length;
        pass.rows = part -> {
            throw Recorder.refused("reduces over the rows: " + part.signature());
        };
        return pass.open();
    }

    /**
     * Opens a pass whose operations are not computed but kept by a plan, to be run over and over. It is never closed but
     * left, and entered again for each run.
     */
    static Pass planning(Plan plan, int rows) {
        Pass pass = new Pass(false, false, false);
        pass.plan = plan;
        pass.rowsInBatch = rows;
        return pass.open();
    }

    /** Goes on with this pass, for a run of its plan. */
    void enter() {
        open();
    }

    /** Ends a run; by a null, for taking the entry out and putting it in again would cost an object each time. */
    void leave() {
        CURRENT.set(outer);
        outer = null;
    }

    private Pass pooled() {
        pool = BufferPool.ofThread();
        pool.enter();
        return this;
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
     * @param values the values, row after row; not copied, and possibly more than the block holds
     * @param shape the shape of the block; in a training step, of as many rows as have numbers
     * @return a tensor of this pass
     * @throws IllegalArgumentException if the number of rows is another one than that of a training step
     */
    public Tensor block(float[] values, Shape shape) {
        if (shape.isRagged() && !shapesOnly) {
            throw new IllegalArgumentException(
                    "a block of rows of different length expects their offsets, got none for " + shape
                            + "; call block(values, offsets, shape)");
        }
        checkRows(shape);
        rowsInBlock = shape.dim(0);
        return shape.isRagged() ? someLengths(shape, 0) : new Tensor(shape, shapesOnly ? null : values, 0, this);
    }

    /**
     * A tensor that holds a block of rows of different length: its first axis is the row axis.
     *
     * @param values the elements of the rows, row after row; not copied, and possibly more than the block holds
     * @param offsets the first element of each row, and behind that of the last row where it ends; not copied, and
     *     possibly more than the block's rows have
     * @param shape the shape of the block, such as (32, *, 64); in a training step, of as many rows as have numbers
     * @return a tensor of this pass
     * @throws IllegalArgumentException if the number of rows is another one than that of a training step
     */
    public Tensor block(float[] values, int[] offsets, Shape shape) {
        if (shape.rank() < 2 || shape.dim(1) != Shape.RAGGED) {
            throw new IllegalArgumentException(
                    "a block with offsets expects rows that differ in length along axis 1, got " + shape);
        }
        checkRows(shape);
        rowsInBlock = shape.dim(0);
        Lengths lengths = new Lengths(shape.dim(0), offsets);
        Shape elements = shape.dropFirst(1).with(0, lengths.total());
        return new Tensor(new Tensor(elements, shapesOnly ? null : values, 0, this), lengths);
    }

    /**
     * A tensor that holds a block of rows, some of which store few values. All of them hold the same as dense ones.
     *
     * @param values the values, row after row, zeros included
     * @param shape the shape of the block, of rank 2
     * @param stored what its rows store
     * @return a tensor of this pass
     */
    public Tensor block(float[] values, Shape shape, SparseRows stored) {
        sparseValues = values;
        sparseRows = stored;
        return block(values, shape);
    }

    /** What the rows of a block of this pass store, if these are its values and its rows of that width; else null. */
    SparseRows sparseRows(float[] values, int width) {
        return values == sparseValues && sparseRows != null && sparseRows.width() == width ? sparseRows : null;
    }

    private void checkRows(Shape shape) {
        if (gradients != null && shape.dim(0) != rowsInBlock) {
            throw new IllegalArgumentException("a step over " + rowsInBlock + " rows expects blocks of as many, got "
                    + shape + "; number each row of the block");
        }
    }

    /** Rows that stand for those of any lengths, where only shapes are computed. */
    private Tensor someLengths(Shape shape, int rowAxis) {
        Lengths lengths = Lengths.uniform(shape.dim(0), lengthOfShapes);
        Shape elements = shape.dropFirst(1).with(0, lengths.total());
        return new Tensor(new Tensor(elements, null, rowAxis, this), lengths);
    }

    /**
     * Adds the gradients of {@code Σ weight · loss} over the rows at hand to those of this training step. For this
     * worker's rows alone: what several workers add up to is the gradient of the sum over all rows.
     *
     * @param losses the loss of each row, (rows), computed in this pass
     * @param weights the weight of each row
     * @return the sum itself
     * @throws IllegalArgumentException if there is not one loss and one weight for each row
     * @throws IllegalStateException if this is no training step, or nothing that requires gradients went into the losses
     */
    public double backward(Tensor losses, float[] weights) {
        if (gradients == null) {
            throw new IllegalStateException("backward over rows expects a training step, got another pass; open it with"
                    + " Pass.step, or take backward() of a scalar");
        }
        return Backward.run(losses, weights);
    }

    /**
     * A tensor of a shape without values or rows, for a pass that computes shapes only.
     *
     * @param shape the shape
     * @return a tensor of this pass
     */
    public Tensor blank(Shape shape) {
        return shape.isRagged() ? someLengths(shape, -1) : new Tensor(shape, null, -1, this);
    }

    /**
     * Tells whether single values were read in this pass that computes shapes only, so that control flow may depend on
     * values it does not know.
     *
     * @return the flag
     */
    public boolean hasReadValues() {
        return notes.hasRead();
    }

    /**
     * Random numbers of a layer: they depend on the pass's seed, the path, the draw and the place; where the shape is that
     * of a tensor of rows in a training step, on the number of the row and the place within it.
     *
     * @param path names the layer that draws
     * @param shape the shape
     * @param normal whether they are normal, with mean 0 and deviation 1, and not uniform over [0, 1)
     * @return the numbers
     * @throws IllegalStateException in a pass over a DataFrame's rows, whose answer must not depend on chance
     */
    public static Tensor random(String path, Shape shape, boolean normal) {
        return current().draw(path, shape, normal);
    }

    /**
     * Changes what a buffer, such as a running mean, will hold after the running training pass. Within the pass it keeps
     * its values, forward and backward; a second change begins with the result of the first.
     *
     * <p>The buffers of a pass opened by {@link #training} have their new values once it is closed. A {@link #step} only
     * collects them, for whoever runs the steps to {@link #bufferUpdates fetch}: several workers share the buffers.
     *
     * @param buffer a buffer of a layer
     * @param change gives the new values from the old ones; of the same shape, and without rows
     * @return the new values
     * @throws IllegalStateException if this is no training pass
     * @throws IllegalArgumentException if the new values have another shape, or carry rows
     */
    public static Tensor update(Tensor buffer, UnaryOperator<Tensor> change) {
        Pass pass = current();
        if (!pass.training) {
            throw new IllegalStateException("an update of a buffer of shape " + buffer.localShape()
                    + " expects a training pass, got another one or none; update while training() is true");
        }
        buffer.store(); // fails now rather than at the end
        float[] latest = pass.bufferUpdates.get(buffer);
        Shape shape = buffer.localShape();
        Tensor changed = change.apply(new Tensor(shape, latest == null ? buffer.values() : latest, -1, null));
        if (changed.rowAxis() >= 0 || !changed.localShape().equals(shape)) {
            throw new IllegalArgumentException("an update of a buffer expects values of shape " + shape + ", got "
                    + Operation.shapes(changed) + "; reduce over the rows with mean(0) or the like");
        }
        // A copy: buffers outlive the arrays of a pass.
        float[] values = Arrays.copyOf(changed.values(), shape.size());
        pass.bufferUpdates.put(buffer, values);
        return new Tensor(shape, values, -1, null);
    }

    /**
     * What the buffers changed by {@link #update} in this pass shall hold afterwards. All workers of a step find the same
     * values, because what they are made of is reduced over the rows of all of them.
     *
     * @return new values by buffer; valid also after this pass is closed
     */
    public Map<Tensor, float[]> bufferUpdates() {
        return Collections.unmodifiableMap(bufferUpdates);
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
     * Where the rows of a tensor begin among its values, if they differ in length.
     *
     * @param tensor the tensor
     * @return for each row of the block its first element along axis 1, and behind the last row where it ends, perhaps
     *     more; not copied, so not to be changed. Null for rows of one length
     */
    public int[] offsets(Tensor tensor) {
        return tensor.lengths() == null ? null : tensor.lengths().offsets();
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

    /** Whether a tensor without producer keeps its values as long as their array is the same. */
    boolean keepsPacked() {
        return keepsPacked && !records;
    }

    boolean shapesOnly() {
        return shapesOnly;
    }

    boolean closed() {
        return closed;
    }

    /** An array of at least n elements with arbitrary content. */
    float[] allocate(int n) {
        if (plan != null) {
            return plan.scratch(n);
        }
        return pool == null ? new float[n] : pool.take(n);
    }

    /** An array of n elements with arbitrary content, to be given back before this pass ends. */
    float[] lend(int n) {
        return pool.lend(n);
    }

    void giveBack(float[] lent) {
        pool.giveBack(lent);
    }

    /** The reduction over all rows, of which the part of this block is given. */
    RowPart resolve(RowPart part) {
        if (rows == null) {
            throw new IllegalStateException("a tensor of rows was used outside the pass it belongs to");
        }
        return rows.resolve(part);
    }

    /** Makes the gradient of a reduction over rows that of all workers' rows. */
    void sumGradient(String signature, float[] gradient, int length) {
        rows.sumGradient(signature, gradient, length);
    }

    /** Who writes the operations of this pass down; null for nobody. */
    Recorder recorder() {
        return recorder;
    }

    /** What keeps the operations of this pass to run them later; null for nothing. */
    Plan plan() {
        return plan;
    }

    /** The gradients of this training step; null in other passes. */
    Gradients gradients() {
        return gradients;
    }

    /** The number of all rows: known in a training step, else a reduction like any other. */
    int rowCount() {
        if (rowsInBatch >= 0) {
            return Math.toIntExact(rowsInBatch);
        }
        if (recorder != null) {
            // Recording compares what comes of several numbers of rows.
            return Math.toIntExact(rowsInBlock);
        }
        RowPart all = resolve(new RowPart("number of rows", RowPart.Merge.SUM, new double[0], rowsInBlock));
        return Math.toIntExact(shapesOnly ? rowsInBlock : all.count());
    }

    private Tensor draw(String path, Shape shape, boolean normal) {
        // Outside a pass nobody asked for a seed; each call differs.
        Chance numbers = this == NONE ? new Chance(Double.doubleToLongBits(Math.random()), null) : chance;
        if (numbers == null) {
            throw new IllegalStateException("transform expects a forward that gives the same answer each time, got one"
                    + " that draws random numbers in " + path + "; draw them only while training() is true");
        }
        Lengths lengths = shape.lengths();
        Shape local = lengths == null ? Shape.of(shape.local()) : shape.elements();
        if (local.isRagged()) {
            throw new IllegalArgumentException(
                    "random numbers expect the shape of a tensor, whose rows have lengths, got " + shape
                            + "; draw them in x.shape()");
        }
        float[] values = allocate(local.size());
        numbers.draw(path, shape, normal, values);
        Tensor drawn = new Tensor(local, values, numbers.rowAxis(shape), owner());
        return lengths == null ? drawn : new Tensor(drawn, lengths);
    }

    /** What this pass that computes shapes only has learnt. */
    ShapeNotes notes() {
        return notes;
    }

    /**
     * The most values that one row takes in any tensor of this pass that computes shapes only.
     *
     * @return 0 if no operation had a result with rows
     */
    public long widestRow() {
        return notes.widestRow();
    }

    /** What new tensors belong to: this pass if its buffers are taken back at its end. */
    Pass owner() {
        return pool == null && rows == null && plan == null ? null : this;
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
        if (gradients == null) {
            bufferUpdates.forEach((buffer, values) -> buffer.store().accept(values));
        }
    }
}
