package io.sparknn.tensor;

import java.io.Serializable;
import java.util.Arrays;

/**
 * An object that is its class and its constructor arguments: a loss, an optimiser, a schedule. Two of one class with
 * equal arguments are equal, and one is made again, after saving or on another machine, by calling the constructor with
 * the same arguments.
 *
 * <p>So whatever a subclass is made from goes to the base in the constructor's order, and nothing changes afterwards.
 * Arguments are numbers, strings, booleans, enums, arrays of those, and other configured objects.
 *
 * <pre>{@code
 * public final class Shifted extends Schedule {
 *     private final double by;
 *     public Shifted(double by) { super(by); this.by = by; }
 * }
 * }</pre>
 */
public abstract class Configured implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Object[] arguments;

    /**
     * Keeps the arguments.
     *
     * @param arguments all arguments of the subclass's constructor, in its order
     */
    protected Configured(Object... arguments) {
        // super(names) with a String[] passes the array as the arguments themselves.
        boolean spread = arguments.getClass() == Object[].class;
        this.arguments = spread ? copies(arguments) : new Object[] {copy(arguments)};
    }

    /**
     * What the constructor was called with.
     *
     * @return a copy, arrays within it too
     */
    public final Object[] arguments() {
        return copies(arguments);
    }

    private static Object[] copies(Object... values) {
        return Arrays.stream(values).map(Configured::copy).toArray();
    }

    private static Object copy(Object value) {
        if (value instanceof Object[] array) {
            Object[] copy = array.clone();
            Arrays.setAll(copy, i -> copy(array[i]));
            return copy;
        }
        if (value instanceof double[] array) {
            return array.clone();
        }
        if (value instanceof float[] array) {
            return array.clone();
        }
        if (value instanceof int[] array) {
            return array.clone();
        }
        return value instanceof long[] array ? array.clone() : value;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Configured configured
                && getClass() == configured.getClass()
                && Arrays.deepEquals(arguments, configured.arguments);
    }

    @Override
    public final int hashCode() {
        return 31 * getClass().getName().hashCode() + Arrays.deepHashCode(arguments);
    }

    /** The class and its arguments as they would be written: {@code StepLr(7, 0.5)}. */
    @Override
    public String toString() {
        String simple = getClass().getSimpleName();
        String name = simple.isEmpty() ? getClass().getName() : simple;
        // deepToString writes the brackets of the array itself around them
        String text = Arrays.deepToString(arguments);
        return name + "(" + text.substring(1, text.length() - 1) + ")";
    }
}
