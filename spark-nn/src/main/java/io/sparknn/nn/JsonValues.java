package io.sparknn.nn;

import java.util.List;
import java.util.Map;

/** Parts of a parsed file with the types they must have. */
final class JsonValues {
    private JsonValues() {}

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object json) {
        if (!(json instanceof Map)) {
            throw new IllegalArgumentException(
                    "a saved layer expects a JSON object, got " + json + "; the file is damaged");
        }
        return (Map<String, Object>) json;
    }

    @SuppressWarnings("unchecked")
    static List<Object> list(Object json) {
        if (!(json instanceof List)) {
            throw new IllegalArgumentException(
                    "a saved layer expects a JSON array, got " + json + "; the file is damaged");
        }
        return (List<Object>) json;
    }

    static List<Object> list(Object json, int size) {
        List<Object> list = list(json);
        if (list.size() != size) {
            throw new IllegalArgumentException("a saved layer expects a JSON array of " + size + " elements, got "
                    + list.size() + "; the file is damaged");
        }
        return list;
    }

    static String text(Object json) {
        if (!(json instanceof String text)) {
            throw new IllegalArgumentException(
                    "a saved layer expects a JSON string, got " + json + "; the file is damaged");
        }
        return text;
    }
}
