package io.sparknn.nn;

import java.util.List;
import java.util.Map;

/** Parts of a parsed file with the types they must have. */
final class JsonValues {
    private JsonValues() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        if (!(json instanceof Map)) {
            throw new IllegalArgumentException("a saved layer expects a JSON object, got " + json);
        }
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object json) {
        if (!(json instanceof List)) {
            throw new IllegalArgumentException("a saved layer expects a JSON array, got " + json);
        }
        return (List<Object>) json;
    }
}
