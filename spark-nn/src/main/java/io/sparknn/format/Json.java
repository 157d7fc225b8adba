package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A strict reader and writer of JSON (RFC 8259), so that scoring needs no other jar than ours.
 *
 * <p>JSON is read as, and written from, these values:
 *
 * <ul>
 *   <li>object: {@code LinkedHashMap<String, Object>} in the order of the text; any {@code Map} with string keys is written
 *   <li>array: {@code ArrayList<Object>}; any {@code Collection} is written
 *   <li>number: {@code Long} if it has neither fraction nor exponent, else {@code Double}; {@code Integer}, {@code Short},
 *       {@code Byte} and {@code Float} are written too
 *   <li>string, true or false, null: {@code String}, {@code Boolean}, {@code null}
 * </ul>
 *
 * <p>More than 64 levels, 100,000,000 characters or 2,097,152 values are refused both ways, as are lone surrogates and
 * numbers that are not finite: what is written can be read, and gives equal values. A float comes back as the double that
 * casts to it.
 *
 * <p>Source: RFC 8259.
 *
 * <pre>{@code
 * Map<?, ?> read = (Map<?, ?>) Json.parse("{\"units\": 10, \"rate\": 0.5}");
 * read.get("units");                                        // 10L
 * Json.write(read);                                         // {"units":10,"rate":0.5}
 * }</pre>
 */
public final class Json {
    static final int MAX_DEPTH = 64;
    static final int MAX_LENGTH = 100_000_000;
    static final int MAX_VALUES = 1 << 21;

    private Json() {}

    /**
     * Reads one JSON value.
     *
     * @param text the value, with nothing but white space around it
     * @return the value, as listed above
     * @throws FormatException if the text is not JSON, has a key twice in one object, or exceeds a limit
     */
    public static Object parse(String text) throws FormatException {
        return new JsonReader(text).read();
    }

    /**
     * Writes one value without white space.
     *
     * @param value the value, as listed above
     * @return its JSON
     * @throws IllegalArgumentException if a value is of another class, or JSON has no way to write it
     */
    public static String write(Object value) {
        return new JsonWriter().write(value);
    }

    static Object parse(byte[] utf8) throws FormatException {
        ByteBuffer bytes = ByteBuffer.wrap(utf8);
        CharBuffer text = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(bytes, text, true);
        if (result.isError()) {
            throw new FormatException(
                    Reason.JSON_UTF8,
                    bytes.position(),
                    "JSON expects UTF-8, got other bytes at byte " + bytes.position());
        }
        return new JsonReader(text.flip()).read();
    }
}
