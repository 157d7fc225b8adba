package io.sparknn.train.rows;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.ByteBuffer;
import org.apache.spark.serializer.DeserializationStream;
import org.apache.spark.serializer.SerializationStream;
import org.apache.spark.serializer.Serializer;
import org.apache.spark.serializer.SerializerInstance;
import scala.reflect.ClassTag;

/**
 * Writes chunks with their workers into the shuffle.
 *
 * <p>Of our own, whatever {@code spark.serializer} is: Java's keeps the last hundred objects of each stream, which with a
 * stream for each worker is a large part of the data; and as nothing is kept from one chunk to the next, Spark may sort
 * the bytes where there are many workers.
 */
final class ChunkSerializer extends Serializer implements Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public SerializerInstance newInstance() {
        return new Instance();
    }

    @Override
    public boolean supportsRelocationOfSerializedObjects() {
        return true;
    }

    private static final class Instance extends SerializerInstance {
        @Override
        public SerializationStream serializeStream(OutputStream out) {
            return new Writer(out);
        }

        @Override
        public DeserializationStream deserializeStream(InputStream in) {
            return new Reader(in);
        }

        @Override
        public <T> ByteBuffer serialize(T value, ClassTag<T> tag) {
            throw onlyStreams();
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassTag<T> tag) {
            throw onlyStreams();
        }

        @Override
        public <T> T deserialize(ByteBuffer bytes, ClassLoader loader, ClassTag<T> tag) {
            throw onlyStreams();
        }

        private static UnsupportedOperationException onlyStreams() {
            return new UnsupportedOperationException("chunks are written to the streams of a shuffle only");
        }
    }

    private static final class Writer extends SerializationStream {
        private final DataOutputStream out;
        private final FloatBytes floats = new FloatBytes();

        Writer(OutputStream out) {
            this.out = new DataOutputStream(new BufferedOutputStream(out));
        }

        @Override
        public <T> SerializationStream writeObject(T value, ClassTag<T> tag) {
            try {
                if (value instanceof Chunk chunk) {
                    chunk.write(out, floats);
                } else {
                    out.writeInt((Integer) value);
                }
            } catch (IOException e) {
                throw unchecked(e);
            }
            return this;
        }

        @Override
        public void flush() {
            try {
                out.flush();
            } catch (IOException e) {
                throw unchecked(e);
            }
        }

        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw unchecked(e);
            }
        }
    }

    private static final class Reader extends DeserializationStream {
        private final DataInputStream in;
        private final FloatBytes floats = new FloatBytes();
        private boolean keyIsNext = true;

        Reader(InputStream in) {
            this.in = new DataInputStream(new BufferedInputStream(in));
        }

        /** Worker and chunk in turns. The end of the stream is an {@link EOFException}, as Spark wants it. */
        @Override
        @SuppressWarnings("unchecked")
        public <T> T readObject(ClassTag<T> tag) {
            try {
                Object value = keyIsNext ? (Object) in.readInt() : chunk();
                keyIsNext = !keyIsNext;
                return (T) value;
            } catch (IOException e) {
                throw unchecked(e);
            }
        }

        private Chunk chunk() throws IOException {
            try {
                return Chunk.read(in, floats);
            } catch (EOFException e) {
                throw new IOException("a stream of the shuffle ends within a chunk of rows", e);
            }
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException e) {
                throw unchecked(e);
            }
        }
    }

    /** Spark expects input and output to fail with the exception itself, which Scala's methods need not declare. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> RuntimeException unchecked(IOException e) throws E {
        throw (E) e;
    }
}
