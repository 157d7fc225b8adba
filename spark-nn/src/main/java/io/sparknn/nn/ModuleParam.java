package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;

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
