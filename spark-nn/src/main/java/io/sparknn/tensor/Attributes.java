package io.sparknn.tensor;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an operation in a {@link Recording} is made from beside tensors, by name: whole numbers, lists of them, fractions,
 * flags and texts. What is asked for and is not there, or is of another kind, is refused: recordings are read from files.
 */
public final class Attributes {
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** Attributes without any yet. */
    public Attributes() {}

    /**
     * Adds one.
     *
     * @param name its name
     * @param value a Long, int array, Double, Boolean or String
     * @return this
     * @throws IllegalArgumentException if the value is of another class
     */
    public Attributes put(String name, Object value) {
        boolean known = value instanceof Long
                || value instanceof int[]
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof String;
        if (!known) {
            throw new IllegalArgumentException("attribute " + name
                    + " expects a whole number, a list of them, a fraction, a flag or a text, got " + value);
        }
        values.put(name, value);
        return this;
    }

    /**
     * All values by name.
     *
     * @return a view that cannot be changed; its arrays are not to be
     */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Tells whether there is one of a name.
     *
     * @param name the name
     * @return true if so
     */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /**
     * A whole number.
     *
     * @param name its name
     * @return its value
     */
    public int integer(String name) {
        long value = get(name, Long.class);
        if (value != (int) value) {
            throw new IllegalArgumentException("attribute " + name + " expects a number of 32 bits, got " + value);
        }
        return (int) value;
    }

    /**
     * A list of whole numbers.
     *
     * @param name its name
     * @return a copy
     */
    public int[] integers(String name) {
        return get(name, int[].class).clone();
    }

    /**
     * A fraction.
     *
     * @param name its name
     * @return its value
     */
    public double number(String name) {
        return get(name, Double.class);
    }

    /**
     * A flag.
     *
     * @param name its name
     * @return its value
     */
    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    /**
     * A text.
     *
     * @param name its name
     * @return its value
     */
    public String text(String name) {
        return get(name, String.class);
    }

    private <T> T get(String name, Class<T> type) {
        Object value = values.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("a recorded operation expects the attribute " + name + " as "
                    + type.getSimpleName() + ", got " + (value == null ? "none" : value));
        }
        return type.cast(value);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Attributes attributes) || !values.keySet().equals(attributes.values.keySet())) {
            return false;
        }
        return values.keySet().stream()
                .allMatch(name ->
                        Arrays.deepEquals(new Object[] {values.get(name)}, new Object[] {attributes.values.get(name)}));
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.length() == 0 ? "" : ", ")
                .append(name)
                .append('=')
                .append(value instanceof int[] array ? Arrays.toString(array) : value));
        return text.toString();
    }
}
