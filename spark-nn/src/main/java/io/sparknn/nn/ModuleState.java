package io.sparknn.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All parameters and buffers that belong to a module, under the names a file gives them: PyTorch's for a ready layer;
 * for a lazy one, what the ready layers among its arguments hold, by the argument's place.
 */
final class ModuleState {
    private ModuleState() {}

    static Map<String, Parameter> of(Module root) {
        Map<String, Parameter> state = new LinkedHashMap<>();
        visit(root, "", state, Collections.newSetFromMap(new IdentityHashMap<>()));
        return state;
    }

    private static void visit(Module module, String prefix, Map<String, Parameter> state, Set<Module> seen) {
        if (module instanceof Layer layer) {
            layer.members().state().forEach((path, parameter) -> state.put(prefix + path, parameter));
            seen.addAll(layer.members().allLayers());
            Set<Module> asked = Collections.newSetFromMap(new IdentityHashMap<>());
            strangers(layer, prefix, state, seen, asked);
            return;
        }
        List<Module> arguments = arguments(module);
        for (int i = 0; i < arguments.size(); i++) {
            visit(arguments.get(i), prefix + i + ".", state, seen);
        }
    }

    /** Layers that one of these uses without holding it as a child, as a decoder tied to an encoder elsewhere. */
    private static void strangers(
            Layer layer, String prefix, Map<String, Parameter> state, Set<Module> seen, Set<Module> asked) {
        if (!asked.add(layer)) {
            return;
        }
        List<Module> arguments = arguments(layer);
        for (int i = 0; i < arguments.size(); i++) {
            if (!seen.contains(arguments.get(i))) {
                visit(arguments.get(i), prefix + "arguments." + i + ".", state, seen);
            }
        }
        layer.layers().forEach((name, child) -> strangers(child, prefix + name + ".", state, seen, asked));
    }

    /** The modules among the constructor arguments, arrays and lists laid out. */
    static List<Module> arguments(Module module) {
        List<Module> found = new java.util.ArrayList<>();
        Rebuild.recipe(module).arguments().forEach(argument -> collect(argument, found));
        return found;
    }

    private static void collect(Object argument, List<Module> found) {
        if (argument instanceof Module module) {
            found.add(module);
        } else if (argument instanceof Object[] array) {
            for (Object element : array) {
                collect(element, found);
            }
        } else if (argument instanceof List) {
            ((List<?>) argument).forEach(element -> collect(element, found));
        }
    }
}
