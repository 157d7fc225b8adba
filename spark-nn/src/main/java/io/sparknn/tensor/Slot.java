package io.sparknn.tensor;

/**
 * One of the tensors of a {@link Recording}: an input, a constant, or the result of a step.
 *
 * <p>Sizes are numbers, but for the axis of the rows, which is {@link Shape#UNKNOWN}. Where rows differ in length, a tensor
 * holds their elements one behind the other; its first axis is unknown, too, and it is said which input's rows they are of.
 */
public final class Slot {
    private final Shape shape;
    private final int lengths;
    private final String name;
    private final Tensor values;

    private Slot(Shape shape, int lengths, String name, Tensor values) {
        this.shape = shape;
        this.lengths = lengths;
        this.name = name;
        this.values = values;
    }

    /**
     * An input, or the result of a step.
     *
     * @param shape its sizes
     * @param lengths the input of whose rows it holds the elements; -1 for rows, or none
     * @return the slot
     */
    public static Slot computed(Shape shape, int lengths) {
        return new Slot(shape, lengths, null, null);
    }

    /**
     * A parameter or buffer.
     *
     * @param name its name among the weights
     * @param shape its sizes
     * @return the slot
     */
    public static Slot named(String name, Shape shape) {
        return new Slot(shape, -1, name, null);
    }

    /**
     * A constant that is no parameter.
     *
     * @param values its values
     * @return the slot
     */
    public static Slot constant(Tensor values) {
        return new Slot(values.localShape(), -1, null, values);
    }

    /**
     * The sizes.
     *
     * @return the shape
     */
    public Shape shape() {
        return shape;
    }

    /**
     * The input of whose rows this holds the elements, one behind the other.
     *
     * @return the input's number, -1 for a tensor of rows or none
     */
    public int lengths() {
        return lengths;
    }

    /**
     * The name among the weights.
     *
     * @return null if this is no parameter or buffer
     */
    public String name() {
        return name;
    }

    /**
     * The values of a constant that is no parameter.
     *
     * @return null for others
     */
    public Tensor values() {
        return values;
    }

    /**
     * Whether this is a parameter, buffer or constant.
     *
     * @return false for inputs and results
     */
    public boolean isConstant() {
        return name != null || values != null;
    }

    /** Whether two recordings of one network have the same here. */
    boolean sameAs(Slot other) {
        boolean sameName = name == null ? other.name == null : name.equals(other.name);
        boolean sameValues = values == null
                ? other.values == null
                : other.values != null && java.util.Arrays.equals(values.values(), other.values.values());
        return sameName && sameValues && lengths == other.lengths && shape.equals(other.shape);
    }
}
