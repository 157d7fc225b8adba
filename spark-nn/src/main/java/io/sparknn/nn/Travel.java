package io.sparknn.nn;

import java.io.Serializable;
import java.util.List;

/**
 * A module on its way to another JVM, or into a Java-serialised task: its definition and values as they are saved, and
 * for classes defined in a notebook's cell the values of that cell. Never stored.
 */
final class Travel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String definition;
    private final byte[] weights;
    private final byte[][] outers;

    Travel(Module module) {
        definition = Definition.encode(module);
        weights = Weights.bytes(module);
        List<Module> modules = Definition.modules(module);
        outers = new byte[modules.size()][];
        for (int i = 0; i < outers.length; i++) {
            Object outer = Rebuild.outer(modules.get(i));
            outers[i] = outer == null ? null : CellStream.write(outer);
        }
    }

    private Object readResolve() {
        Module module = Definition.decode(
                definition, (number, type) -> outers[number] == null ? null : CellStream.read(outers[number]));
        Weights.of(weights).into(module);
        return module;
    }
}
