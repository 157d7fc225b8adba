package io.sparknn.nn;

import java.io.IOException;
import org.apache.spark.ml.util.MLReader;

/** Loads what {@link ModuleWriter} saved. */
final class ModuleReader<M> extends MLReader<M> {
    private final Class<M> type;

    ModuleReader(Class<M> type) {
        this.type = type;
    }

    @Override
    public M load(String path) {
        Module module = Definition.decode(definition(path), (number, inner) -> Rebuild.outerIfInner(inner));
        if (!type.isInstance(module)) {
            throw new IllegalArgumentException("loading expects a " + type.getSimpleName() + " in " + path + ", got a "
                    + module.getClass().getName());
        }
        Weights.load(path + ModuleWriter.WEIGHTS, "").into(module);
        return type.cast(module);
    }

    private static String definition(String path) {
        try {
            if (!Files.exists(path + ModuleWriter.DEFINITION)) {
                throw new IllegalArgumentException("loading expects a directory that a layer was saved to, got " + path
                        + " without layer.json; give the path that was passed to save");
            }
            return Files.readText(path + ModuleWriter.DEFINITION);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the layer saved in " + path, e);
        }
    }
}
