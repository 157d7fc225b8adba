package io.sparknn.nn;

import java.util.Map;
import java.util.regex.Pattern;

/** Classes by the names in saved files: found through the context class loader, which knows a notebook's cells. */
final class Classes {
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class,
            "boolean", boolean.class,
            "short", short.class,
            "byte", byte.class,
            "char", char.class);

    private static final Pattern PRIMITIVE_ARRAY = Pattern.compile("\\[+[A-Z]");
    /** An array of {@code [Lcom.acme.Net;} is a class of com.acme, too. */
    private static final Pattern ARRAY_OF = Pattern.compile("\\[+L(.*);");

    private Classes() {}

    /** The class of a name, not initialised before it is known to be of the type: a file may name any class. */
    static Class<?> find(String name, Class<?> type) {
        Class<?> found = load(name, type);
        if (!type.isAssignableFrom(found)) {
            throw new IllegalArgumentException("a saved layer expects a class that extends " + type.getSimpleName()
                    + ", got " + name + "; the file is damaged or was not written by this library");
        }
        return found;
    }

    static Class<?> component(String name) {
        Class<?> primitive = PRIMITIVES.get(name);
        return primitive != null ? primitive : load(name, Object.class);
    }

    private static Class<?> load(String name, Class<?> type) {
        if (!PRIMITIVE_ARRAY.matcher(name).matches()) {
            AllowedClasses.check(ARRAY_OF.matcher(name).replaceFirst("$1"));
        }
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(name, false, context == null ? Classes.class.getClassLoader() : context);
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalArgumentException(
                    "loading a saved layer expects the class " + name + " (a " + type.getSimpleName()
                            + "), got no such class on the class path; add the jar that holds it, and for a class of a"
                            + " notebook cell, which only its own session knows, put it in a jar",
                    e);
        }
    }
}
