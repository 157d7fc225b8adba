package io.sparknn.nn;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.catalyst.encoders.OuterScopes;
import scala.Function0;

/**
 * Makes modules again from their recipes: all of a network in one go, each module once, so that what was shared is
 * shared in the copy.
 */
final class Rebuild {
    private static final ThreadLocal<Pending> PENDING = new ThreadLocal<>();

    private final ParamMap extra;
    private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();

    Rebuild(ParamMap extra) {
        this.extra = extra;
    }

    /** The uid that the object of this class being made shall have, or null for a new one. */
    static String pendingUid(Class<?> type) {
        Pending pending = PENDING.get();
        if (pending == null || pending.type != type) {
            return null;
        }
        PENDING.remove();
        return pending.uid;
    }

    /** Runs a constructor whose object gets the given uid. */
    static <T> T withUid(Class<?> type, String uid, java.util.function.Supplier<T> constructor) {
        PENDING.set(new Pending(type, uid));
        try {
            return constructor.get();
        } finally {
            PENDING.remove();
        }
    }

    Object copy(Module module) {
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
        Object made =
                withUid(module.getClass(), module.uid(), () -> recipe.make(outer, argument -> arguments.get(argument)));
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
        Function0<Object> scope = OuterScopes.getOuterScope(type);
        if (scope == null) {
            throw new IllegalArgumentException(
                    Recipe.name(type) + " expects the object around it, got none: it is an inner"
                            + " class, or was defined in a notebook cell of another session; run that cell first, or make the"
                            + " class a top-level or static one");
        }
        return scope.apply();
    }

    private Object map(Object argument) {
        if (argument instanceof Module module) {
            return copy(module);
        }
        if (argument instanceof Object[] from) {

            Object to = Array.newInstance(from.getClass().getComponentType(), from.length);
            for (int i = 0; i < from.length; i++) {
                Array.set(to, i, map(from[i]));
            }
            return to;
        }
        if (argument instanceof List) {
            List<Object> to = new ArrayList<>();
            ((List<?>) argument).forEach(element -> to.add(map(element)));
            return to;
        }
        return argument;
    }

    /** Params, values, and the same for children that the constructor made by itself. */
    private void transfer(Module from, Module to) {
        ((Params) from).copyValues((Params) to, extra);
        if (!(from instanceof Layer source)) {
            return;
        }

        Layer target = (Layer) to;
        target.setParent(source.parent());
        source.members()
                .own()
                .forEach((name, parameter) -> target.members().own().get(name).takeFrom(parameter));
        source.layers().forEach((name, child) -> {
            Layer copy = target.layers().get(name);
            if (copies.putIfAbsent(child, copy) == null) {
                transfer(child, copy);
            }
        });
    }

    private static final class Pending {
        private final Class<?> type;
        private final String uid;

        Pending(Class<?> type, String uid) {
            this.type = type;
            this.uid = uid;
        }
    }
}
