package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the header of a weights file says, checked as far as the header alone allows. */
final class SafetensorsHeader {
    static final int MAX_BYTES = 100_000_000;
    static final int MAX_RANK = 64;
    /** The largest array every JVM can make. */
    static final int MAX_ELEMENTS = Integer.MAX_VALUE - 8;

    static final String METADATA = "__metadata__";
    private static final Set<String> FIELDS = Set.of("dtype", "shape", "data_offsets");

    private final Map<String, String> metadata;
    private final List<Entry> entries;

    private SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
        this.metadata = metadata;
        this.entries = entries;
    }

    /** One tensor: where its bytes are, counted from the end of the header, and what they mean. */
    private static final String NUMBERS = " to be an array of whole numbers";

    static final class Entry implements Comparable<Entry> {
        final String name;
        final ElementType type;
        final Shape shape;
        final int elements;
        final long begin;
        final long end;

        private Entry(String name, ElementType type, Shape shape, int elements, long begin, long end) {
            this.name = name;
            this.type = type;
            this.shape = shape;
            this.elements = elements;
            this.begin = begin;
            this.end = end;
        }

        /** In the order of the bytes. No function made on the way: the first ones cost a cold JVM many milliseconds. */
        @Override
        public int compareTo(Entry other) {
            int begins = Long.compare(begin, other.begin);
            return begins != 0 ? begins : Long.compare(end, other.end);
        }
    }

    static SafetensorsHeader parse(byte[] json) throws FormatException {
        // JSON would allow white space here; the layout does not, so that no file is valid in two formats at once.
        if (json[0] != '{') {
            throw new FormatException(
                    Reason.HEADER_NOT_OBJECT,
                    "header of a weights file expects '{' first, got byte " + (json[0] & 0xff));
        }
        Map<?, ?> fields = (Map<?, ?>) Json.parse(json);
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            if (!field.getKey().equals(METADATA)) {
                entries.add(entry((String) field.getKey(), field.getValue()));
            }
        }
        Map<String, String> metadata = fields.containsKey(METADATA) ? metadata(fields.get(METADATA)) : Map.of();
        requireContiguous(entries);
        return new SafetensorsHeader(metadata, entries);
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** The tensors as the header names them. */
    List<Entry> entries() {
        return entries;
    }

    /** The tensors as their bytes follow each other. */
    static List<Entry> inFileOrder(List<Entry> entries) {
        List<Entry> sorted = new ArrayList<>(entries);
        Collections.sort(sorted);
        return sorted;
    }

    /** The bytes that must follow the header. */
    long dataBytes() {
        long end = 0;
        for (Entry entry : entries) {
            end = Math.max(end, entry.end);
        }
        return end;
    }

    /** The number of elements, or -1 if no array holds them; sizes of 0 are left out so that their order is no matter. */
    static int elements(int... dims) {
        long product = 1;
        boolean empty = false;
        for (int dim : dims) {
            empty |= dim == 0;
            product *= Math.max(dim, 1);
            if (product > MAX_ELEMENTS) {
                return -1;
            }
        }
        return empty ? 0 : (int) product;
    }

    private static Map<String, String> metadata(Object value) throws FormatException {
        if (!(value instanceof Map<?, ?> fields)) {
            throw new FormatException(Reason.METADATA, METADATA + " expects an object of strings, got " + kind(value));
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            String key = (String) field.getKey();
            if (!(field.getValue() instanceof String text)) {
                throw new FormatException(
                        Reason.METADATA,
                        METADATA + " expects strings, got " + kind(field.getValue()) + " for "
                                + FormatException.quoted(key));
            }
            metadata.put(key, text);
        }
        return Collections.unmodifiableMap(metadata);
    }

    private static Entry entry(String name, Object value) throws FormatException {
        if (!(value instanceof Map<?, ?> fields)) {
            throw refused(Reason.ENTRY, name, "an object of dtype, shape and data_offsets", kind(value));
        }
        for (Object key : fields.keySet()) {
            if (!FIELDS.contains(key)) {
                String got = "also " + FormatException.quoted((String) key);
                throw refused(Reason.ENTRY, name, "only dtype, shape and data_offsets", got);
            }
        }
        ElementType type = type(name, fields.get("dtype"));
        int[] dims = dims(name, fields.get("shape"));
        long[] offsets = offsets(name, fields.get("data_offsets"));
        int elements = elements(dims);
        if (elements < 0) {
            String got = "shape " + Arrays.toString(dims);
            throw refused(Reason.ELEMENTS, name, "at most " + MAX_ELEMENTS + " elements", got);
        }
        long expected = (long) elements * type.bytes();
        if (offsets[1] - offsets[0] != expected) {
            String need = expected + " bytes for " + type + " of shape " + Shape.of(dims);
            throw refused(Reason.BYTES, name, need, (offsets[1] - offsets[0]) + " between its offsets");
        }
        return new Entry(name, type, Shape.of(dims), elements, offsets[0], offsets[1]);
    }

    private static long[] offsets(String name, Object value) throws FormatException {
        long[] offsets = longs(name, "data_offsets", value);
        if (offsets.length != 2) {
            throw refused(Reason.ENTRY, name, "data_offsets [begin, end]", offsets.length + " of them");
        }
        if (offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw refused(Reason.OFFSETS, name, "data_offsets 0 <= begin <= end", Arrays.toString(offsets));
        }
        return offsets;
    }

    private static ElementType type(String name, Object value) throws FormatException {
        if (!(value instanceof String dtype)) {
            throw refused(Reason.ENTRY, name, "dtype to be a string", kind(value));
        }
        for (ElementType type : ElementType.values()) {
            if (type.name().equals(dtype)) {
                return type;
            }
        }
        String known = "one of the types " + Arrays.toString(ElementType.values());
        throw refused(Reason.TYPE, name, known, FormatException.quoted(dtype) + "; save it as F32");
    }

    private static int[] dims(String name, Object value) throws FormatException {
        long[] sizes = longs(name, "shape", value);
        if (sizes.length > MAX_RANK) {
            throw refused(Reason.RANK, name, "at most " + MAX_RANK + " axes", String.valueOf(sizes.length));
        }
        int[] dims = new int[sizes.length];
        for (int axis = 0; axis < sizes.length; axis++) {
            if (sizes[axis] < 0 || sizes[axis] > Integer.MAX_VALUE) {
                throw refused(Reason.DIMENSION, name, "sizes from 0 to " + Integer.MAX_VALUE, Arrays.toString(sizes));
            }
            dims[axis] = (int) sizes[axis];
        }
        return dims;
    }

    private static long[] longs(String name, String field, Object value) throws FormatException {
        if (!(value instanceof List<?> list)) {
            throw refused(Reason.ENTRY, name, field + NUMBERS, kind(value));
        }
        long[] longs = new long[list.size()];
        for (int index = 0; index < longs.length; index++) {
            if (!(list.get(index) instanceof Long number)) {
                throw refused(Reason.ENTRY, name, field + NUMBERS, "one with " + kind(list.get(index)));
            }
            longs[index] = number;
        }
        return longs;
    }

    private static void requireContiguous(List<Entry> entries) throws FormatException {
        long covered = 0;
        for (Entry entry : inFileOrder(entries)) {
            if (entry.begin != covered) {
                Reason reason = entry.begin > covered ? Reason.HOLE : Reason.OVERLAP;
                String expected = "to begin at byte " + covered + ", where the tensors before it end";
                throw refused(reason, entry.name, expected, String.valueOf(entry.begin));
            }
            covered = entry.end;
        }
    }

    private static String kind(Object value) {
        if (value == null) {
            return "null or nothing";
        } else if (value instanceof Map) {
            return "an object";
        } else if (value instanceof List) {
            return "an array";
        } else if (value instanceof String) {
            return "a string";
        }
        return value instanceof Boolean ? "a boolean" : "a number";
    }

    static FormatException refused(Reason reason, String tensor, String expected, String got) {
        return new FormatException(
                reason, "tensor " + FormatException.quoted(tensor) + " expects " + expected + ", got " + got);
    }
}
