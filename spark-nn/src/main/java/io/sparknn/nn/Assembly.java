package io.sparknn.nn;

import java.util.IdentityHashMap;
import java.util.function.Function;
import org.apache.spark.ml.param.ParamMap;

/**
 * One network being built: each module becomes one layer, however often and however deep it is used, so that what is
 * one object stays tied. Ready layers are copied, so that two builds share nothing.
 */
final class Assembly {
    private final IdentityHashMap<Module, Layer> built = new IdentityHashMap<>();
    private final Rebuild copies = new Rebuild(ParamMap.empty());

    /** The layer of a module; a lazy one is built the first time it is met. */
    Layer layer(Module module, Function<LazyLayer<?>, Layer> build) {
        if (module instanceof Layer layer) {
            return (Layer) copies.copy(layer);
        }
        Layer known = built.get(module);
        if (known == null) {
            known = build.apply((LazyLayer<?>) module);
            built.put(module, known);
        }
        return known;
    }
}
