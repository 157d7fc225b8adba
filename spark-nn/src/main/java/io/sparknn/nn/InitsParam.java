package io.sparknn.nn;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.ml.param.Param;

/** A Param of initialisers by parameter name, which knows how to be saved. */
public final class InitsParam extends Param<NamedInits> {
    private static final long serialVersionUID = 1L;

    InitsParam(String parent) {
        super(parent, "inits", "initialisers by the names of the parameters they are for");
    }

    @Override
    public String jsonEncode(NamedInits value) {
        Map<String, Object> json = new LinkedHashMap<>();
        value.byName()
                .forEach((name, init) -> json.put(name, Arguments.encode(init.recipe(), module -> {
                    throw new IllegalArgumentException(
                            "an initialiser expects no layer among its arguments, got " + module);
                })));
        return Json.write(json);
    }

    @Override
    public NamedInits jsonDecode(String text) {
        NamedInits inits = new NamedInits();
        try {
            for (Map.Entry<String, Object> entry :
                    JsonValues.object(Json.parse(text)).entrySet()) {
                inits = inits.with(
                        entry.getKey(),
                        Arguments.make(JsonValues.object(entry.getValue()), Init.class, reference -> null));
            }
        } catch (FormatException e) {
            throw new IllegalArgumentException("initialisers expect JSON, got " + e.getMessage(), e);
        }
        return inits;
    }
}
