package io.sparknn.nn;

import java.lang.invoke.MethodType;
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
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final Class<?> type;
    private final Object[] arguments;
    private final Constructor<?> constructor;

    /**
     * Takes the arguments of the constructor of the class that is running now.
     *
     * @throws IllegalArgumentException if that constructor does not take them, for then the object could never be
     *     copied, saved or shipped; or if they could not be saved
     */
    Recipe(Class<?> type, Object... arguments) {
        this.type = type;
        this.constructor = running(type);
        Object[] spread = spread(constructor, arguments);
        if (spread == null) {
            throw new IllegalArgumentException(name(type) + " expects all arguments of " + text(constructor)
                    + ", in order, in its call of super, got " + types(arguments == null ? new Object[1] : arguments)
                    + "; write super(inUnits, units) for a constructor (int inUnits, int units). A class that captures"
                    + " local variables must become a named one");
        }
        this.arguments = Arrays.stream(spread).map(Arguments::snapshot).toArray();
        if (!constructor.equals(find(type, this.arguments))) {
            throw new IllegalArgumentException(name(type) + " expects one constructor that takes "
                    + types(this.arguments) + ", got " + constructors(type)
                    + "; leave one of them out, for a saved layer could not tell which one made it");
        }
    }

    /** The constructor of the class that called super: an object of another one would not be the same object. */
    private static Constructor<?> running(Class<?> type) {
        MethodType signature = STACK.walk(frames -> frames.filter(frame -> frame.getDeclaringClass() == type
                                && frame.getMethodName().equals("<init>"))
                        .findFirst())
                .map(StackWalker.StackFrame::getMethodType)
                .orElseThrow();
        try {
            return type.getDeclaredConstructor(signature.parameterArray());
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The arguments one by one, or null if they do not fit: super(names) passes a String[] as the arguments themselves. */
    private static Object[] spread(Constructor<?> constructor, Object... arguments) {
        Object[] whole = {arguments};
        if (arguments == null || (arguments.getClass() != Object[].class && fits(constructor, whole))) {
            return whole;
        }
        Object[] each = Arrays.copyOf(arguments, arguments.length, Object[].class);
        if (fits(constructor, each)) {
            return each;
        }
        return fits(constructor, whole) ? whole : null;
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

    /**
     * Refuses an object whose class has no constructor for what it says it was made from.
     *
     * @throws IllegalArgumentException if it could not be made again
     */
    static void checkConstructor(Class<?> type, Object... values) {
        if (find(type, values) == null) {
            throw new IllegalArgumentException(
                    name(type) + " expects all arguments of its constructor, in order, in its"
                            + " call of super, got " + types(values) + " and " + constructors(type)
                            + "; write super(gamma) for a constructor (double gamma)");
        }
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
        } catch (InstantiationException e) {
            throw new IllegalArgumentException(
                    "a saved layer expects classes of objects, got the abstract "
                            + constructor.getDeclaringClass().getName() + "; the file is damaged",
                    e);
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

    /** The constructor that takes these values most closely, or null if none does or two do equally. */
    private static Constructor<?> find(Class<?> type, Object... values) {
        List<Constructor<?>> fitting = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> fits(constructor, values))
                .collect(Collectors.toList());
        return fitting.stream()
                .filter(one -> fitting.stream()
                        .allMatch(other -> isCloser(one.getParameterTypes(), other.getParameterTypes())))
                .findFirst()
                .orElse(null);
    }

    private static boolean fits(Constructor<?> constructor, Object... values) {
        Class<?>[] types = constructor.getParameterTypes();
        Class<?> type = constructor.getDeclaringClass();
        int hidden = types.length == values.length + 1 && isOuter(types[0], type) ? 1 : 0;
        boolean fits = types.length == values.length + hidden && !(hidden == 0 && needsOuter(types, type));
        for (int i = 0; fits && i < values.length; i++) {
            fits = accepts(types[i + hidden], values[i]);
        }
        return fits;
    }

    private static boolean isCloser(Class<?>[] one, Class<?>[] other) {
        boolean closer = one.length == other.length;
        for (int i = 0; closer && i < one.length; i++) {
            closer = other[i].isAssignableFrom(one[i])
                    || (one[i].isPrimitive() && (!other[i].isPrimitive() || width(one[i]) <= width(other[i])));
        }
        return closer;
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
        return Arrays.stream(type.getDeclaredConstructors()).map(Recipe::text).collect(Collectors.joining(" and "));
    }

    private static String text(Constructor<?> constructor) {
        return "the constructor "
                + Arrays.stream(constructor.getParameterTypes())
                        .filter(parameter -> !isOuter(parameter, constructor.getDeclaringClass()))
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
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
        if (value != null && value.getClass().isArray()) {
            String text = Arrays.deepToString(new Object[] {value});
            return text.substring(1, text.length() - 1);
        }
        return String.valueOf(value);
    }
}
