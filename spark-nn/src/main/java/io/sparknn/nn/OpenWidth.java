package io.sparknn.nn;

import java.util.List;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;

/** The width in a network that was left for the label to tell: that of the last lazy layer without one. */
final class OpenWidth {
    private OpenWidth() {}

    /** The Param to set, or null if no width is open. */
    static IntParam of(Module module) {
        if (!(module instanceof LazyLayer<?> lazy)) {
            return null;
        }
        IntParam own = lazy.openSize();
        List<Module> parts =
                lazy instanceof LazyContainer<?, ?> container ? container.current() : ModuleState.arguments(lazy);
        for (int i = parts.size() - 1; own == null && i >= 0; i--) {
            own = of(parts.get(i));
        }
        return own;
    }

    /** A copy of the module with the open width set; the module itself if none is. */
    static Module filled(Module module, int size) {
        IntParam open = of(module);
        if (open == null) {
            return module;
        }
        ParamMap extra = new ParamMap();
        extra.put(open, size);
        return (Module) ((Params) module).copy(extra);
    }
}
