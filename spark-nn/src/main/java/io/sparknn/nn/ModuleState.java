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
        }
        List<Module> arguments = arguments(module);
        for (int i = 0; i < arguments.size(); i++) {
            Module argument = arguments.get(i);
            if (module instanceof LazyLayer) {
                visit(argument, prefix + i + ".", state, seen);
            } else if (!seen.contains(argument)) {
                // A layer that another one uses without holding it as a child, as a decoder tied to its encoder.
                visit(argument, prefix + "arguments." + i + ".", state, seen);
            }
        }
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
