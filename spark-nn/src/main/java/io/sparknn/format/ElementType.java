package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import java.nio.ByteBuffer;

/** The types of elements that are read; each turns its little-endian bytes into float32 or refuses the value. */
enum ElementType {
    F32(4) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return Float.intBitsToFloat(bytes.getInt());
        }

        @Override
        void next(ByteBuffer bytes, String tensor, float[] values, int from, int count) {
            bytes.asFloatBuffer().get(values, from, count);
        }
    },
    F64(8) {
        @Override
        float next(ByteBuffer bytes, String tensor) throws FormatException {
            double value = bytes.getDouble();
            if (Float.isInfinite((float) value) && !Double.isInfinite(value)) {
                throw refused(tensor, value, "values within the range of float32");
            }
            return (float) value;
        }
    },
    F16(2) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return half(bytes.getShort());
        }
    },
    BF16(2) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return Float.intBitsToFloat(bytes.getShort() << 16);
        }
    },
    I8(1) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return bytes.get();
        }
    },
    U8(1) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return Byte.toUnsignedInt(bytes.get());
        }
    },
    I16(2) {
        @Override
        float next(ByteBuffer bytes, String tensor) {
            return bytes.getShort();
        }
    },
    I32(4) {
        @Override
        float next(ByteBuffer bytes, String tensor) throws FormatException {
            return whole(bytes.getInt(), tensor);
        }
    },
    I64(8) {
        @Override
        float next(ByteBuffer bytes, String tensor) throws FormatException {
            return whole(bytes.getLong(), tensor);
        }
    },
    BOOL(1) {
        @Override
        float next(ByteBuffer bytes, String tensor) throws FormatException {
            byte value = bytes.get();
            if (value != 0 && value != 1) {
                throw refused(tensor, value, "0 or 1");
            }
            return value;
        }
    };

    /** Above it float32 has no longer a value of its own for every integer. */
    static final long LARGEST_WHOLE = 1L << 24;

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The width of one element. */
    int bytes() {
        return bytes;
    }

    /** Takes one element off the buffer; {@code tensor} is only for the message. */
    abstract float next(ByteBuffer bytes, String tensor) throws FormatException;

    /** Takes elements off the buffer that holds no others, into an array. */
    void next(ByteBuffer bytes, String tensor, float[] values, int from, int count) throws FormatException {
        for (int index = 0; index < count; index++) {
            values[from + index] = next(bytes, tensor);
        }
    }

    float whole(long value, String tensor) throws FormatException {
        if (value > LARGEST_WHOLE || value < -LARGEST_WHOLE) {
            throw refused(tensor, value, "integers from -2^24 to 2^24, which float32 holds exactly");
        }
        return value;
    }

    FormatException refused(String tensor, Number got, String expected) {
        return new FormatException(
                Reason.VALUE,
                "tensor " + FormatException.quoted(tensor) + " of type " + this + " expects " + expected + ", got "
                        + got + "; save it without such values, or leave it out of the file");
    }

    /** IEEE 754 binary16, by its bits: {@code Float.float16ToFloat} came after Java 17. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            // Zero and subnormals: a multiple of 2^-24, exact in float32.
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }
}
