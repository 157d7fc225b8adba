package io.sparknn.optim;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Which parameter stands where in a flat array: one after the other, without gaps, from index 0.
 *
 * <pre>{@code
 * Layout layout = new Layout(new String[] {"0.weight", "0.bias"}, new int[] {784, 10});
 * layout.offset(1);                           // 784
 * layout.length();                            // 794
 * }</pre>
 */
public final class Layout implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] names;
    private final int[] offsets;

    /**
     * A layout.
     *
     * @param names paths of the parameters, such as {@code 0.weight}
     * @param sizes how many values each has
     * @throws IllegalArgumentException if there are not as many names as sizes, or a size is negative
     * @throws ArithmeticException if there are more values in all than an array holds
     */
    public Layout(String[] names, int[] sizes) {
        if (names.length != sizes.length) {
            throw new IllegalArgumentException(
                    "Layout expects a size for each of " + names.length + " names, got " + sizes.length);
        }
        this.names = names.clone();
        this.offsets = new int[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            Ranges.notNegative("Layout", "a size", sizes[i]);
            offsets[i + 1] = Math.addExact(offsets[i], sizes[i]);
        }
    }

    /**
     * How many parameters there are.
     *
     * @return the number of names
     */
    public int count() {
        return names.length;
    }

    /**
     * The path of a parameter.
     *
     * @param parameter its number, from 0
     * @return the name
     */
    public String name(int parameter) {
        return names[parameter];
    }

    /**
     * Where a parameter begins.
     *
     * @param parameter its number, from 0; the number of parameters gives the end of the last one
     * @return the index of its first value
     */
    public int offset(int parameter) {
        return offsets[parameter];
    }

    /**
     * How many values all parameters have together.
     *
     * @return the length of the flat array
     */
    public int length() {
        return offsets[names.length];
    }

    /** The number of the parameter that holds a place; the last that begins there, so that empty ones are passed over. */
    int parameterAt(int place) {
        int found = Arrays.binarySearch(offsets, place);
        if (found < 0) {
            return -found - 2;
        }
        int last = found;
        while (last + 1 < names.length && offsets[last + 1] == place) {
            last++;
        }
        return last;
    }
}
