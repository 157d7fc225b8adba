package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;

/**
 * Constructor arguments as JSON: one object each, whose only key is the type, as {@code {"int": 3}}; modules by their
 * number in the file, so that one used twice stays one.
 */
final class Arguments {
    private Arguments() {}

    static Object encode(Object value, ToIntFunction<Module> number) {
        if (value == null) {
            return null;
        }
        if (value instanceof Module module) {
            return entry("module", (long) number.applyAsInt(module));
        }
        if (value instanceof Init init) {
            return entry("init", encode(init.recipe(), number));
        }
        if (value instanceof Enum) {
            return entry("enum", List.of(((Enum<?>) value).getDeclaringClass().getName(), ((Enum<?>) value).name()));
        }
        if (value instanceof Shape shape) {
            return entry("shape", elements(shape.dims(), number));
        }
        if (value instanceof List) {
            return entry("list", elements(((List<?>) value).toArray(), number));
        }
        if (value.getClass().isArray()) {
            return entry("array", List.of(value.getClass().getComponentType().getName(), elements(value, number)));
        }
        return entry(scalarType(value), scalar(value));
    }

    /** Class name and arguments of a recipe. */
    static Map<String, Object> encode(Recipe recipe, ToIntFunction<Module> number) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("class", recipe.type().getName());
        json.put("arguments", elements(recipe.arguments().toArray(), number));
        return json;
    }

    private static Map<String, Object> entry(String type, Object value) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(type, value);
        return entry;
    }

    private static List<Object> elements(Object array, ToIntFunction<Module> number) {
        List<Object> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(encode(Array.get(array, i), number));
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
            default ->
                throw new IllegalArgumentException("saving a layer expects constructor arguments that are numbers,"
                        + " strings, booleans, enums, arrays, lists, shapes, layers or initialisers, got " + type
                        + "; pass what it was made from instead");
        };
    }

    /** Numbers JSON cannot write, and floats, travel as text. */
    private static Object scalar(Object value) {
        if (value instanceof Float || value instanceof Double) {
            return value.toString();
        }
        return value instanceof Number number ? (Object) number.longValue() : value;
    }

    static Object decode(Object json, IntFunction<Module> module) {
        if (json == null) {
            return null;
        }
        Map.Entry<String, Object> entry =
                JsonValues.object(json).entrySet().iterator().next();
        Object value = entry.getValue();
        switch (entry.getKey()) {
            case "module" -> {
                return module.apply(Math.toIntExact((Long) value));
            }
            case "init" -> {
                return make(JsonValues.object(value), Init.class, module);
            }
            case "enum" -> {
                return constant(JsonValues.list(value));
            }
            case "shape" -> {
                return Shape.of((int[]) array(int.class, JsonValues.list(value), module));
            }
            case "list" -> {
                List<Object> list = new ArrayList<>();
                JsonValues.list(value).forEach(element -> list.add(decode(element, module)));
                return list;
            }
            case "array" -> {
                List<Object> typed = JsonValues.list(value);
                return array(Classes.component((String) typed.get(0)), JsonValues.list(typed.get(1)), module);
            }
            default -> {
                return scalar(entry.getKey(), value);
            }
        }
    }

    /** The object of a class and arguments as {@link #encode(Recipe, ToIntFunction)} wrote them. */
    static <T> T make(Map<String, Object> json, Class<T> type, IntFunction<Module> module) {
        Class<?> found = Classes.find((String) json.get("class"), type);
        Object[] arguments = JsonValues.list(json.get("arguments")).stream()
                .map(argument -> decode(argument, module))
                .toArray();
        return type.cast(Recipe.make(found, null, arguments));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object constant(List<Object> typed) {
        return Enum.valueOf((Class) Classes.find((String) typed.get(0), Enum.class), (String) typed.get(1));
    }

    private static Object array(Class<?> component, List<Object> elements, IntFunction<Module> module) {
        Object array = Array.newInstance(component, elements.size());
        for (int i = 0; i < elements.size(); i++) {
            Array.set(array, i, decode(elements.get(i), module));
        }
        return array;
    }

    private static Object scalar(String type, Object value) {
        return switch (type) {
            case "string", "boolean" -> value;
            case "byte" -> ((Long) value).byteValue();
            case "short" -> ((Long) value).shortValue();
            case "int" -> Math.toIntExact((Long) value);
            case "long" -> value;
            case "float" -> Float.valueOf((String) value);
            case "double" -> Double.valueOf((String) value);
            default ->
                throw new IllegalArgumentException("a saved layer expects arguments of known types, got \"" + type
                        + "\"; it was written by a later version");
        };
    }
}
