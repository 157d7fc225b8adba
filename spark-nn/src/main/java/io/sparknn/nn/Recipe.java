package io.sparknn.nn;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A class and the constructor arguments of one of its objects: what the object is, so that it can be made again.
 *
 * <p>Copying through a constructor, and not through Spark's {@code (String uid)} convention, keeps fields final and
 * lets no argument be lost: with that convention a layer {@code Scale(3)} became {@code Scale(0)} after {@code copy}.
 * A class inside another object, as in a notebook's cell, has that object as a hidden first argument.
 */
final class Recipe {
    private final Class<?> type;
    private final Object[] arguments;
    private final Constructor<?> constructor;

    /**
     * Finds the constructor that these arguments belong to.
     *
     * @throws IllegalArgumentException if there is none, for then the object could never be copied, saved or shipped
     */
    Recipe(Class<?> type, Object... arguments) {
        this.type = type;
        // super(names) with a String[] passes the array as the arguments themselves.
        Object[] spread = arguments.getClass() == Object[].class ? arguments.clone() : new Object[] {arguments};
        Constructor<?> found = find(type, spread);
        if (found == null && arguments.getClass() != Object[].class) {
            spread = Arrays.copyOf(arguments, arguments.length, Object[].class);
            found = find(type, spread);
        }
        if (found == null) {
            throw new IllegalArgumentException(name(type) + " expects to be made again from what it passes to super"
                    + types(spread) + ", got " + constructors(type) + "; pass all constructor arguments up, in order: "
                    + "super(inUnits, units). A class that captures local variables must become a named one");
        }
        this.arguments = spread;
        this.constructor = found;
    }

    Class<?> type() {
        return type;
    }

    List<Object> arguments() {
        return Arrays.asList(arguments);
    }

    /** The class of the hidden first argument, or null if the constructor has none. */
    Class<?> outerType() {
        return constructor.getParameterCount() > arguments.length ? constructor.getParameterTypes()[0] : null;
    }

    /** Calls the constructor again with each argument mapped; outer is the hidden first argument, if there is one. */
    Object make(Object outer, UnaryOperator<Object> mapping) {
        Object[] values = Arrays.stream(arguments).map(mapping).toArray();
        return make(constructor, outer, values);
    }

    /** Calls the constructor of a class that takes these arguments. */
    static Object make(Class<?> type, Object outer, Object... values) {
        Constructor<?> constructor = find(type, values);
        if (constructor == null) {
            throw new IllegalArgumentException(name(type) + " expects " + constructors(type) + ", got arguments "
                    + types(values) + "; it was saved by another version of the class");
        }
        return make(constructor, outer, values);
    }

    private static Object make(Constructor<?> constructor, Object outer, Object... values) {
        boolean hidden = constructor.getParameterCount() > values.length;
        Object[] all = values;
        if (hidden) {
            all = new Object[values.length + 1];
            all[0] = outer;
            System.arraycopy(values, 0, all, 1, values.length);
        }
        try {
            constructor.setAccessible(true);
            return constructor.newInstance(all);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException) {
                throw (RuntimeException) e.getCause();
            }
            throw new IllegalStateException(
                    "the constructor of " + name(constructor.getDeclaringClass()) + " failed", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make " + name(constructor.getDeclaringClass()) + " again", e);
        }
    }

    /** The outer object of a class in a cell or another object: from a field that holds it. */
    static Object outerOf(Object inner, Class<?> outerType) {
        for (Class<?> at = inner.getClass(); at != null; at = at.getSuperclass()) {
            for (java.lang.reflect.Field field : at.getDeclaredFields()) {
                boolean named =
                        field.getName().equals("$outer") || field.getName().startsWith("this$");
                if (named && outerType.isAssignableFrom(field.getType())) {
                    try {
                        field.setAccessible(true);
                        return field.get(inner);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException("cannot read " + field, e);
                    }
                }
            }
        }
        return null;
    }

    private static Constructor<?> find(Class<?> type, Object... values) {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            Class<?>[] types = constructor.getParameterTypes();
            int hidden = types.length == values.length + 1 && isOuter(types[0], type) ? 1 : 0;
            boolean fits = types.length == values.length + hidden && !(hidden == 0 && needsOuter(types, type));
            for (int i = 0; fits && i < values.length; i++) {
                fits = accepts(types[i + hidden], values[i]);
            }
            if (fits) {
                return constructor;
            }
        }
        return null;
    }

    private static boolean needsOuter(Class<?>[] types, Class<?> type) {
        return types.length > 0 && isOuter(types[0], type) && type.getEnclosingClass() == types[0];
    }

    /** Inner classes are named after the class around them, in Java and in Scala. */
    private static boolean isOuter(Class<?> outer, Class<?> inner) {
        return inner.getName().startsWith(outer.getName() + "$") || inner.getEnclosingClass() == outer;
    }

    private static boolean accepts(Class<?> type, Object value) {
        if (!type.isPrimitive()) {
            return value == null || type.isInstance(value);
        }
        if (type == boolean.class) {
            return value instanceof Boolean;
        }
        if (type == char.class) {
            return value instanceof Character;
        }
        return value instanceof Number && width(type) >= width(value.getClass());
    }

    /** Numbers widen as Java widens them. */
    private static int width(Class<?> type) {
        List<String> order = List.of("byte", "short", "int", "long", "float", "double");
        String simple = type == Integer.class ? "int" : type.getSimpleName().toLowerCase(java.util.Locale.ROOT);
        int width = order.indexOf(simple);
        return width < 0 ? Integer.MAX_VALUE : width;
    }

    static String name(Class<?> type) {
        String simple = type.getSimpleName();
        return simple.isEmpty() ? type.getName() : simple;
    }

    private static String types(Object... values) {
        return Arrays.stream(values)
                .map(value -> value == null ? "null" : value.getClass().getSimpleName())
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private static String constructors(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors())
                .map(c -> "a constructor "
                        + Arrays.stream(c.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(" and "));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recipe recipe && type == recipe.type && Arrays.deepEquals(arguments, recipe.arguments);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.deepHashCode(arguments);
    }

    /** The class and its arguments as they would be written: {@code Linear(100, 10)}. */
    @Override
    public String toString() {
        return name(type) + Arrays.stream(arguments).map(Recipe::text).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String text(Object value) {
        if (value instanceof Object[] array) {
            return Arrays.stream(array).map(Recipe::text).collect(Collectors.joining(", "));
        }
        if (value instanceof int[] array) {
            return Arrays.toString(array);
        }
        return String.valueOf(value);
    }
}
