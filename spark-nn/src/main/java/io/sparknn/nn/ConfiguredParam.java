package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.io.Serializable;
import java.util.function.Function;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;
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
    private final transient Function<String, ? extends T> named;

    /**
     * A Param.
     *
     * @param parent the uid of what has the Param
     * @param name its name
     * @param doc what it says
     * @param type the kind of value
     */
    public ConfiguredParam(String parent, String name, String doc, Class<T> type) {
        this(parent, name, doc, type, null);
    }

    /**
     * A Param whose values also go by name.
     *
     * @param parent the uid of what has the Param
     * @param name its name
     * @param doc what it says
     * @param type the kind of value
     * @param named gives the value of a name
     */
    public ConfiguredParam(String parent, String name, String doc, Class<T> type, Function<String, ? extends T> named) {
        super(parent, name, doc, savable(parent, name, type));
        this.type = type;
        this.named = named;
    }

    /**
     * The Param with a value, by which all setters go. A text is taken for a name or for the value's JSON: a Spark Connect
     * client can send no object.
     *
     * @param value the value, its name, or what {@link #jsonEncode} gave
     * @return both
     */
    @Override
    public ParamPair<T> $minus$greater(T value) {
        Object given = value;
        if (!(given instanceof String text)) {
            return new ParamPair<>(this, value);
        }
        return new ParamPair<>(this, named == null || text.startsWith("{") ? jsonDecode(text) : named.apply(text));
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
