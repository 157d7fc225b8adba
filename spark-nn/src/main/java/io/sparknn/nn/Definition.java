package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * A network without its values as JSON: a numbered list of modules, each with class, uid, constructor arguments and set
 * Params; modules among the arguments stand there by number. Children that a constructor makes by itself are listed
 * under their parent, for their Params.
 */
final class Definition {
    private static final long FORMAT = 1;
    private static final int MAX_NESTING = 100;

    private Definition() {}

    static String encode(Module root) {
        Encoder encoder = new Encoder(root);
        encoder.number(root);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("format", FORMAT);
        json.put("modules", encoder.nodes);
        return Json.write(json);
    }

    /** The modules of a network in the order of their numbers; only those that are arguments, and the root. */
    static List<Module> modules(Module root) {
        Encoder encoder = new Encoder(root);
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
                    + "; it was written by a later version of spark-nn, or is damaged");
        }
        return new Decoder(JsonValues.list(json.get("modules")), outers).module(0);
    }

    private static final class Encoder {
        private final IdentityHashMap<Module, Integer> numbers = new IdentityHashMap<>();
        private final List<Module> modules = new ArrayList<>();
        private final List<Object> nodes = new ArrayList<>();
        private final InnerLayers innerLayers;
        private int depth;

        Encoder(Module root) {
            innerLayers = InnerLayers.of(root);
        }

        /** How arguments name a module: by its number, or by that of the one that made it and its path there. */
        private Object reference(Module module) {
            InnerLayers.Place place = innerLayers.placeOf(module);
            return place == null ? (Object) (long) number(module) : List.of((long) number(place.owner()), place.path());
        }

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
            if (++depth > MAX_NESTING) {
                throw new IllegalArgumentException("a network expects at most " + MAX_NESTING
                        + " modules within each other, got more; put more of them side by side");
            }
            node.putAll(Arguments.encode(Rebuild.recipe(module), this::reference));
            depth--;
            node.put("params", params(module));
            node.put("made", made(module));
            node.put("layers", inner(module, module));
            return number;
        }

        private static List<Object> made(Module module) {
            List<Object> made = new ArrayList<>();
            Rebuild.innerUids(module).forEach(inner -> made.add(List.of(inner[0], inner[1])));
            return made;
        }

        /** Children that the constructor of the owner makes: only their Params. */
        private Map<String, Object> inner(Module owner, Module module) {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (module instanceof Layer layer) {
                layer.layers().forEach((name, child) -> {
                    InnerLayers.Place place = innerLayers.placeOf(child);
                    if (place != null && place.owner() == owner) {
                        Fields.check(child);
                        Map<String, Object> node = new LinkedHashMap<>();
                        node.put("params", params(child));
                        node.put("layers", inner(owner, child));
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
        private final Set<Integer> open = new LinkedHashSet<>();

        Decoder(List<Object> nodes, Outers outers) {
            this.nodes = nodes;
            this.outers = outers;
        }

        /** The module of a reference: a number, or the number of the module that made it and its path there. */
        private Module module(Object reference) {
            if (!(reference instanceof List)) {
                return module(number(reference));
            }
            List<Object> place = JsonValues.list(reference, 2);
            String path = JsonValues.text(place.get(1));
            Module found = module(number(place.get(0))) instanceof Layer owner
                    ? owner.members().layer(path)
                    : null;
            if (found == null) {
                throw new IllegalArgumentException("a saved layer expects a layer \"" + path + "\" in module "
                        + place.get(0) + ", got none; it was saved by another version of the class");
            }
            return found;
        }

        private static int number(Object reference) {
            return reference instanceof Long number && number >= 0 && number < Integer.MAX_VALUE
                    ? number.intValue()
                    : Integer.MAX_VALUE;
        }

        Module module(int number) {
            Module known = made.get(number);
            if (known != null) {
                return known;
            }
            if (number >= nodes.size() || open.contains(number)) {
                throw new IllegalArgumentException("a saved layer expects the numbers of " + nodes.size()
                        + " modules, none within itself, got another; the file is damaged");
            }
            if (open.size() == MAX_NESTING) {
                throw new IllegalArgumentException("a saved layer expects at most " + MAX_NESTING
                        + " modules within each other, got more; the file is damaged");
            }
            open.add(number);
            Module module = make(number, JsonValues.object(nodes.get(number)));
            open.remove(number);
            made.put(number, module);
            return module;
        }

        private Module make(int number, Map<String, Object> node) {
            Class<?> type = Classes.find(JsonValues.text(node.get("class")), Module.class);
            if (!Layer.class.isAssignableFrom(type) && !LazyLayer.class.isAssignableFrom(type)) {
                throw new IllegalArgumentException("a saved layer expects a class that extends Layer or LazyLayer, got "
                        + type.getName() + "; the file is damaged");
            }
            String uid = JsonValues.text(node.get("uid"));
            List<String[]> inner = new ArrayList<>();
            for (Object one : JsonValues.list(node.get("made"))) {
                List<Object> pair = JsonValues.list(one, 2);
                inner.add(new String[] {JsonValues.text(pair.get(0)), JsonValues.text(pair.get(1))});
            }
            Object[] arguments = JsonValues.list(node.get("arguments")).stream()
                    .map(argument -> Arguments.decode(argument, this::module))
                    .toArray();
            Object outer = outers.of(number, type);
            Module module = (Module) Rebuild.withUids(type, uid, inner, () -> Recipe.make(type, outer, arguments));
            apply(node, module);
            return module;
        }

        private static void apply(Map<String, Object> node, Module module) {
            JsonValues.object(node.get("params")).forEach((name, value) -> set(module, name, JsonValues.text(value)));
            JsonValues.object(node.get("layers")).forEach((name, inner) -> {
                Layer child = module instanceof Layer layer ? layer.layers().get(name) : null;
                if (child == null) {
                    throw new IllegalArgumentException(
                            "a saved " + Recipe.name(module.getClass()) + " expects a layer \"" + name
                                    + "\", got none; it was saved by another version of the class");
                }
                apply(JsonValues.object(inner), child);
            });
        }

        private static void set(Module module, String name, String json) {
            Params params = (Params) module;
            if (!params.hasParam(name)) {
                throw new IllegalArgumentException("a saved " + Recipe.name(module.getClass()) + " expects a Param \""
                        + name + "\", got none; it was saved by another version of the class");
            }
            try {
                set(params, params.getParam(name), json);
            } catch (Exception e) { // whatever Spark's parser throws; Scala declares none of it
                throw new IllegalArgumentException(
                        "a saved " + Recipe.name(module.getClass()) + " expects a value of" + " the Param \"" + name
                                + "\", got " + json + "; the file is damaged",
                        e);
            }
        }

        private static <T> void set(Params params, Param<T> param, String json) {
            params.set(param, param.jsonDecode(json));
        }
    }
}
