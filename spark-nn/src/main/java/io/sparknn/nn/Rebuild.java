package io.sparknn.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/**
 * Makes modules again from their recipes: all of a network in one go, each module once, so that what was shared is
 * shared in the copy.
 */
final class Rebuild {
    private static final ThreadLocal<Pending> PENDING = new ThreadLocal<>();

    private final ParamMap extra;
    private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
    private InnerLayers innerLayers;

    Rebuild(ParamMap extra) {
        this.extra = extra;
    }

    /** The uid that the object of this class being made shall have, or null for a new one. */
    static String pendingUid(Class<?> type) {
        Pending pending = PENDING.get();
        return pending == null ? null : pending.next(type);
    }

    /**
     * Runs a constructor whose object gets the given uid, and so do the layers it makes by itself: Params of theirs in
     * a grid must find them in the copy.
     *
     * @param inner class and uid of each of those, in the order in which they are made
     */
    static <T> T withUids(Class<?> type, String uid, List<String[]> inner, Supplier<T> constructor) {
        Pending before = PENDING.get();
        PENDING.set(new Pending(type, uid, inner));
        try {
            return constructor.get();
        } finally {
            if (before == null) {
                PENDING.remove();
            } else {
                PENDING.set(before);
            }
        }
    }

    /** Class and uid of the layers that the constructor of a module makes by itself, in that order. */
    static List<String[]> innerUids(Module module) {
        List<String[]> inner = new ArrayList<>();
        for (Layer layer : InnerLayers.madeBy(module)) {
            inner.add(new String[] {layer.getClass().getName(), layer.uid()});
        }
        return inner;
    }

    Object copy(Module module) {
        if (innerLayers == null) {
            innerLayers = InnerLayers.of(module);
            // Values are drawn by the place in the network around, which a copy of a part no longer has.
            InnerLayers.partsOfOthers(module)
                    .forEach(part -> part.members().state().values().forEach(parameter -> parameter.load(true)));
        }
        InnerLayers.Place place = innerLayers.placeOf(module);
        if (place != null && !copies.containsKey(module)) {
            copy(place.owner());
        }
        Object known = copies.get(module);
        if (known != null) {
            return known;
        }
        Fields.check(module);
        Recipe recipe = recipe(module);
        // Arguments first: making them would use up the uid meant for this module.
        IdentityHashMap<Object, Object> arguments = new IdentityHashMap<>();
        recipe.arguments().forEach(argument -> arguments.put(argument, map(argument)));
        Object outer = outer(module);
        Object made = withUids(
                module.getClass(),
                module.uid(),
                innerUids(module),
                () -> recipe.make(outer, argument -> arguments.get(argument)));
        copies.put(module, made);
        transfer(module, (Module) made);
        return made;
    }

    static Recipe recipe(Module module) {
        return module instanceof Layer layer ? layer.recipe() : ((LazyLayer<?>) module).recipe();
    }

    /** The object that a class within it needs as its hidden first argument: the one it was made with, if it kept it. */
    static Object outer(Module module) {
        Class<?> outerType = recipe(module).outerType();
        if (outerType == null) {
            return null;
        }
        Object kept = Recipe.outerOf(module, outerType);
        return kept != null ? kept : outerInSession(module.getClass());
    }

    /** The cell of a notebook that a class was defined in, if it was defined in this session. */
    static Object outerInSession(Class<?> type) {
        Object outer = NotebookCell.around(type);
        if (outer == null) {
            throw new IllegalArgumentException(
                    Recipe.name(type) + " expects the object around it, got none: it is an inner"
                            + " class, or was defined in a notebook cell of another session; run that cell first, or make the"
                            + " class a top-level or static one");
        }
        return outer;
    }

    /** The same where every constructor of a class takes the object around it first, else null. */
    static Object outerIfInner(Class<?> type) {
        boolean inner = Arrays.stream(type.getDeclaredConstructors())
                .allMatch(constructor -> constructor.getParameterCount() > 0
                        && type.getName().startsWith(constructor.getParameterTypes()[0].getName() + "$"));
        return inner ? outerInSession(type) : null;
    }

    private Object map(Object argument) {
        return Arguments.map(argument, element -> element instanceof Module module ? copy(module) : element);
    }

    /** Params, values, and the same for children that the constructor made by itself. */
    private void transfer(Module from, Module to) {
        ((Params) from).copyValues((Params) to, extra);
        if (!(from instanceof Layer source)) {
            return;
        }

        Layer target = (Layer) to;
        target.setParent(source.parent());
        source.members().own().forEach((name, parameter) -> parameter(target, parameter)
                .takeFrom(parameter));
        source.layers().forEach((name, child) -> {
            Layer copy = target.layers().get(name);
            if (copy == null || copy.getClass() != child.getClass()) {
                throw new IllegalStateException(source.who() + " expects its constructor to register the layer \""
                        + name + "\" again, got " + copy + "; let it depend on the constructor's arguments only");
            }
            if (copies.putIfAbsent(child, copy) == null) {
                Fields.check(child);
                transfer(child, copy);
            }
        });
    }

    private static Parameter parameter(Layer target, Parameter source) {
        Parameter found = target.members().own().get(source.name());
        if (found == null || !found.shape().equals(source.shape())) {
            throw new IllegalStateException(target.who() + " expects its constructor to register \"" + source.name()
                    + "\" of shape " + source.shape() + " again, got " + (found == null ? "none" : found.shape())
                    + "; let it depend on the constructor's arguments only");
        }
        return found;
    }

    private static final class Pending {
        private final Class<?> type;
        private String uid;
        private final List<String[]> inner;

        Pending(Class<?> type, String uid, List<String[]> inner) {
            this.type = type;
            this.uid = uid;
            this.inner = new ArrayList<>(inner);
        }

        String next(Class<?> made) {
            String next = null;
            if (uid != null) {
                if (made == type) {
                    next = uid;
                    uid = null;
                }
                return next;
            }
            for (Iterator<String[]> all = inner.iterator(); next == null && all.hasNext(); ) {
                String[] one = all.next();
                if (one[0].equals(made.getName())) {
                    next = one[1];
                    all.remove();
                }
            }
            return next;
        }
    }
}
