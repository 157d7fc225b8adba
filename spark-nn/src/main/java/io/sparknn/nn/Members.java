package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/** The parameters, buffers and child layers that a layer registered, and its place in the network around it. */
final class Members {
    private static final AtomicLong BIRTHS = new AtomicLong();

    private final long born = BIRTHS.incrementAndGet();
    private Layer owner;
    private final Map<String, Parameter> tensors = new LinkedHashMap<>();
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private Layer parent;
    private String nameInParent;

    Members(Layer owner) {
        this.owner = owner;
    }

    Parameter addTensor(String name, boolean buffer, Init init, int... shape) {
        checkName(name);
        if (Arrays.stream(shape).anyMatch(size -> size < 1)) {
            throw new IllegalArgumentException(owner.who() + " expects sizes of 1 or more for " + name + ", got "
                    + Shape.of(
                            Arrays.stream(shape).map(size -> Math.max(size, -1)).toArray()) + Arrays.toString(shape));
        }
        Parameter parameter = new Parameter(owner, name, buffer, init, Shape.of(shape));
        tensors.put(name, parameter);
        return parameter;
    }

    void addLayer(String name, Layer child) {
        checkName(name);
        if (child == null) {
            throw new IllegalArgumentException(owner.who() + " expects a layer for " + name + ", got null");
        }
        layers.put(name, child);
        // A layer used in several places is named after the first; so it draws the same values wherever it is read.
        if (child.members().parent == null) {
            child.members().parent = owner;
            child.members().nameInParent = name;
        }
    }

    private void checkName(String name) {
        if (name.isEmpty() || name.indexOf('.') >= 0) {
            throw new IllegalArgumentException(owner.who() + " expects names without dots, got \"" + name + "\"");
        }
        if (tensors.containsKey(name) || layers.containsKey(name)) {
            throw new IllegalArgumentException(owner.who() + " expects each name once, got \"" + name + "\" twice");
        }
    }

    /** A number that grows with every layer made. */
    long born() {
        return born;
    }

    /** Makes another object with the same fields the owner. */
    void moveTo(Layer other) {
        layers.values().forEach(child -> {
            if (child.members().parent == owner) {
                child.members().parent = other;
            }
        });
        tensors.values().forEach(parameter -> parameter.moveTo(other));
        owner = other;
    }

    Layer parent() {
        return parent;
    }

    String path(String name) {
        String prefix = parent == null ? "" : parent.members().path(nameInParent);
        return prefix.isEmpty() || name.isEmpty() ? prefix + name : prefix + "." + name;
    }

    Map<String, Layer> layers() {
        return Collections.unmodifiableMap(layers);
    }

    /** The layer of a path such as {@code net.0}, or null. */
    Layer layer(String path) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            return layers.get(path);
        }
        Layer first = layers.get(path.substring(0, dot));
        return first == null ? null : first.members().layer(path.substring(dot + 1));
    }

    Map<String, Parameter> own() {
        return Collections.unmodifiableMap(tensors);
    }

    Parameter tensor(String path) {
        int dot = path.indexOf('.');
        Parameter found = dot < 0 ? tensors.get(path) : null;
        if (dot >= 0 && layers.containsKey(path.substring(0, dot))) {
            return layers.get(path.substring(0, dot)).parameter(path.substring(dot + 1));
        }
        if (found == null) {
            throw new IllegalArgumentException(
                    owner.who() + " expects one of the parameters " + state().keySet() + ", got \"" + path + "\"");
        }
        return found;
    }

    Map<String, Parameter> parameters(boolean buffers) {
        Map<String, Parameter> found = new LinkedHashMap<>();
        Set<Parameter> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        visit("", (path, parameter) -> {
            if (parameter.isBuffer() == buffers && seen.add(parameter)) {
                found.put(path, parameter);
            }
        });
        return found;
    }

    /** Every parameter and buffer under every path it has, as PyTorch's state_dict: tied ones several times. */
    Map<String, Parameter> state() {
        Map<String, Parameter> state = new LinkedHashMap<>();
        visit("", state::put);
        return state;
    }

    private void visit(String prefix, BiConsumer<String, Parameter> action) {
        tensors.forEach((name, parameter) -> action.accept(prefix + name, parameter));
        layers.forEach((name, layer) -> layer.members().visit(prefix + name + ".", action));
    }

    /** All layers within and the owner, each once, children first. */
    List<Layer> allLayers() {
        List<Layer> all = new ArrayList<>();
        collect(all, Collections.newSetFromMap(new IdentityHashMap<>()));
        return all;
    }

    private void collect(List<Layer> all, Set<Layer> seen) {
        if (seen.add(owner)) {
            layers.values().forEach(layer -> layer.members().collect(all, seen));
            all.add(owner);
        }
    }
}
