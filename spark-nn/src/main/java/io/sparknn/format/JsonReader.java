package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one text by recursive descent; {@link Json#MAX_DEPTH} keeps the recursion from exhausting the stack. */
final class JsonReader {
    private static final int LONGEST_LONG = 20;

    private final CharSequence text;
    private int at;
    private int depth;
    private int values;

    JsonReader(CharSequence text) {
        this.text = text;
    }

    Object read() throws FormatException {
        if (text.length() > Json.MAX_LENGTH) {
            throw new FormatException(
                    Reason.JSON_LENGTH,
                    Json.MAX_LENGTH,
                    "JSON expects at most " + Json.MAX_LENGTH + " characters, got " + text.length());
        }
        Object value = value();
        skipSpace();
        if (at < text.length()) {
            throw unexpected(Reason.JSON_TRAILING, "the end after the value");
        }
        return value;
    }

    private Object value() throws FormatException {
        skipSpace();
        if (++values > Json.MAX_VALUES) {
            throw error(Reason.JSON_VALUES, "at most " + Json.MAX_VALUES + " values, got more");
        }
        char first = peek();
        return switch (first) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> literal("true", true);
            case 'f' -> literal("false", false);
            case 'n' -> literal("null", null);
            default -> {
                if (first != '-' && !isDigit(first)) {
                    throw unexpected(Reason.JSON_SYNTAX, "a value");
                }
                yield number();
            }
        };
    }

    private Map<String, Object> object() throws FormatException {
        enter();
        Map<String, Object> object = new LinkedHashMap<>();
        if (accept('}')) {
            return leave(object);
        }
        do {
            skipSpace();
            int start = at;
            if (peek() != '"') {
                throw unexpected(Reason.JSON_SYNTAX, "a key in quotes");
            }
            String key = string();
            if (object.containsKey(key)) {
                at = start;
                throw error(
                        Reason.JSON_DUPLICATE_KEY,
                        "a key once in an object, got " + FormatException.quoted(key) + " again");
            }
            if (!accept(':')) {
                throw unexpected(Reason.JSON_SYNTAX, "':' after a key");
            }
            object.put(key, value());
        } while (accept(','));
        if (!accept('}')) {
            throw unexpected(Reason.JSON_SYNTAX, "',' or '}' in an object");
        }
        return leave(object);
    }

    private List<Object> array() throws FormatException {
        enter();
        List<Object> array = new ArrayList<>();
        if (accept(']')) {
            return leave(array);
        }
        do {
            array.add(value());
        } while (accept(','));
        if (!accept(']')) {
            throw unexpected(Reason.JSON_SYNTAX, "',' or ']' in an array");
        }
        return leave(array);
    }

    private void enter() throws FormatException {
        if (++depth > Json.MAX_DEPTH) {
            throw error(Reason.JSON_DEPTH, "at most " + Json.MAX_DEPTH + " levels of arrays and objects, got more");
        }
        at++;
    }

    private <T> T leave(T value) {
        depth--;
        return value;
    }

    private String string() throws FormatException {
        at++;
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char next = peek();
            if (next < ' ') {
                throw unexpected(Reason.JSON_CONTROL_CHARACTER, "control characters in a string to be escaped");
            } else if (next == '\\') {
                escape(string);
            } else if (Character.isSurrogate(next)) {
                int start = at++;
                pair(next, at < text.length() ? text.charAt(at++) : ' ', start, string);
            } else {
                string.append(next);
                at++;
            }
        }
        at++;
        return string.toString();
    }

    private void escape(StringBuilder string) throws FormatException {
        int start = at++;
        char name = peek();
        if (name == 'u') {
            char unit = unicode();
            if (Character.isSurrogate(unit)) {
                boolean another = at + 1 < text.length() && text.charAt(at) == '\\' && text.charAt(at + 1) == 'u';
                if (another) {
                    at++;
                }
                pair(unit, another ? unicode() : ' ', start, string);
            } else {
                string.append(unit);
            }
            return;
        }
        int index = "\"\\/bfnrt".indexOf(name);
        if (index < 0) {
            throw unexpected(Reason.JSON_ESCAPE, "one of \" \\ / b f n r t u after a backslash");
        }
        string.append("\"\\/\b\f\n\r\t".charAt(index));
        at++;
    }

    private void pair(char high, char low, int start, StringBuilder string) throws FormatException {
        if (!Character.isSurrogatePair(high, low)) {
            at = start;
            throw error(Reason.JSON_SURROGATE, "surrogates in pairs, got one alone");
        }
        string.append(high).append(low);
    }

    private char unicode() throws FormatException {
        int unit = 0;
        for (int digit = 0; digit < 4; digit++) {
            at++;
            char next = peek();
            // Not Character.digit alone: it takes the digits of every script.
            int value = next < 128 ? Character.digit(next, 16) : -1;
            if (value < 0) {
                throw unexpected(Reason.JSON_ESCAPE, "four hexadecimal digits after \\u");
            }
            unit = unit * 16 + value;
        }
        at++;
        return (char) unit;
    }

    private Object number() throws FormatException {
        int start = at;
        if (text.charAt(at) == '-') {
            at++;
        }
        int first = at;
        digits();
        if (text.charAt(first) == '0' && at > first + 1) {
            at = first;
            throw error(Reason.JSON_NUMBER, "numbers without leading zeros");
        }
        int whole = at;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            digits();
        }
        return number(text.subSequence(start, at).toString(), at == whole, start);
    }

    private Object number(String literal, boolean whole, int start) throws FormatException {
        if (whole && literal.length() <= LONGEST_LONG) {
            try {
                return Long.valueOf(literal);
            } catch (NumberFormatException tooLarge) {
                // Falls through: a number of 19 digits that is beyond long.
            }
        }
        double number = whole ? Double.NaN : Double.parseDouble(literal);
        if (!Double.isFinite(number)) {
            at = start;
            String range = whole ? "whole numbers of 64 bits" : "numbers within the range of double";
            throw error(Reason.JSON_NUMBER_RANGE, range + ", got " + FormatException.quoted(literal));
        }
        return number;
    }

    private void digits() throws FormatException {
        int start = at;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected(Reason.JSON_NUMBER, "a digit");
        }
    }

    private Object literal(String word, Object value) throws FormatException {
        int end = at + word.length();
        if (end > text.length() || !word.contentEquals(text.subSequence(at, end))) {
            throw unexpected(Reason.JSON_SYNTAX, word);
        }
        at = end;
        return value;
    }

    private boolean accept(char wanted) {
        skipSpace();
        boolean found = at < text.length() && text.charAt(at) == wanted;
        at += found ? 1 : 0;
        return found;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws FormatException {
        if (at >= text.length()) {
            throw error(Reason.JSON_SYNTAX, "more, got the end");
        }
        return text.charAt(at);
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private FormatException unexpected(Reason reason, String expected) {
        if (at >= text.length()) {
            return error(reason, expected + ", got the end");
        }
        char got = text.charAt(at);
        String shown = got > ' ' && got < 127 ? "'" + got + "'" : String.format("U+%04X", (int) got);
        return error(reason, expected + ", got " + shown);
    }

    private FormatException error(Reason reason, String expected) {
        return new FormatException(reason, at, "JSON at character " + at + " expects " + expected);
    }
}
