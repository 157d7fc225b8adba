package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The table of a module: a line for each layer, with output shape, parameters and their count; {@code ?} if unknown. */
final class Summary {
    private final List<String[]> lines = new ArrayList<>();
    private final Set<Module> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private long known;
    private boolean unknown;

    private Summary() {}

    static String of(Module module) {
        Summary summary = new Summary();
        summary.lines.add(new String[] {"layer", "output", "parameters", "count"});
        summary.add("", "", module, new ChainShapes(input(module)));
        return summary.text(module);
    }

    private static Shape input(Module module) {
        int[] sizes = module instanceof Layer layer ? layer.inputSizes() : null;
        if (sizes == null) {
            return ChainShapes.NOTHING;
        }
        int[] dims = new int[sizes.length + 1];
        dims[0] = Shape.UNKNOWN;
        System.arraycopy(sizes, 0, dims, 1, sizes.length);
        return Shape.of(dims);
    }

    private void add(String indent, String name, Module module, ChainShapes chain) {
        String title = indent + (name.isEmpty() ? "" : name + ": ");
        List<Module> parts = parts(module);
        Map<String, Shape> parameters = own(module, parts, chain);
        boolean again = !seen.add(module);
        int line = lines.size();
        lines.add(new String[] {
            title + (parts.isEmpty() ? module.toString() : Recipe.name(module.getClass())),
            "",
            again ? "(tied)" : text(parameters),
            again ? "" : count(module, parts, parameters)
        });
        if (parts.isEmpty()) {
            chain.advance(module);
        } else if (isChain(module)) {
            for (int i = 0; i < parts.size(); i++) {
                add(indent + "  ", String.valueOf(i), parts.get(i), chain);
            }
        } else {
            Shape input = chain.shape();
            Map<String, Layer> layers = module instanceof Layer layer ? layer.layers() : Map.of();
            List<String> names = new ArrayList<>(layers.keySet());
            for (int i = 0; i < parts.size(); i++) {
                String part = names.isEmpty() ? String.valueOf(i) : names.get(i);
                add(indent + "  ", part, parts.get(i), new ChainShapes(input));
            }
            chain.advance(module);
        }
        lines.get(line)[1] =
                chain.shape().equals(ChainShapes.NOTHING) ? "?" : chain.shape().toString();
    }

    private static boolean isChain(Module module) {
        return module instanceof Sequential || module instanceof LazySequential;
    }

    private static List<Module> parts(Module module) {
        return module instanceof Layer layer ? new ArrayList<>(layer.layers().values()) : ModuleState.arguments(module);
    }

    /** Parameters of the module itself, without those of its parts, which have lines of their own. */
    private static Map<String, Shape> own(Module module, List<Module> parts, ChainShapes chain) {
        if (module instanceof Layer layer) {
            return layer.members().own().values().stream()
                    .filter(parameter -> !parameter.isBuffer())
                    .collect(Collectors.toMap(
                            Parameter::name, Parameter::shape, (a, b) -> a, java.util.LinkedHashMap::new));
        }
        return parts.isEmpty() ? chain.parameters(module) : Map.of();
    }

    private static String text(Map<String, Shape> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private String count(Module module, List<Module> parts, Map<String, Shape> parameters) {
        boolean open = module instanceof LazyLayer && parts.isEmpty() && parameters.isEmpty();
        long count = 0;
        for (Shape shape : parameters.values()) {
            open |= !shape.isKnown();
            count += shape.isKnown() ? shape.size() : 0;
        }
        known += count;
        unknown |= open;
        return open ? "?" : count == 0 ? "" : String.format(Locale.ROOT, "%,d", count);
    }

    private String text(Module module) {
        int[] widths = new int[4];
        lines.forEach(line -> {
            for (int i = 0; i < 4; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (String[] line : lines) {
            String row = String.format(
                    "%-" + widths[0] + "s  %-" + widths[1] + "s  %-" + Math.max(1, widths[2]) + "s  %" + widths[3]
                            + "s",
                    (Object[]) line);
            text.append(row.stripTrailing()).append('\n');
        }
        text.append(String.format(Locale.ROOT, "%,d parameters", known));
        text.append(unknown ? ", and others whose number depends on the input" : "");
        if (module instanceof Layer layer && !layer.isTrainable()) {
            text.append(", frozen");
        }
        if (module instanceof Layer layer && layer.isUntrained()) {
            text.append(", untrained");
        }
        return text.append('\n').toString();
    }
}
