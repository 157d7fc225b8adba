package io.sparknn.nn;

import io.sparknn.tensor.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Refuses fields that copying, saving and shipping would lose: a copy is made by the constructor, so a field survives
 * if the constructor sets it, which is what {@code final} says, and if no trained value hides in it unregistered.
 */
final class Fields {
    private Fields() {}

    /** Checks a module and, of a ready one, all layers within it, also those that a constructor made by itself. */
    static void check(Module module) {
        if (module instanceof Layer layer) {
            layer.members().allLayers().forEach(Fields::checkOne);
        } else {
            checkOne(module);
        }
    }

    private static void checkOne(Module module) {
        Set<Object> registered = registered(module);
        for (Class<?> type = module.getClass(); !isOurs(type); type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers()) && !Modifier.isTransient(field.getModifiers())) {
                    check(module, field, registered);
                }
            }
        }
    }

    private static boolean isOurs(Class<?> type) {
        return type == Layer.class || type == LazyLayer.class || type == null;
    }

    private static void check(Module module, Field field, Set<Object> registered) {
        String name = Recipe.name(module.getClass()) + "." + field.getName();
        if (field.getName().startsWith("$") || field.getName().startsWith("this$")) {
            return;
        }
        if (!Modifier.isFinal(field.getModifiers())) {
            throw new IllegalStateException(name + " would be lost when the layer is copied or saved; make it final and"
                    + " set it from the constructor's arguments, or mark it transient if it is only a cache");
        }
        Object value;
        try {
            field.setAccessible(true);
            value = field.get(module);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read " + name, e);
        }
        elements(value).forEach(element -> {
            if (element instanceof Module && !registered.contains(element)) {
                throw new IllegalStateException(name + lost(module));
            }
            if (element instanceof Tensor && !registered.contains(element)) {
                throw new IllegalStateException(
                        name + " holds a tensor that is not registered, so it would be lost; write"
                                + " addParameter or addBuffer in the constructor");
            }
        });
    }

    private static String lost(Module module) {
        return module instanceof Layer
                ? " holds a layer that is not registered, so its parameters would be lost; write"
                        + " addLayer(\"name\", layer) in the constructor"
                : " holds a module that is no constructor argument, so its settings would be lost; pass it up with"
                        + " super(...), or make it in build";
    }

    private static Collection<?> elements(Object value) {
        if (value instanceof Object[] array) {
            return java.util.Arrays.asList(array);
        }
        if (value instanceof Map) {
            return ((Map<?, ?>) value).values();
        }
        return value instanceof Collection ? (Collection<?>) value : Collections.singletonList(value);
    }

    /** What survives by itself: members, and arguments, which are made again. */
    private static Set<Object> registered(Module module) {
        Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
        Rebuild.recipe(module).arguments().forEach(argument -> {
            known.add(argument);
            known.addAll(elements(argument));
        });
        known.remove(null);
        for (Module argument : known.stream().filter(Module.class::isInstance).toArray(Module[]::new)) {
            if (argument instanceof Layer layer) {
                known.addAll(layer.members().state().values());
            }
        }
        if (module instanceof Layer layer) {
            known.addAll(layer.layers().values());
            known.addAll(layer.members().state().values());
        }
        return known;
    }
}
