package io.sparknn.nn;

import io.sparknn.tensor.Tensor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
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
        Set<Object> held = identitySet();
        collect(value, held);
        held.removeAll(registered);
        for (Object element : held) {
            if (element instanceof Module) {
                throw new IllegalStateException(name + lost(module));
            }
            if (element instanceof Tensor) {
                throw new IllegalStateException(
                        name + " holds a tensor that is not registered, so it would be lost; write"
                                + " addParameter or addBuffer in the constructor");
            }
        }
    }

    private static String lost(Module module) {
        return module instanceof Layer
                ? " holds a layer that is not registered, so its parameters would be lost; write"
                        + " addLayer(\"name\", layer) in the constructor"
                : " holds a module that is no constructor argument, so its settings would be lost; pass it up with"
                        + " super(...), or make it in build";
    }

    /** The value and, if it is a container of Java's or Scala's, all that is in it. */
    private static void collect(Object value, Set<Object> held) {
        if (value == null || !held.add(value)) {
            return;
        }
        if (value instanceof Object[] array) {
            Arrays.stream(array).forEach(element -> collect(element, held));
        } else if (value instanceof Map) {
            ((Map<?, ?>) value).forEach((key, element) -> {
                collect(key, held);
                collect(element, held);
            });
        } else if (value instanceof Collection) {
            ((Collection<?>) value).forEach(element -> collect(element, held));
        } else if (value instanceof Optional) {
            ((Optional<?>) value).ifPresent(element -> collect(element, held));
        } else if (value instanceof scala.collection.Iterable) {
            collectScala((scala.collection.Iterable<?>) value, held);
        } else if (value instanceof scala.Product product) { // options, and the pairs of a map
            collect(product.productIterator(), held);
        }
    }

    @SuppressWarnings("deprecation") // its successor does not exist in Scala 2.12
    private static void collectScala(scala.collection.Iterable<?> value, Set<Object> held) {
        if (value.hasDefiniteSize()) {
            collect(value.iterator(), held);
        }
    }

    private static void collect(scala.collection.Iterator<?> all, Set<Object> held) {
        while (all.hasNext()) {
            collect(all.next(), held);
        }
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    /** What survives by itself: members, and arguments, which are made again. */
    private static Set<Object> registered(Module module) {
        Set<Object> known = identitySet();
        Rebuild.recipe(module).arguments().forEach(argument -> collect(argument, known));
        for (Module argument : known.stream().filter(Module.class::isInstance).toArray(Module[]::new)) {
            if (argument instanceof Layer layer) {
                known.addAll(layer.members().allLayers());
                known.addAll(layer.members().state().values());
            }
        }
        if (module instanceof Layer layer) {
            known.addAll(layer.members().allLayers());
            known.addAll(layer.members().state().values());
        }
        return known;
    }
}
