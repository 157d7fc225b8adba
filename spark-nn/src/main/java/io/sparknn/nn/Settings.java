package io.sparknn.nn;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/**
 * The Params of modules as Params of what holds them, by path: of a container, or of an estimator that trains a network.
 *
 * <p>Spark's CrossValidatorModel can only save Params of stages it knows, and it knows no stages within ours.
 */
public final class Settings {
    /** Columns are the container's own affair. */
    private static final Set<String> COLUMNS =
            Set.of("inputCol", "inputCols", "outputCol", "handleInvalid", "inputShape");

    private final Map<String, Param<?>> byPath = new LinkedHashMap<>();
    private final Map<String, Param<?>> originals = new LinkedHashMap<>();
    private final Map<String, Module> owners = new LinkedHashMap<>();

    Settings(String id, Module... modules) {
        for (int i = 0; i < modules.length; i++) {
            add(id, i + ".", modules[i], Set.of());
        }
    }

    private Settings(String id, Module network, Set<String> taken) {
        add(id, "", network, taken);
    }

    /**
     * The settings of an estimator's network.
     *
     * @param id the estimator's uid
     * @param network its network, lazy or ready
     * @param taken names of Params that the estimator has itself
     * @return the settings
     */
    public static Settings ofNetwork(String id, Module network, Set<String> taken) {
        return new Settings(id, network, taken);
    }

    private void add(String id, String prefix, Module module, Set<String> taken) {
        for (Param<?> param : ((Params) module).params()) {
            String path = prefix + param.name();
            if (!COLUMNS.contains(param.name()) && !taken.contains(path)) {
                byPath.put(path, named(param, id, path));
                originals.put(path, param);
                owners.put(path, module);
            }
        }
        if (module instanceof Layer layer) {
            layer.layers().forEach((name, child) -> add(id, prefix + name + ".", child, taken));
        }
    }

    /**
     * The Param of a path.
     *
     * @param who asks, for errors
     * @param path such as {@code 0.outFeatures}
     * @return the Param of the holder
     * @throws IllegalArgumentException if there is none, with those there are
     */
    public Param<?> get(String who, String path) {
        Param<?> found = byPath.get(path);
        if (found == null) {
            throw new IllegalArgumentException(
                    who + " expects one of the settings " + byPath.keySet() + ", got \"" + path + "\"");
        }
        return found;
    }

    /**
     * Own Params and those by path.
     *
     * @param own the Params of the holder itself
     * @return all, by name
     */
    public Param<?>[] with(Param<?>... own) {
        Param<?>[] all = Arrays.copyOf(own, own.length + byPath.size());
        int to = own.length;
        for (Param<?> param : byPath.values()) {
            all[to++] = param;
        }
        Arrays.sort(all, (a, b) -> a.name().compareTo(b.name()));
        return all;
    }

    /**
     * A network with what is set by path.
     *
     * @param holder the estimator
     * @param network its network
     * @return a copy; the network itself if nothing is set
     */
    public Module applied(Params holder, Module network) {
        return applied(holder, new Module[] {network})[0];
    }

    /** The modules with what is set here; themselves if nothing is. */
    Module[] applied(Params container, Module... modules) {
        ParamMap extra = new ParamMap();
        byPath.forEach((path, param) -> {
            if (container.isSet(param)) {
                put(extra, path, container.getOrDefault(param));
            }
        });
        if (extra.size() == 0) {
            return modules.clone();
        }
        // All in one go, so that what they share stays shared.
        Rebuild copies = new Rebuild(extra);
        return Arrays.stream(modules)
                .map(module -> (Module) copies.copy(module))
                .toArray(Module[]::new);
    }

    /**
     * Sets the Param of the module itself, through the containers around it: were it set in those, they would make a
     * module of their own of it, and one that is used in several places came apart.
     */
    private void put(ParamMap extra, String path, Object value) {
        Param<?> original = originals.get(path);
        Module owner = owners.get(path);
        Settings within = owner instanceof LazyContainer<?, ?> container ? container.settings() : null;
        if (within == null || !within.byPath.containsKey(original.name())) {
            put(extra, original, value);
            return;
        }
        if (((Params) owner).isSet(original)) {
            put(extra, original, value);
        }
        within.put(extra, original.name(), value);
    }

    @SuppressWarnings("unchecked")
    private static <T> void put(ParamMap map, Param<T> param, Object value) {
        map.put(param, (T) value);
    }

    /** A Param of another name with the type and the JSON form of the original. */
    private static <T> Param<T> named(Param<T> original, String parent, String path) {
        Param<?> named = new Renamed<>(original, parent, path);
        if (original instanceof IntParam) {
            named = new IntParam(parent, path, original.doc());
        } else if (original instanceof LongParam) {
            named = new LongParam(parent, path, original.doc());
        } else if (original instanceof DoubleParam) {
            named = new DoubleParam(parent, path, original.doc());
        } else if (original instanceof BooleanParam) {
            named = new BooleanParam(parent, path, original.doc());
        }
        @SuppressWarnings("unchecked")
        Param<T> result = (Param<T>) named;
        return result;
    }

    private static final class Renamed<T> extends Param<T> {
        private static final long serialVersionUID = 1L;

        private final Param<T> original;

        Renamed(Param<T> original, String parent, String path) {
            super(parent, path, original.doc());
            this.original = original;
        }

        @Override
        public String jsonEncode(T value) {
            return original.jsonEncode(value);
        }

        @Override
        public T jsonDecode(String json) {
            return original.jsonDecode(json);
        }
    }
}
