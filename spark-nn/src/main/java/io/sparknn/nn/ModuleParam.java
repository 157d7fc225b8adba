package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamPair;

/**
 * A Param whose value is a network, lazy or ready. What has it saves the network as files, by {@link NetworkFiles}; as
 * JSON it is the definition of the network, with its values in base 64 if it has some.
 *
 * @param <M> the kind of network: Module, or a class of layers
 */
public final class ModuleParam<M> extends Param<M> {
    private static final long serialVersionUID = 1L;
    private static final String WEIGHTS = "weights";

    private final Class<M> type;

    /**
     * A Param.
     *
     * @param parent the uid of what has the Param
     * @param name its name
     * @param doc what it says
     * @param type the kind of network
     */
    public ModuleParam(String parent, String name, String doc, Class<M> type) {
        super(parent, name, doc);
        this.type = type;
    }

    /**
     * The Param with a value, by which all setters go. A text is taken for the network's JSON: a Spark Connect client can
     * send no network.
     *
     * @param value the network, or what {@link #jsonEncode} gave
     * @return both
     */
    @Override
    public ParamPair<M> $minus$greater(M value) {
        Object given = value;
        return new ParamPair<>(this, given instanceof String text ? network(text) : value);
    }

    private M network(String text) {
        Object decoded = jsonDecode(text);
        if (decoded instanceof String) {
            throw new IllegalArgumentException(parent() + " expects JSON of a " + type.getSimpleName() + " for "
                    + name() + ", got " + text + "; give it what " + name() + "().jsonEncode makes of one");
        }
        return type.cast(decoded);
    }

    @Override
    public String jsonEncode(M value) {
        Module network = (Module) value;
        Map<String, Object> json = new LinkedHashMap<>();
        try {
            json.putAll(JsonValues.object(Json.parse(Definition.encode(network))));
        } catch (FormatException e) {
            throw new IllegalStateException(e);
        }
        if (!ModuleState.of(network).isEmpty()) {
            json.put(WEIGHTS, Base64.getEncoder().encodeToString(Weights.bytes(network)));
        }
        return Json.write(json);
    }

    /**
     * The network of a text. Spark saves the networks of a grid as directories and asks for their names in this way, so a
     * JSON string stands for itself.
     *
     * @param text what {@link #jsonEncode} gave
     * @return the network
     */
    @Override
    @SuppressWarnings("unchecked") // Spark calls toString on a name
    public M jsonDecode(String text) {
        try {
            Object json = Json.parse(text);
            if (json instanceof String) {
                return (M) json;
            }
            Module network = Definition.decode(text, (number, inner) -> Rebuild.outerIfInner(inner));
            Object weights = JsonValues.object(json).get(WEIGHTS);
            if (weights != null) {
                Weights.of(Base64.getDecoder().decode(JsonValues.text(weights))).into(network);
            }
            return type.cast(network);
        } catch (FormatException | ClassCastException e) {
            throw new IllegalArgumentException(
                    name() + " expects JSON of a " + type.getSimpleName() + ", got " + e.getMessage(), e);
        }
    }
}
