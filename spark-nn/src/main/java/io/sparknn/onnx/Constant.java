package io.sparknn.onnx;

import java.util.Arrays;

/** A tensor of a file: floats, or whole numbers. */
final class Constant {
    private final String name;
    private final int[] dims;
    private final float[] floats;
    private final long[] integers;

    private Constant(String name, int[] dims, float[] floats, long[] integers) {
        this.name = name;
        this.dims = dims;
        this.floats = floats;
        this.integers = integers;
    }

    static Constant of(String name, int[] dims, float... floats) {
        return new Constant(name, dims.clone(), floats, null);
    }

    static Constant of(String name, int[] dims, long... integers) {
        return new Constant(name, dims.clone(), null, integers);
    }

    String name() {
        return name;
    }

    int[] dims() {
        return dims.clone();
    }

    int rank() {
        return dims.length;
    }

    boolean isFloat() {
        return floats != null;
    }

    float[] floats() {
        return floats;
    }

    long[] integers() {
        return integers;
    }

    int size() {
        return floats != null ? floats.length : integers.length;
    }

    static Constant read(ProtobufReader in) {
        ProtobufReader.LongList dims = new ProtobufReader.LongList();
        ProtobufReader.LongList bits = new ProtobufReader.LongList();
        ProtobufReader raw = null;
        int type = 0;
        String name = "";
        while (in.next()) {
            switch (in.field()) {
                case Proto.TENSOR_DIMS -> in.integers(dims);
                case Proto.TENSOR_TYPE -> type = (int) in.integer();
                case Proto.TENSOR_NAME -> name = in.text();
                case Proto.TENSOR_FLOATS -> in.floats(bits);
                case Proto.TENSOR_INT32S, Proto.TENSOR_INT64S -> in.integers(bits);
                case Proto.TENSOR_DOUBLES -> in.doubles(bits);
                case Proto.TENSOR_RAW -> raw = in.message();
                case Proto.TENSOR_LOCATION -> {
                    if (in.integer() != 0) {
                        throw new IllegalArgumentException(
                                "tensor \"" + name
                                        + "\" expects its values in the file, got them in another one; save the model as one file");
                    }
                }
                default -> in.skip();
            }
        }
        int[] sizes = sizes(name, dims.toArray());
        return values(name, sizes, type, raw, bits);
    }

    /** What the file itself vouches for: memory is taken only for values whose bytes are there. */
    private static Constant values(
            String name, int[] dims, int type, ProtobufReader raw, ProtobufReader.LongList bits) {
        int width = width(name, type);
        long size = 1;
        for (int dim : dims) {
            size *= dim;
            if (size > Integer.MAX_VALUE) {
                throw ProtobufReader.damaged("a tensor \"" + name + "\" of sizes " + Arrays.toString(dims));
            }
        }
        long there = raw != null ? raw.left() / width : bits.size();
        if (there != size || (raw != null && raw.left() % width != 0)) {
            throw ProtobufReader.damaged(
                    "a tensor \"" + name + "\" of sizes " + Arrays.toString(dims) + " with " + there + " values");
        }
        long[] kept = raw != null ? null : bits.toArray();
        boolean isFloat = type == Proto.FLOAT || type == Proto.DOUBLE || type == Proto.FLOAT16;
        float[] floats = new float[isFloat ? (int) size : 0];
        long[] integers = new long[isFloat ? 0 : (int) size];
        for (int i = 0; i < size; i++) {
            long value = raw != null ? raw.raw(width) : kept[i];
            if (isFloat) {
                floats[i] = real(type, value);
            } else {
                integers[i] = width == 4 ? (int) value : value;
            }
        }
        return isFloat ? of(name, dims, floats) : of(name, dims, integers);
    }

    private static int[] sizes(String name, long... dims) {
        int[] sizes = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] < 0 || dims[i] > Integer.MAX_VALUE) {
                throw ProtobufReader.damaged("a tensor \"" + name + "\" of sizes " + Arrays.toString(dims));
            }
            sizes[i] = (int) dims[i];
        }
        return sizes;
    }

    private static int width(String name, int type) {
        return switch (type) {
            case Proto.FLOAT, Proto.INT32 -> 4;
            case Proto.DOUBLE, Proto.INT64 -> 8;
            case Proto.FLOAT16 -> 2;
            case Proto.BOOL -> 1;
            default ->
                throw new IllegalArgumentException("tensor \"" + name
                        + "\" expects floats, whole numbers of 32 or 64 bits or truth values, got ONNX type " + type
                        + "; convert the model to float32");
        };
    }

    private static float real(int type, long bits) {
        return switch (type) {
            case Proto.DOUBLE -> (float) Double.longBitsToDouble(bits);
            case Proto.FLOAT16 -> half((int) bits);
            default -> Float.intBitsToFloat((int) bits);
        };
    }

    private static float half(int bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }
}
