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
 * @param <M> the kind of network
 */
public final class ModuleParam<M extends Module> extends Param<M> {
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
    public String jsonEncode(M network) {
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

    @Override
    public M jsonDecode(String text) {
        try {
            Module network = Definition.decode(text, (number, inner) -> Rebuild.outerIfInner(inner));
            Object weights = JsonValues.object(Json.parse(text)).get(WEIGHTS);
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
