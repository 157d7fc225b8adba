package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A network without its values as JSON: a numbered list of modules, each with class, uid, constructor arguments and set
 * Params; modules among the arguments stand there by number. Children that a constructor makes by itself are listed
 * under their parent, for their Params.
 */
final class Definition {
    private static final long FORMAT = 1;

    private Definition() {}

    static String encode(Module root) {
        Encoder encoder = new Encoder();
        encoder.number(root);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("modules", encoder.nodes);
        return Json.write(json);
    }

    /** The modules of a network in the order of their numbers; only those that are arguments, and the root. */
    static List<Module> modules(Module root) {
        Encoder encoder = new Encoder();
        encoder.number(root);
        return encoder.modules;
    }

    /** Finds the hidden first constructor argument of the module of a number. */
    interface Outers {
        Object of(int number, Class<?> type);
    }

    static Module decode(String text, Outers outers) {
        Map<String, Object> json;
        try {
            json = JsonValues.object(Json.parse(text));
        } catch (FormatException e) {
            throw new IllegalArgumentException("a saved layer expects a definition in JSON, got " + e.getMessage(), e);
        }
        if (!Long.valueOf(FORMAT).equals(json.get("format"))) {
            throw new IllegalArgumentException("a saved layer expects format " + FORMAT + ", got " + json.get("format")
                    + "; it was written by a later version of spark-nn");
        }
        return new Decoder(JsonValues.list(json.get("modules")), outers).module(0);
    }

    private static final class Encoder {
        private final IdentityHashMap<Module, Integer> numbers = new IdentityHashMap<>();
        private final List<Module> modules = new ArrayList<>();
        private final List<Object> nodes = new ArrayList<>();

        int number(Module module) {
            Integer known = numbers.get(module);
            if (known != null) {
                return known;
            }
            Fields.check(module);
            int number = modules.size();
            numbers.put(module, number);
            modules.add(module);
            Map<String, Object> node = new LinkedHashMap<>();
            nodes.add(node);
            node.put("uid", module.uid());
            node.putAll(Arguments.encode(Rebuild.recipe(module), this::number));
            node.put("params", params(module));
            node.put("layers", inner(module));
            return number;
        }

        /** Children that are no arguments: only their Params, for the constructor makes them. */
        private Map<String, Object> inner(Module module) {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (module instanceof Layer layer) {
                layer.layers().forEach((name, child) -> {
                    if (!numbers.containsKey(child)) {
                        Map<String, Object> node = new LinkedHashMap<>();
                        node.put("params", params(child));
                        node.put("layers", inner(child));
                        inner.put(name, node);
                    }
                });
            }
            return inner;
        }

        private static Map<String, Object> params(Module module) {
            Map<String, Object> set = new LinkedHashMap<>();
            for (Param<?> param : ((Params) module).params()) {
                encode(module, param, set);
            }
            return set;
        }

        private static <T> void encode(Module module, Param<T> param, Map<String, Object> set) {
            if (((Params) module).isSet(param)) {
                set.put(param.name(), param.jsonEncode(((Params) module).getOrDefault(param)));
            }
        }
    }

    private static final class Decoder {
        private final List<Object> nodes;
        private final Outers outers;
        private final Map<Integer, Module> made = new LinkedHashMap<>();
        private final List<Integer> open = new ArrayList<>();

        Decoder(List<Object> nodes, Outers outers) {
            this.nodes = nodes;
            this.outers = outers;
        }

        Module module(int number) {
            if (made.containsKey(number)) {
                return made.get(number);
            }
            if (number < 0 || number >= nodes.size() || open.contains(number)) {
                throw new IllegalArgumentException(
                        "a saved layer expects the number of a module, got " + number + "; the file is damaged");
            }
            open.add(number);
            Map<String, Object> node = JsonValues.object(nodes.get(number));
            Class<?> type = Classes.find((String) node.get("class"), Module.class);
            Object[] arguments = JsonValues.list(node.get("arguments")).stream()
                    .map(argument -> Arguments.decode(argument, this::module))
                    .toArray();
            Object outer = outers.of(number, type);
            Module module =
                    (Module) Rebuild.withUid(type, (String) node.get("uid"), () -> Recipe.make(type, outer, arguments));
            apply(node, module);
            open.remove((Integer) number);
            made.put(number, module);
            return module;
        }

        private void apply(Map<String, Object> node, Module module) {
            Params params = (Params) module;
            JsonValues.object(node.get("params"))
                    .forEach((name, value) -> set(params, params.getParam(name), (String) value));
            JsonValues.object(node.get("layers")).forEach((name, inner) -> {
                Layer child = ((Layer) module).layers().get(name);
                if (child == null) {
                    throw new IllegalArgumentException(
                            "a saved " + Recipe.name(module.getClass()) + " expects a layer \"" + name
                                    + "\", got none; it was saved by another version of the class");
                }
                apply(JsonValues.object(inner), child);
            });
        }

        private static <T> void set(Params params, Param<T> param, String json) {
            params.set(param, param.jsonDecode(json));
        }
    }
}
