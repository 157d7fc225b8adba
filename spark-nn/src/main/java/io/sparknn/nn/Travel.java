package io.sparknn.nn;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;

/**
 * A module on its way to another JVM, or into a Java-serialised task: its definition and values as they are saved, and
 * for classes defined in a notebook's cell the values of that cell. Never stored.
 *
 * <p>A cell may hold layers that were defined in it: those travel within the cell and refer to it, as the cell does to
 * them.
 */
final class Travel implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String definition;
    private final byte[] weights;
    private final Object[] cells;
    private final byte[] packed;

    Travel(Module module) {
        definition = Definition.encode(module);
        weights = Weights.bytes(module);
        Object[] outers =
                Definition.modules(module).stream().map(Rebuild::outer).toArray();
        boolean none = Arrays.stream(outers).allMatch(Objects::isNull);
        boolean within = CellStream.isWriting();
        cells = none || within ? outers : null;
        packed = none || within ? null : CellStream.write(outers);
    }

    private Object readResolve() {
        Object[] outers = cells != null ? cells : (Object[]) CellStream.read(packed);
        Module module = AllowedClasses.ofOurOwn(() -> Definition.decode(definition, (number, type) -> outers[number]));
        Weights.of(weights).into(module);
        return module;
    }
}
