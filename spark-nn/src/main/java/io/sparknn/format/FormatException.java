package io.sparknn.format;

import java.io.IOException;

/** A file or text that breaks its format; {@link #reason()} tells how, the message where. */
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 80;

    /** What is wrong with what was read. */
    public enum Reason {
        /** JSON: a character, or the end, where the grammar allows none. */
        JSON_SYNTAX,
        /** JSON: something follows the value. */
        JSON_TRAILING,
        /** JSON: arrays and objects are nested too deep. */
        JSON_DEPTH,
        /** JSON: an object has a key twice. */
        JSON_DUPLICATE_KEY,
        /** JSON: the text is too long. */
        JSON_LENGTH,
        /** JSON: the text holds too many values. */
        JSON_VALUES,
        /** JSON: a backslash is followed by what is no escape. */
        JSON_ESCAPE,
        /** JSON: half of a surrogate pair stands alone. */
        JSON_SURROGATE,
        /** JSON: a control character stands unescaped in a string. */
        JSON_CONTROL_CHARACTER,
        /** JSON: a number is not written as the grammar says. */
        JSON_NUMBER,
        /** JSON: a number is beyond the range of long or double. */
        JSON_NUMBER_RANGE,
        /** JSON: the bytes are not UTF-8. */
        JSON_UTF8,
        /** Weights file: the bytes end early. */
        TRUNCATED,
        /** Weights file: the header's length is 0. */
        HEADER_EMPTY,
        /** Weights file: the header claims to be longer than any is allowed to be. */
        HEADER_TOO_LONG,
        /** Weights file: the header claims to be longer than the file. */
        HEADER_BEYOND_FILE,
        /** Weights file: the header does not start with a brace. */
        HEADER_NOT_OBJECT,
        /** Weights file: the metadata is no map of strings to strings. */
        METADATA,
        /** Weights file: a tensor's entry lacks a field, has one too many, or one of the wrong kind. */
        ENTRY,
        /** Weights file: a tensor's type is not one that is read. */
        TYPE,
        /** Weights file: a tensor has too many axes. */
        RANK,
        /** Weights file: a size is negative, or beyond the range of int. */
        DIMENSION,
        /** Weights file: a tensor has more elements than an array can hold. */
        ELEMENTS,
        /** Weights file: a tensor's offsets are negative or reversed. */
        OFFSETS,
        /** Weights file: a tensor's offsets span more or fewer bytes than its shape and type need. */
        BYTES,
        /** Weights file: two tensors claim the same bytes. */
        OVERLAP,
        /** Weights file: bytes between tensors, or before the first, belong to none. */
        HOLE,
        /** Weights file: a tensor's bytes lie beyond the end of the file. */
        BEYOND_FILE,
        /** Weights file: bytes follow the last tensor. */
        LEFTOVER,
        /** Weights file: a value has no float32 that stands for it. */
        VALUE,
        /** Index of shards: it lacks its map of names to files, or that is no map of strings. */
        INDEX,
        /** Index of shards: it names a file that is not a plain file name beside the index. */
        SHARD_NAME,
        /** Index of shards: a shard lacks a tensor that the index says it holds. */
        SHARD_MISSING,
        /** Index of shards: a shard holds a tensor that the index does not list, or lists elsewhere. */
        SHARD_SURPLUS
    }

    private final Reason reason;
    private final long offset;

    FormatException(Reason reason, long offset, String message) {
        super(message);
        this.reason = reason;
        this.offset = offset;
    }

    FormatException(Reason reason, String message) {
        this(reason, -1, message);
    }

    /**
     * What is wrong.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }

    /**
     * Where JSON is wrong.
     *
     * @return the index of the character (of the byte, if the bytes are not UTF-8), or -1 if what is wrong is not JSON
     */
    public long offset() {
        return offset;
    }

    /** Text of unknown origin in a form fit for one line of a message or a log. */
    static String quoted(String text) {
        String head = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        return '"' + head.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
