package io.sparknn.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The layers of a network that the constructors of others made by themselves. They are made again by those constructors,
 * so wherever else such a layer is used, as by a decoder tied to it, it goes by its owner and its path there.
 */
final class InnerLayers {
    private final IdentityHashMap<Module, Place> places = new IdentityHashMap<>();

    private InnerLayers() {}

    static InnerLayers of(Module root) {
        InnerLayers inner = new InnerLayers();
        Set<Module> modules = Collections.newSetFromMap(new IdentityHashMap<>());
        reach(root, modules);
        for (Module module : modules) {
            if (module instanceof Layer layer) {
                inner.place(layer, layer, "", given(layer));
            }
        }
        return inner;
    }

    /** Where the layer belongs, or null for a module that stands for itself. */
    Place placeOf(Module module) {
        return places.get(module);
    }

    /** The layers that the constructor of a module made, in the order in which it made them. */
    static List<Layer> madeBy(Module module) {
        List<Layer> made = new ArrayList<>();
        if (module instanceof Layer layer) {
            Set<Module> given = given(layer);
            for (Layer inner : layer.members().allLayers()) {
                if (inner != layer && !given.contains(inner)) {
                    made.add(inner);
                }
            }
        }
        made.sort(Comparator.comparingLong(inner -> inner.members().born()));
        return made;
    }

    /** Layers that stand for themselves in this network, but have their place, and so their seed, in another one. */
    static List<Layer> partsOfOthers(Module root) {
        Set<Module> modules = Collections.newSetFromMap(new IdentityHashMap<>());
        reach(root, modules);
        Set<Layer> within = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Module module : modules) {
            if (module instanceof Layer layer) {
                within.addAll(layer.members().allLayers());
            }
        }
        List<Layer> parts = new ArrayList<>();
        for (Layer layer : within) {
            Layer parent = layer.members().parent();
            if (parent != null && !within.contains(parent)) {
                parts.add(layer);
            }
        }
        return parts;
    }

    private void place(Layer owner, Layer at, String prefix, Set<Module> given) {
        at.layers().forEach((name, child) -> {
            if (!given.contains(child)) {
                places.putIfAbsent(child, new Place(owner, prefix + name));
                place(owner, child, prefix + name + ".", given);
            }
        });
    }

    /** All that a layer got by its arguments. */
    private static Set<Module> given(Layer layer) {
        Set<Module> given = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Module> reached = Collections.newSetFromMap(new IdentityHashMap<>());
        ModuleState.arguments(layer).forEach(argument -> reach(argument, reached));
        for (Module module : reached) {
            given.add(module);
            if (module instanceof Layer argument) {
                given.addAll(argument.members().allLayers());
            }
        }
        return given;
    }

    private static void reach(Module module, Set<Module> reached) {
        if (reached.add(module)) {
            ModuleState.arguments(module).forEach(argument -> reach(argument, reached));
        }
    }

    /** A layer by the module whose constructor made it. */
    static final class Place {
        private final Layer owner;
        private final String path;

        Place(Layer owner, String path) {
            this.owner = owner;
            this.path = path;
        }

        Layer owner() {
            return owner;
        }

        String path() {
            return path;
        }
    }
}
