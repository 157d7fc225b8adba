package io.sparknn.format;

import io.sparknn.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The content of one weights file in the safetensors layout: named float32 tensors in order, and metadata; immutable.
 *
 * <p>The layout: the header's length in 8 bytes, little-endian; the header, JSON that gives each tensor's type, shape and
 * place; then the tensors' elements, little-endian, without gaps.
 *
 * <p>Written is F32, bit for bit, and I64 for what was added as whole numbers or read as I64: PyTorch's counters are of
 * that type. Read are, as float32:
 *
 * <ul>
 *   <li>F32, F16, BF16, I8, U8, I16 exactly; BOOL as 0 and 1
 *   <li>I32, I64 exactly; an integer beyond 2^24 in magnitude is refused
 *   <li>F64 rounded to the nearest float32, which loses digits and turns the smallest values to 0; a finite value that
 *       would become infinite is refused
 * </ul>
 *
 * <p>Any other type is refused, and so is every file that breaks the layout: see {@link FormatException.Reason}. Memory
 * is taken in proportion to the bytes that are there (up to 4 bytes for a byte, and the JSON's values), whatever the
 * header claims.
 *
 * <p>Source: the safetensors format, https://huggingface.co/docs/safetensors.
 *
 * <pre>{@code
 * Safetensors weights = Safetensors.builder().add("0.bias", Shape.of(2), new float[] {1, 2}).build();
 * weights.write(out);
 * Safetensors.read(in, -1).values("0.bias");                // [1, 2]
 * }</pre>
 */
public final class Safetensors {
    private final Map<String, String> metadata;
    private final Map<String, Shape> shapes;
    private final Map<String, float[]> values;
    private final Set<String> whole;

    private Safetensors(Builder builder) {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(builder.metadata));
        shapes = Collections.unmodifiableMap(new LinkedHashMap<>(builder.shapes));
        values = new LinkedHashMap<>(builder.values);
        whole = Set.copyOf(builder.whole);
    }

    /**
     * Reads a file from its first byte.
     *
     * @param in the file; just its {@code length} bytes are read, and it is not closed
     * @param length the file's length, or -1 if it is not known: then {@code in} is read to its end, and large tensors
     *     take up to three times their memory while they are read
     * @return the content
     * @throws FormatException if the file breaks the layout
     * @throws IOException if {@code in} fails
     */
    public static Safetensors read(InputStream in, long length) throws IOException {
        return new SafetensorsReader(in, length).read();
    }

    /**
     * Reads a file held in memory.
     *
     * @param file all bytes of the file
     * @return the content
     * @throws FormatException if the file breaks the layout
     */
    public static Safetensors read(byte[] file) throws FormatException {
        try {
            return read(new ByteArrayInputStream(file), file.length);
        } catch (FormatException refused) {
            throw refused;
        } catch (IOException impossible) {
            throw new AssertionError("an array cannot fail to be read", impossible);
        }
    }

    /**
     * Starts a file to be written.
     *
     * @return a builder without tensors and metadata
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The names of the tensors.
     *
     * @return the names, in the order of the header
     */
    public Set<String> names() {
        return shapes.keySet();
    }

    /**
     * The shape of a tensor.
     *
     * @param name one of {@link #names()}
     * @return its shape; rank 0 for a single value, and sizes may be 0
     * @throws IllegalArgumentException if there is no tensor of that name
     */
    public Shape shape(String name) {
        return require(name, shapes);
    }

    /**
     * Whether a tensor is one of whole numbers, written as I64.
     *
     * @param name one of {@link #names()}
     * @return true if it was added as such, or read as I64
     * @throws IllegalArgumentException if there is no tensor of that name
     */
    public boolean isWhole(String name) {
        require(name, values);
        return whole.contains(name);
    }

    /**
     * The elements of a tensor, the last axis changing fastest.
     *
     * @param name one of {@link #names()}
     * @return a copy
     * @throws IllegalArgumentException if there is no tensor of that name
     */
    public float[] values(String name) {
        return require(name, values).clone();
    }

    /**
     * What else the file says of itself.
     *
     * @return the metadata, empty if there is none
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Writes the file; equal content gives equal bytes. The tensors follow each other in the order of {@link #names()}.
     *
     * @param out where to; it is not closed
     * @throws IOException if {@code out} fails
     * @throws IllegalArgumentException if a file that was read would get a header of more than 100,000,000 bytes
     */
    public void write(OutputStream out) throws IOException {
        String header = header();
        SafetensorsWriter.requireWritable(header);
        SafetensorsWriter.write(header, this, out);
    }

    private String header() {
        Map<String, Object> header = new LinkedHashMap<>();
        if (!metadata.isEmpty()) {
            header.put(SafetensorsHeader.METADATA, metadata);
        }
        long begin = 0;
        for (String name : names()) {
            List<Object> dims = new ArrayList<>();
            for (int dim : shape(name).dims()) {
                dims.add(dim);
            }
            ElementType type = isWhole(name) ? ElementType.I64 : ElementType.F32;
            long end = begin + (long) values.get(name).length * type.bytes();
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("dtype", type.name());
            entry.put("shape", dims);
            entry.put("data_offsets", List.of(begin, end));
            header.put(name, entry);
            begin = end;
        }
        return Json.write(header);
    }

    /** The elements themselves, for our own classes, which do not change them. */
    float[] elements(String name) {
        return require(name, values);
    }

    private static <T> T require(String name, Map<String, T> map) {
        T found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException("weights file has no tensor " + name + "; it has " + map.keySet());
        }
        return found;
    }

    /** Collects what one file shall hold. */
    public static final class Builder {
        private final Map<String, String> metadata = new LinkedHashMap<>();
        private final Map<String, Shape> shapes = new LinkedHashMap<>();
        private final Map<String, float[]> values = new LinkedHashMap<>();
        private final Set<String> whole = new HashSet<>();

        private Builder() {}

        /**
         * Adds a tensor after those already there.
         *
         * @param name its name, new to this file
         * @param shape its shape, every size known
         * @param elements its elements, the last axis changing fastest; copied
         * @return this
         * @throws IllegalArgumentException if the name is taken or reserved, or shape and elements do not agree
         */
        public Builder add(String name, Shape shape, float[] elements) {
            if (name.equals(SafetensorsHeader.METADATA) || shapes.containsKey(name)) {
                throw new IllegalArgumentException(
                        "weights file expects every tensor under a name of its own, got " + name + " again; rename it");
            }
            boolean writable = shape.isKnown() && shape.rank() <= SafetensorsHeader.MAX_RANK;
            if (!writable || SafetensorsHeader.elements(shape.dims()) != elements.length) {
                throw new IllegalArgumentException("tensor " + name + " of shape " + shape
                        + " expects as many elements as its sizes make, on at most " + SafetensorsHeader.MAX_RANK
                        + " axes, got " + elements.length);
            }
            return adopt(name, Shape.of(shape.dims()), elements.clone());
        }

        /**
         * Adds a tensor of whole numbers, which is written as I64.
         *
         * @param name its name, new to this file
         * @param shape its shape, every size known
         * @param elements its elements from -2^24 to 2^24, the last axis changing fastest; copied
         * @return this
         * @throws IllegalArgumentException if the name is taken or reserved, shape and elements do not agree, or an
         *     element is no such number
         */
        public Builder addWhole(String name, Shape shape, float[] elements) {
            for (float element : elements) {
                if (Math.abs(element) > ElementType.LARGEST_WHOLE || element != (long) element) {
                    throw new IllegalArgumentException("tensor " + name
                            + " of whole numbers expects integers from -2^24 to 2^24, got " + element
                            + "; add it as floats");
                }
            }
            return add(name, shape, elements).whole(name);
        }

        /** Adds a tensor of another file as it is there; the elements are shared. */
        Builder adopt(Safetensors file, String name) {
            if (file.isWhole(name)) {
                whole(name);
            }
            return adopt(name, file.shape(name), file.elements(name));
        }

        /** Adds a checked tensor whose elements nobody else changes. */
        Builder adopt(String name, Shape shape, float[] elements) {
            shapes.put(name, shape);
            values.put(name, elements);
            return this;
        }

        /** Marks a tensor as one of whole numbers. */
        Builder whole(String name) {
            whole.add(name);
            return this;
        }

        /**
         * Sets one entry of the metadata; PyTorch's own tools write {@code format} = {@code pt}.
         *
         * @param key the key
         * @param value the value; one set before under the same key is replaced
         * @return this
         */
        public Builder metadata(String key, String value) {
            metadata.put(key, value);
            return this;
        }

        /**
         * The file as collected so far.
         *
         * @return the content, which further calls do not change
         * @throws IllegalArgumentException if a name or the metadata holds half a surrogate pair, or the header would be
         *     larger than 100,000,000 bytes or 2,097,152 JSON values
         */
        public Safetensors build() {
            Safetensors content = checked();
            SafetensorsWriter.requireWritable(content.header());
            return content;
        }

        /** The file as the reader collected it: what could be read is not refused for how it would be written. */
        Safetensors checked() {
            return new Safetensors(this);
        }
    }
}
