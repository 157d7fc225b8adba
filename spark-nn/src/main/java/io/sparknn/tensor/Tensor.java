package io.sparknn.tensor;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A box of float numbers of any rank, row-major, with operations that broadcast as NumPy's do and know their gradients.
 *
 * <p>Tensors are immutable in use: operations return new ones. Values are 32-bit floats. Methods bear PyTorch's names;
 * in Scala {@code + - * /} work as well. An axis may be counted from the end: -1 is the last. Misuse is an
 * {@link IllegalArgumentException} with the shapes in it.
 *
 * <p>Inside a pass over a DataFrame a tensor may carry rows along one axis. Its rows are then one block of many, so
 * {@link #mean(int...)} and other reductions over that axis run over all rows of the DataFrame, {@code shape().dim(0)} is the
 * number of all rows, and operations that would mix single rows, or read single values, are refused.
 *
 * <p>The rows of a tensor may differ in length along axis 1, as sentences do: such a tensor has a shape like (32, *, 64)
 * and holds the elements of its rows one behind the other, without padding. Operations on single elements, products of
 * elements with a matrix, and look-ups run as ever; reductions and softmax over axis 1 are those of each row by itself, in
 * which a row without elements gives 0; others are refused.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 10}});
 * x.sub(x.mean());                            // [[-3, -2], [-1, 6]]
 * x.matmul(x.transpose(0, 1)).shape();        // (2, 2)
 * }</pre>
 */
public class Tensor
        implements Arithmetic,
                Comparisons,
                Activations,
                Reductions,
                Normalisations,
                Convolutions,
                Sequences,
                Losses,
                Shaping {
    private final Shape shape;
    private final float[] values;
    private final int rowAxis;
    private final Pass owner;
    private final Tensor flat;
    private final Lengths lengths;
    private boolean requiresGrad;
    private Operation producer;
    private float[] grad;
    private volatile PackedWeights packed;

    Tensor(Shape shape, float[] values, int rowAxis, Pass owner) {
        this.shape = shape;
        this.values = values;
        this.rowAxis = rowAxis;
        this.owner = owner;
        this.flat = null;
        this.lengths = null;
    }

    /** Rows of different length as a view of their elements, which are on the first axis of another tensor. */
    Tensor(Tensor flat, Lengths lengths) {
        this.shape = Shape.of(lengths, flat.shape.dropFirst(1));
        this.values = null;
        this.rowAxis = flat.rowAxis;
        this.owner = flat.owner;
        this.flat = flat;
        this.lengths = lengths;
    }

    /**
     * A tensor whose values come later, from {@link #load}: for parameters.
     *
     * @param shape the shape
     */
    protected Tensor(Shape shape) {
        this(shape, null, -1, null);
    }

    /**
     * The values of a tensor that was made without: called whenever an operation needs them.
     *
     * @param draw whether values that do not exist yet shall be made; false where only shapes are computed
     * @return an array of {@code shape().size()} values that nobody changes, or null if there are none and none shall be made
     */
    protected float[] load(boolean draw) {
        return null;
    }

    /**
     * Where new values go that {@link Pass#update} gives this tensor: for buffers.
     *
     * @return takes an array that nobody else changes, once the pass is over
     * @throws IllegalStateException if this is no buffer
     */
    protected Consumer<float[]> store() {
        throw new IllegalStateException("an update expects a buffer of a layer, got another tensor of shape " + shape
                + "; register it with addBuffer");
    }

    /**
     * A tensor of rank 1.
     *
     * @param values the values; copied
     * @return shape (n)
     */
    public static Tensor of(float... values) {
        return new Tensor(Shape.of(values.length), values.clone(), -1, null);
    }

    /**
     * A tensor of rank 1.
     *
     * @param values the values; rounded to float
     * @return shape (n)
     */
    public static Tensor of(double... values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return new Tensor(Shape.of(floats.length), floats, -1, null);
    }

    /**
     * A tensor of rank 2.
     *
     * @param rows its rows, all of one length; copied
     * @return shape (rows, columns)
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Tensor of(float[][] rows) {
        int width = rows.length == 0 ? 0 : rows[0].length;
        float[] values = new float[rows.length * width];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != width) {
                throw new IllegalArgumentException("Tensor.of expects rows of one length, got " + width
                        + " in row 0 and " + rows[i].length + " in row " + i);
            }
            System.arraycopy(rows[i], 0, values, i * width, width);
        }
        return new Tensor(Shape.of(rows.length, width), values, -1, null);
    }

    /**
     * A tensor of rank 2.
     *
     * @param rows its rows, all of one length; rounded to float
     * @return shape (rows, columns)
     * @throws IllegalArgumentException if the rows differ in length
     */
    public static Tensor of(double[][] rows) {
        float[][] floats = new float[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            floats[i] = of(rows[i]).values;
        }
        return of(floats);
    }

    /**
     * A tensor of any shape.
     *
     * @param values the values, row-major; copied
     * @param shape the shape, of {@code values.length} elements; that of another tensor if rows differ in length
     * @return the tensor
     * @throws IllegalArgumentException if shape and values differ in size
     */
    public static Tensor of(float[] values, Shape shape) {
        if (shape.lengths() != null) {
            return new Tensor(of(values, shape.elements()), shape.lengths());
        }
        if (shape.size() != values.length) {
            throw new IllegalArgumentException(
                    "Tensor.of expects " + shape.size() + " values for shape " + shape + ", got " + values.length);
        }
        return new Tensor(shape, values.clone(), -1, null);
    }

    /**
     * A tensor of rank 0.
     *
     * @param value its value, rounded to float
     * @return shape ()
     */
    public static Tensor scalar(double value) {
        return new Tensor(Shape.of(), new float[] {(float) value}, -1, null);
    }

    /**
     * A tensor of zeros.
     *
     * @param shape the sizes
     * @return the tensor
     */
    public static Tensor zeros(int... shape) {
        return full(0, shape);
    }

    /**
     * A tensor of ones.
     *
     * @param shape the sizes
     * @return the tensor
     */
    public static Tensor ones(int... shape) {
        return full(1, shape);
    }

    /**
     * A tensor of one value.
     *
     * @param value the value, rounded to float
     * @param shape the sizes
     * @return the tensor
     */
    public static Tensor full(double value, int... shape) {
        Shape of = Shape.of(shape);
        float[] values = new float[of.size()];
        Arrays.fill(values, (float) value);
        return new Tensor(of, values, -1, null);
    }

    /**
     * The numbers 0, 1, ..., n - 1.
     *
     * @param n how many
     * @return shape (n)
     */
    public static Tensor arange(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        return new Tensor(Shape.of(n), values, -1, null);
    }

    /**
     * The identity matrix.
     *
     * @param n its number of rows, and of columns
     * @return shape (n, n)
     */
    public static Tensor eye(int n) {
        float[] values = new float[n * n];
        for (int i = 0; i < n; i++) {
            values[i * (n + 1)] = 1;
        }
        return new Tensor(Shape.of(n, n), values, -1, null);
    }

    /**
     * A tensor of rows of different length.
     *
     * @param rows for each row its elements along axis 0; they are equal in size on all other axes
     * @return shape (rows, *, ...)
     * @throws IllegalArgumentException if the sizes do not fit, or there is no row
     */
    public static Tensor ragged(Tensor... rows) {
        int[] sizes = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            sizes[i] = rows[i].size(0);
        }
        return ragged(cat(0, rows), sizes);
    }

    /**
     * A tensor of rows of different length. Gradients flow to the elements.
     *
     * @param elements those of all rows along axis 0, row after row
     * @param lengths how many of them each row has; 0 or more
     * @return shape (rows, *, ...)
     * @throws IllegalArgumentException if the lengths do not add up to the number of elements
     */
    public static Tensor ragged(Tensor elements, int... lengths) {
        Lengths rows = Lengths.of(lengths);
        if (elements.rowAxis >= 0 || elements.lengths != null) {
            throw new IllegalArgumentException(
                    "Tensor.ragged expects elements that are no rows yet, got shape " + Operation.shapes(elements));
        }
        if (elements.shape.rank() < 1 || elements.shape.dim(0) != rows.total()) {
            throw new IllegalArgumentException("Tensor.ragged expects " + rows.total()
                    + " elements for rows of these lengths, got shape " + elements.shape);
        }
        return new Tensor(elements, rows);
    }

    /**
     * Tensors one after the other along an axis.
     *
     * @param axis the axis; not the rows of a DataFrame
     * @param parts the tensors, equal in size on all other axes
     * @return that shape with the sum of the sizes on that axis
     * @throws IllegalArgumentException if the sizes do not fit, or there is no tensor
     */
    public static Tensor cat(int axis, Tensor... parts) {
        return Cat.cat(axis, parts);
    }

    /**
     * Tensors one after the other along a new axis.
     *
     * @param axis the place of the new axis in the result, counted from the end of the result if negative
     * @param parts the tensors, all of one shape
     * @return one rank more
     * @throws IllegalArgumentException if the shapes differ, or there is no tensor
     */
    public static Tensor stack(int axis, Tensor... parts) {
        return Cat.stack(axis, parts);
    }

    /**
     * Elements of one tensor or another, with broadcasting.
     *
     * @param condition what decides: 0 for no, anything else for yes
     * @param yes the elements where the condition is not 0
     * @param no the elements where it is 0
     * @return the broadcast shape
     */
    public static Tensor where(Tensor condition, Tensor yes, Tensor no) {
        return new Where().apply(condition, yes, no);
    }

    /**
     * Random numbers, uniform over [0, 1), other ones at each call.
     *
     * @param shape the sizes
     * @return the tensor
     */
    public static Tensor rand(int... shape) {
        return Pass.random("Tensor.rand", Shape.of(shape), false);
    }

    /**
     * Random numbers, normal with mean 0 and standard deviation 1, other ones at each call.
     *
     * @param shape the sizes
     * @return the tensor
     */
    public static Tensor randn(int... shape) {
        return Pass.random("Tensor.randn", Shape.of(shape), true);
    }

    /**
     * The shape of this tensor; of a tensor of rows, the shape for all rows of the DataFrame.
     *
     * @return the shape
     */
    public final Shape shape() {
        return rowAxis < 0
                ? shape
                : shape.withRows(rowAxis, () -> checkedOwner().rowCount());
    }

    /**
     * The size along one axis.
     *
     * @param axis the axis, counted from the end if negative
     * @return the size; along the row axis, the number of all rows
     * @throws IllegalArgumentException if rows differ in length along that axis
     */
    public final int size(int axis) {
        int size = shape().dim(axis);
        if (size == Shape.RAGGED) {
            throw new IllegalArgumentException("size(" + axis + ") of " + Operation.shapes(this)
                    + " expects rows of one length, got rows that differ; use rowLengths()");
        }
        return size;
    }

    /**
     * The number of elements of each row along axis 1.
     *
     * @return shape (rows)
     * @throws IllegalArgumentException if there is no axis 1
     */
    public final Tensor rowLengths() {
        float[] counts = Pass.current().allocate(shape.dim(0));
        for (int row = 0; row < shape.dim(0); row++) {
            counts[row] = lengths == null ? shape.dim(1) : lengths.length(row);
        }
        Tensor result = new Tensor(Shape.of(shape.dim(0)), counts, rowAxis, owner);
        if (Pass.current().recorder() != null && rowAxis >= 0) {
            Pass.current().recorder().rowLengths(lengths, this, result);
        }
        return result;
    }

    /**
     * The number of elements.
     *
     * @return the product of all sizes; of a tensor of rows, for all rows of the DataFrame
     */
    public final int numel() {
        if (lengths != null && rowAxis >= 0) {
            throw new IllegalStateException("numel of " + Operation.shapes(this)
                    + " expects rows of one length, got rows that differ; sum up rowLengths()");
        }
        return lengths == null ? shape().size() : localSize();
    }

    /**
     * The values, row-major.
     *
     * @return a copy
     * @throws IllegalStateException if this tensor carries rows of a DataFrame
     */
    public final float[] toArray() {
        return Arrays.copyOf(readable(), localSize());
    }

    /**
     * The value of a tensor of one element.
     *
     * @return the value
     * @throws IllegalArgumentException if there are more elements
     * @throws IllegalStateException if this tensor carries rows of a DataFrame
     */
    public final float item() {
        if (rowAxis < 0 && shape.size() != 1) {
            throw new IllegalArgumentException("item expects a tensor of one element, got shape " + shape);
        }
        return readable()[0];
    }

    /**
     * One value.
     *
     * @param index its place along each axis
     * @return the value
     * @throws IllegalArgumentException if there is no such place
     * @throws IllegalStateException if this tensor carries rows of a DataFrame
     */
    public final float get(int... index) {
        if (lengths != null) {
            return getWithin(index);
        }
        int[] dims = shape.local();
        int at = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            if (index.length != dims.length || index[axis] < 0 || index[axis] >= dims[axis]) {
                throw new IllegalArgumentException(
                        "get expects a place within shape " + shape + ", got " + Arrays.toString(index));
            }
            at = at * dims[axis] + index[axis];
        }
        return readable()[at];
    }

    private float getWithin(int... index) {
        boolean inside = index.length == shape.rank() && index[0] >= 0 && index[0] < lengths.rows();
        if (!inside || index[1] < 0 || index[1] >= lengths.length(index[0])) {
            throw new IllegalArgumentException(
                    "get expects a place within shape " + shape + ", got " + Arrays.toString(index));
        }
        int[] place = Arrays.copyOfRange(index, 1, index.length);
        place[0] += lengths.offset(index[0]);
        return flat.get(place);
    }

    /**
     * Asks for gradients: operations recorded on this tensor add to {@link #grad} when {@code backward} runs.
     *
     * @param value whether gradients are wanted
     * @return this
     * @throws IllegalStateException if gradients already pass through this recorded result and are not wanted
     */
    public Tensor requiresGrad(boolean value) {
        if (flat != null) {
            flat.requiresGrad(value);
            return this;
        }
        if (producer != null && !value) {
            throw new IllegalStateException("requiresGrad(false) expects a tensor that was not computed, got a recorded"
                    + " result of shape " + shape + "; use detach()");
        }
        requiresGrad = value;
        return this;
    }

    /**
     * Tells whether gradients of this tensor are wanted, or pass through it.
     *
     * @return the flag
     */
    public boolean requiresGrad() {
        return flat == null ? requiresGrad : flat.requiresGrad();
    }

    /**
     * The gradient summed so far.
     *
     * @return a tensor of this shape, or null before the first {@link #backward}
     */
    public final Tensor grad() {
        if (flat != null) {
            Tensor ofElements = flat.grad();
            return ofElements == null ? null : new Tensor(ofElements, lengths);
        }
        return grad == null ? null : new Tensor(shape, grad.clone(), -1, null);
    }

    /** Forgets the gradient. */
    public final void zeroGrad() {
        if (flat != null) {
            flat.zeroGrad();
        }
        grad = null;
    }

    /**
     * Computes the gradient of this scalar by every tensor it was computed from that requires gradients, and adds it to
     * {@link #grad} there.
     *
     * @throws IllegalStateException if this is no scalar or was not recorded
     */
    public final void backward() {
        Backward.run(this);
    }

    /**
     * The same values, cut off from the operations that made them.
     *
     * @return a tensor through which no gradient flows
     */
    public final Tensor detach() {
        if (flat != null) {
            return new Tensor(flat.detach(), lengths);
        }
        boolean shapesOnly = values == null && Pass.current().shapesOnly();
        Tensor same = new Tensor(shape, shapesOnly ? null : values(), rowAxis, shapesOnly ? Pass.current() : owner);
        if (Pass.current().recorder() != null) {
            Pass.current().recorder().alias(this, same);
        }
        return same;
    }

    /** The values of a tensor that was not computed; null for others. */
    final float[] known() {
        return values != null || owner != null ? values : load(true);
    }

    final float[] values() {
        if (flat != null) {
            return flat.values();
        }
        if (owner != null && owner.closed()) {
            throw new IllegalStateException("a tensor of shape " + shape
                    + " was used after its pass ended; keep no tensor" + " of a forward pass in a field");
        }
        if (values != null) {
            return values;
        }
        boolean shapesOnly = Pass.current().shapesOnly();
        float[] loaded = load(!shapesOnly);
        return loaded == null && shapesOnly ? new float[shape.size()] : loaded;
    }

    private float[] readable() {
        if (rowAxis >= 0) {
            throw new IllegalStateException(
                    "reading single values of a tensor of rows " + shape() + " is not possible: its"
                            + " rows are one block of the DataFrame's; reduce over the rows first (mean, sum, max, ...)");
        }
        if (flat != null) {
            return flat.readable();
        }
        if (values == null && Pass.current().shapesOnly()) {
            float[] known = load(false);
            return known == null ? unknown() : known;
        }
        return values();
    }

    /** What a pass over shapes shows of values: NaN, because any comparison with it fails and so ends a loop. */
    private float[] unknown() {
        Pass.current().notes().read();
        float[] unknown = new float[shape.size()];
        Arrays.fill(unknown, Float.NaN);
        return unknown;
    }

    private Pass checkedOwner() {
        if (owner == null || owner.closed()) {
            throw new IllegalStateException(
                    "a tensor of rows was used after its pass ended; keep no tensor of a forward" + " pass in a field");
        }
        return owner;
    }

    final Shape localShape() {
        return shape;
    }

    final int localSize() {
        return flat == null ? shape.size() : flat.localSize();
    }

    /** How long the rows are where they differ; null for tensors whose sizes are all one number. */
    final Lengths lengths() {
        return lengths;
    }

    /** The elements of all rows along the first axis, where rows differ in length. */
    final Tensor flat() {
        return flat;
    }

    /** The place, among the axes of the values, of an axis within the elements; others are refused. */
    final int axisOfValues(String name, int axis) {
        int at = shape.axis(axis);
        if (lengths == null) {
            return at;
        }
        if (at < 2) {
            throw new IllegalArgumentException(name + " of " + Operation.shapes(this) + " cannot run along axis " + at
                    + " of rows of different length (*); name an axis from 2 on, or reduce over axis 1 first");
        }
        return at - 1;
    }

    final int rowAxis() {
        return rowAxis;
    }

    final Pass owner() {
        return owner;
    }

    final Operation producer() {
        return flat == null ? producer : flat.producer();
    }

    final void producedBy(Operation operation) {
        producer = operation;
        requiresGrad = true;
    }

    final void addGrad(float[] more) {
        float[] sum = grad == null ? new float[more.length] : grad;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += more[i];
        }
        grad = sum;
    }

    /** Whether this is no intermediate result: its values live as long as it does. */
    final boolean isConstant() {
        return owner == null && producer == null;
    }

    /** This matrix packed for products from the right; kept while its values stay the same array. */
    final PackedMatrix packed(int k, int n, int rowStride, int colStride) {
        float[] source = values();
        PackedWeights kept = packed;
        if (kept == null || !kept.fits(source, k, n, rowStride)) {
            kept = new PackedWeights(source, rowStride, Gemm.get().pack(k, n, source, 0, rowStride, colStride));
            packed = kept;
        }
        return kept.matrix();
    }

    @Override
    public String toString() {
        return TensorText.of(this);
    }
}
