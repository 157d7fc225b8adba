package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.io.Serializable;
import org.apache.spark.ml.param.Param;
import scala.Function1;

/**
 * A Param of objects that are their class and constructor arguments: a loss, an optimiser, a schedule; or of an array of
 * such objects. It is saved as class names and arguments, so classes of one's own are welcome.
 *
 * @param <T> the kind of value: a subclass of {@link io.sparknn.tensor.Configured}, or an array of one
 */
public final class ConfiguredParam<T> extends Param<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;

    /**
     * A Param.
     *
     * @param parent the uid of what has the Param
     * @param name its name
     * @param doc what it says
     * @param type the kind of value
     */
    public ConfiguredParam(String parent, String name, String doc, Class<T> type) {
        super(parent, name, doc, savable(parent, name, type));
        this.type = type;
    }

    /** What cannot be saved is refused when it is set, not when a long fit is over. */
    @SuppressWarnings("unchecked")
    private static <T> Function1<T, Object> savable(String parent, String name, Class<T> type) {
        return (Function1<T, Object> & Serializable) value -> {
            if (!type.isInstance(value)) {
                throw new IllegalArgumentException(parent + " expects a " + type.getSimpleName() + " for " + name
                        + ", got " + value + "; give it one");
            }
            Arguments.encode(value, ConfiguredParam::refused);
            return true;
        };
    }

    private static Object refused(Module module) {
        throw new IllegalArgumentException("a loss, optimiser, schedule or metric expects no layer among its arguments,"
                + " got " + module + "; give it what the layer was made from");
    }

    @Override
    public String jsonEncode(T value) {
        return Json.write(Arguments.encode(value, ConfiguredParam::refused));
    }

    @Override
    public T jsonDecode(String json) {
        try {
            return type.cast(Arguments.decode(Json.parse(json), reference -> null));
        } catch (FormatException | ClassCastException e) {
            throw new IllegalArgumentException(
                    name() + " expects JSON of a " + type.getSimpleName() + ", got " + json, e);
        }
    }
}
