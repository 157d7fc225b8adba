package io.sparknn.nn;

import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Shape;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Constructor arguments as JSON: one object each, whose only key is the type, as {@code {"int": 3}}; modules by their
 * number in the file, so that one used twice stays one.
 */
final class Arguments {
    private Arguments() {}

    /**
     * The argument as it is now: what happens to an array or list later is no concern of the layer it was given to.
     *
     * @throws IllegalArgumentException if it is nothing that can be saved
     */
    static Object snapshot(Object value) {
        return map(value, element -> {
            if (element != null
                    && !(element instanceof Module || element instanceof Init || element instanceof Shape)) {
                encode(element, module -> null);
            }
            return element;
        });
    }

    /** The argument with all that arrays and lists hold mapped, in new arrays and lists. */
    static Object map(Object value, UnaryOperator<Object> mapping) {
        if (value instanceof List) {
            List<Object> to = new ArrayList<>();
            ((List<?>) value).forEach(element -> to.add(map(element, mapping)));
            return to;
        }
        if (value == null || !value.getClass().isArray()) {
            return mapping.apply(value);
        }
        int length = Array.getLength(value);
        Object to = Array.newInstance(value.getClass().getComponentType(), length);
        if (value instanceof Object[] from) {
            for (int i = 0; i < length; i++) {
                Array.set(to, i, map(from[i], mapping));
            }
        } else {
            System.arraycopy(value, 0, to, 0, length);
        }
        return to;
    }

    /** The argument as JSON; reference says how a module is named. */
    static Object encode(Object value, Function<Module, Object> reference) {
        if (value == null) {
            return null;
        }
        if (value instanceof Module module) {
            return entry("module", reference.apply(module));
        }
        if (value instanceof Init init) {
            return entry("init", encode(init.recipe(), reference));
        }
        if (value instanceof Configured configured) {
            return entry("configured", encode(configured, reference));
        }
        if (value instanceof Enum) {
            return entry("enum", List.of(((Enum<?>) value).getDeclaringClass().getName(), ((Enum<?>) value).name()));
        }
        if (value instanceof Shape shape) {
            return entry("shape", elements(shape.dims(), reference));
        }
        if (value instanceof List) {
            return entry("list", elements(((List<?>) value).toArray(), reference));
        }
        if (value.getClass().isArray()) {
            return entry("array", List.of(value.getClass().getComponentType().getName(), elements(value, reference)));
        }
        return entry(scalarType(value), scalar(value));
    }

    /** Class name and arguments of a recipe. */
    static Map<String, Object> encode(Recipe recipe, Function<Module, Object> reference) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", recipe.type().getName());
        json.put("arguments", elements(recipe.arguments().toArray(), reference));
        return json;
    }

    private static Map<String, Object> encode(Configured configured, Function<Module, Object> reference) {
        Class<?> type = configured.getClass();
        if (type.isAnonymousClass() || type.isLocalClass() || type.isHidden()) {
            throw new IllegalArgumentException(type.getName() + " expects a name by which it can be found again, got a"
                    + " class within a method; make it a class of its own");
        }
        Object[] arguments = configured.arguments();
        Recipe.checkConstructor(type, arguments);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", type.getName());
        json.put("arguments", elements(arguments, reference));
        return json;
    }

    private static Map<String, Object> entry(String type, Object value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(type, value);
        return entry;
    }

    private static List<Object> elements(Object array, Function<Module, Object> reference) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(encode(Array.get(array, i), reference));
        }
        return elements;
    }

    private static String scalarType(Object value) {
        String type = value.getClass().getName();
        return switch (type) {
            case "java.lang.String" -> "string";
            case "java.lang.Boolean",
                    "java.lang.Byte",
                    "java.lang.Short",
                    "java.lang.Long",
                    "java.lang.Float",
                    "java.lang.Double" -> value.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
            case "java.lang.Integer" -> "int";
            case "java.lang.Character" -> "char";
            default ->
                throw new IllegalArgumentException("a layer expects constructor arguments that can be saved: numbers,"
                        + " strings, booleans, enums, arrays, lists, shapes, layers, initialisers, losses, optimisers and"
                        + " the like, got "
                        + value.getClass().getName() + "; pass what it was made from, and for a parameter its layer");
        };
    }

    /** Numbers JSON cannot write, and floats, travel as text. */
    private static Object scalar(Object value) {
        if (value instanceof Float || value instanceof Double || value instanceof Character) {
            return value.toString();
        }
        return value instanceof Number number ? (Object) number.longValue() : value;
    }

    static Object decode(Object json, Function<Object, Module> reference) {
        if (json == null) {
            return null;
        }
        Map<String, Object> object = JsonValues.object(json);
        if (object.size() != 1) {
            throw new IllegalArgumentException("a saved layer expects arguments of one key each, got " + object.keySet()
                    + "; the file is damaged");
        }
        String type = object.keySet().iterator().next();
        Object value = object.get(type);
        switch (type) {
            case "module" -> {
                return reference.apply(value);
            }
            case "init" -> {
                return make(JsonValues.object(value), Init.class, reference);
            }
            case "configured" -> {
                return make(JsonValues.object(value), Configured.class, reference);
            }
            case "enum" -> {
                return constant(JsonValues.list(value, 2));
            }
            case "shape" -> {
                return Shape.of((int[]) array(int.class, JsonValues.list(value), reference));
            }
            case "list" -> {
                List<Object> list = new ArrayList<>();
                JsonValues.list(value).forEach(element -> list.add(decode(element, reference)));
                return list;
            }
            case "array" -> {
                List<Object> typed = JsonValues.list(value, 2);
                return array(
                        Classes.component(JsonValues.text(typed.get(0))), JsonValues.list(typed.get(1)), reference);
            }
            default -> {
                return scalar(type, value);
            }
        }
    }

    /** The object of a class and arguments as {@link #encode(Recipe, Function)} wrote them. */
    static <T> T make(Map<String, Object> json, Class<T> type, Function<Object, Module> reference) {
        Class<?> found = Classes.find(JsonValues.text(json.get("class")), type);
        Object[] arguments = JsonValues.list(json.get("arguments")).stream()
                .map(argument -> decode(argument, reference))
                .toArray();
        return type.cast(Recipe.make(found, Rebuild.outerIfInner(found), arguments));
    }

    private static Object constant(List<Object> typed) {
        Class<?> type = Classes.find(JsonValues.text(typed.get(0)), Enum.class);
        String name = JsonValues.text(typed.get(1));
        return Arrays.stream(type.isEnum() ? type.getEnumConstants() : new Object[0])
                .filter(constant -> ((Enum<?>) constant).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a saved layer expects a constant of " + type.getName()
                        + ", got " + name + "; it was saved by another version of the class"));
    }

    private static Object array(Class<?> component, List<Object> elements, Function<Object, Module> reference) {
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Object element = decode(elements.get(i), reference);
            try {
                Array.set(array, i, element);
            } catch (IllegalArgumentException | NullPointerException e) {
                throw new IllegalArgumentException(
                        "a saved layer expects an array of " + component.getName() + ", got an element "
                                + elements.get(i) + "; the file is damaged",
                        e);
            }
        }
        return array;
    }

    private static Object scalar(String type, Object value) {
        try {
            return switch (type) {
                case "string" -> (String) value;
                case "boolean" -> (Boolean) value;
                case "char" -> ((String) value).charAt(0);
                case "byte" -> (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE);
                case "short" -> (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE);
                case "int" -> (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
                case "long" -> whole(value, Long.MIN_VALUE, Long.MAX_VALUE);
                case "float" -> Float.valueOf((String) value);
                case "double" -> Double.valueOf((String) value);
                default ->
                    throw new IllegalArgumentException("a saved layer expects arguments of known types, got \"" + type
                            + "\"; it was written by a later version");
            };
        } catch (ClassCastException | NullPointerException | NumberFormatException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "a saved layer expects a " + type + ", got " + value + "; the file is damaged", e);
        }
    }

    private static long whole(Object value, long least, long most) {
        long number = (Long) value;
        if (number < least || number > most) {
            throw new NumberFormatException();
        }
        return number;
    }
}
