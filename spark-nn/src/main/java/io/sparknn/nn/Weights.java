package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import io.sparknn.format.Safetensors;
import io.sparknn.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Named values from a safetensors file, or from a part of its names, on their way into a module. */
final class Weights {
    private static final String LAZY = "sparknn.lazy";
    private static final String DRAWN = "sparknn.drawn";
    private static final String UNDRAWN = "sparknn.undrawn";

    private final Safetensors file;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final String source;

    private Weights(Safetensors file, String source, String prefix) {
        this.file = file;
        this.source = source;
        file.names().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> names.put(name.substring(prefix.length()), name));
    }

    static void save(Module module, String path) {
        Fields.check(module);
        try (OutputStream out = Files.create(path)) {
            write(module, out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write weights to " + path, e);
        }
    }

    static void write(Module module, OutputStream out) throws IOException {
        Safetensors.Builder builder = Safetensors.builder().metadata("format", "pt");
        Map<String, Parameter> state = ModuleState.of(module);
        if (module instanceof LazyLayer) {
            builder.metadata(LAZY, Recipe.name(module.getClass()));
            builder.metadata(UNDRAWN, Json.write(removeUndrawn(state)));
        }
        state.forEach((name, parameter) -> {
            float[] values = parameter.load(true);
            if (parameter.isBuffer() && isCounter(name) && isCount(values)) {
                builder.addWhole(name, parameter.shape(), values);
            } else {
                builder.add(name, parameter.shape(), values);
            }
        });
        builder.metadata(DRAWN, Json.write(drawn(state)));
        builder.build().write(out);
    }

    /** What is to be drawn when a lazy module is built, under the seed it is built with, is not drawn to be written. */
    private static List<Object> removeUndrawn(Map<String, Parameter> state) {
        List<Object> undrawn = new ArrayList<>();
        state.forEach((name, parameter) -> {
            if (parameter.isUndrawn()) {
                undrawn.add(name);
            }
        });
        state.keySet().removeAll(undrawn);
        return undrawn;
    }

    /** What PyTorch keeps as an int64, the one such member of its layers. */
    private static boolean isCounter(String name) {
        return name.substring(name.lastIndexOf('.') + 1).equals("num_batches_tracked");
    }

    /** Layers of one's own may keep something else under that name. */
    private static boolean isCount(float... values) {
        return values.length == 1 && values[0] >= 0 && values[0] <= 1 << 24 && values[0] == (int) values[0];
    }

    /** Values that nobody trained: a loaded layer must still say so. */
    private static List<Object> drawn(Map<String, Parameter> state) {
        List<Object> drawn = new ArrayList<>();
        state.forEach((name, parameter) -> {
            if (!parameter.isGiven()) {
                drawn.add(name);
            }
        });
        return drawn;
    }

    private Set<Object> listed(String key) {
        try {
            return new HashSet<>(JsonValues.list(Json.parse(file.metadata().getOrDefault(key, "[]"))));
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    source + " expects names in its metadata " + key + ", got " + e.getMessage(), e);
        }
    }

    static byte[] bytes(Module module) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            write(module, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static Weights load(String path, String prefix) {
        try {
            return new Weights(WeightsFiles.read(path, prefix), path, prefix);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read weights from " + path + ": " + e.getMessage(), e);
        }
    }

    static Weights of(byte[] bytes) {
        try {
            return new Weights(Safetensors.read(bytes), "memory", "");
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read weights: " + e.getMessage(), e);
        }
    }

    /** Whether these are the weights of a lazy module: none. */
    boolean isLazy() {
        return file.metadata().containsKey(LAZY) && names.isEmpty();
    }

    Set<String> names() {
        return names.keySet();
    }

    /** The names under a prefix, without it. */
    Weights part(String prefix) {
        Weights part = new Weights(file, source, "\0");
        names.forEach((name, full) -> {
            if (name.startsWith(prefix)) {
                part.names.put(name.substring(prefix.length()), full);
            }
        });
        return part;
    }

    /** The shape of a tensor. */
    Shape shape(String name, String who) {
        if (!names.containsKey(name)) {
            throw new IllegalArgumentException(
                    who + " expects \"" + name + "\" in " + source + ", got " + names.keySet());
        }
        return file.shape(names.get(name));
    }

    /** Gives every parameter and buffer of the module its value, after all names and shapes are known to fit. */
    void into(Module module) {
        Map<String, Parameter> state = ModuleState.of(module);
        String who = module instanceof Layer layer ? layer.who() : ((LazyLayer<?>) module).who();
        if (module instanceof LazyLayer) {
            state.keySet().removeAll(listed(UNDRAWN));
        }
        if (isLazy() && !state.isEmpty()) {
            throw new IllegalArgumentException(who + " expects weights, got " + source + " of a lazy "
                    + file.metadata().get(LAZY) + ", which has none; fit it before saving");
        }
        Set<String> missing = new TreeSet<>(state.keySet());
        missing.removeAll(names.keySet());
        Set<String> unknown = new TreeSet<>(names.keySet());
        unknown.removeAll(state.keySet());
        // PyTorch counts batches in a scalar that no computation here needs.
        unknown.removeIf(Weights::isCounter);
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw new IllegalArgumentException(who + " expects the weights " + state.keySet() + ", got " + source
                    + " with missing " + missing + " and unknown " + unknown + "; load a part by its prefix");
        }
        state.forEach((name, parameter) -> {
            // A counter may come as one value on an axis: PyTorch takes both, too.
            boolean alone = parameter.shape().rank() == 0 && shape(name, who).equals(Shape.of(1));
            if (!alone && !parameter.shape().equals(shape(name, who))) {
                throw new IllegalArgumentException(parameter.describe() + " expects shape " + parameter.shape()
                        + ", got " + shape(name, who) + " for \"" + names.get(name) + "\" in " + source);
            }
        });
        Set<Object> drawn = listed(DRAWN);
        state.forEach((name, parameter) -> {
            float[] values = file.values(names.get(name));
            if (drawn.contains(names.get(name))) {
                parameter.adoptDrawn(values);
            } else {
                parameter.adopt(values);
            }
        });
    }
}
