package io.sparknn.format;

import java.util.Collection;
import java.util.Map;

/** Writes one value; refuses what {@link JsonReader} would refuse to read. */
final class JsonWriter {
    private final StringBuilder text = new StringBuilder();
    private int depth;
    private int values;

    String write(Object value) {
        append(value);
        requireReadable();
        return text.toString();
    }

    private void requireReadable() {
        if (values > Json.MAX_VALUES || text.length() > Json.MAX_LENGTH) {
            throw new IllegalArgumentException("JSON expects at most " + Json.MAX_VALUES + " values and "
                    + Json.MAX_LENGTH + " characters, got more; write it in parts");
        }
    }

    private void append(Object value) {
        values++;
        requireReadable();
        if (value == null || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof String string) {
            string(string);
        } else if (value instanceof Map<?, ?> object) {
            object(object);
        } else if (value instanceof Collection<?> array) {
            array(array);
        } else {
            number(value);
        }
    }

    private void object(Map<?, ?> object) {
        enter('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : object.entrySet()) {
            if (!(entry.getKey() instanceof String key)) {
                throw new IllegalArgumentException("JSON expects keys that are strings, got " + entry.getKey());
            }
            text.append(comma);
            string(key);
            text.append(':');
            append(entry.getValue());
            comma = ",";
        }
        leave('}');
    }

    private void array(Collection<?> array) {
        enter('[');
        String comma = "";
        for (Object value : array) {
            text.append(comma);
            append(value);
            comma = ",";
        }
        leave(']');
    }

    private void enter(char open) {
        if (++depth > Json.MAX_DEPTH) {
            throw new IllegalArgumentException("JSON expects at most " + Json.MAX_DEPTH
                    + " levels of arrays and objects, got more; does one contain itself?");
        }
        text.append(open);
    }

    private void leave(char close) {
        depth--;
        text.append(close);
    }

    private void number(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            text.append(value);
        } else if (value instanceof Double number) {
            text.append(finite(number.doubleValue()));
        } else if (value instanceof Float number) {
            text.append(finite(number.floatValue()));
        } else {
            throw new IllegalArgumentException(
                    "JSON expects maps, collections, strings, numbers, booleans and null, got "
                            + value.getClass().getName() + "; convert it first");
        }
    }

    private static String finite(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("JSON expects finite numbers, got " + value + "; write it as a string");
        }
        return Double.toString(value);
    }

    private static String finite(float value) {
        String exact = finite((double) value);
        String shorter = Float.toString(value);
        // The short form is read as a double and cast: where both roundings together miss, the long form is needed.
        return (float) Double.parseDouble(shorter) == value ? shorter : exact;
    }

    private void string(String string) {
        text.append('"');
        for (int index = 0; index < string.length(); index++) {
            char unit = string.charAt(index);
            if (unit == '"' || unit == '\\') {
                text.append('\\').append(unit);
            } else if (unit < ' ') {
                control(unit);
            } else if (Character.isSurrogate(unit)) {
                index++;
                if (index == string.length() || !Character.isSurrogatePair(unit, string.charAt(index))) {
                    throw new IllegalArgumentException("JSON expects surrogates in pairs, got one alone at character "
                            + (index - 1) + " of a string");
                }
                text.append(unit).append(string.charAt(index));
            } else {
                text.append(unit);
            }
        }
        text.append('"');
    }

    private void control(char unit) {
        int index = "\b\f\n\r\t".indexOf(unit);
        if (index >= 0) {
            text.append('\\').append("bfnrt".charAt(index));
        } else {
            text.append(String.format("\\u%04x", (int) unit));
        }
    }
}
