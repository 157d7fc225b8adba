package io.sparknn.nn;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.io.UncheckedIOException;
import org.apache.spark.SparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.SparkSession;

/**
 * The object around a class that was defined in a notebook's cell: it holds the cell's values, of which a layer may use
 * some. Values that cannot travel, such as the session, arrive as null, so that a cell is not refused for holding them;
 * a layer that uses one meets the null.
 */
final class CellStream {
    private static final ThreadLocal<Boolean> WRITING = new ThreadLocal<>();

    private CellStream() {}

    /** Whether this thread is writing a cell, so that what is written now is within it. */
    static boolean isWriting() {
        return WRITING.get() != null;
    }

    static byte[] write(Object... cells) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WRITING.set(true);
        try (ObjectOutputStream out = new Writer(bytes)) {
            out.writeObject(cells);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot ship the notebook cell of a layer; define the layer in a cell of its own", e);
        } finally {
            WRITING.remove();
        }
        return bytes.toByteArray();
    }

    static Object read(byte[] bytes) {
        try (ObjectInputStream in = new Reader(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("an executor does not know the notebook cell of a layer", e);
        }
    }

    private static final class Writer extends ObjectOutputStream {
        Writer(ByteArrayOutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected Object replaceObject(Object value) {
            boolean stays = value instanceof SparkSession
                    || value instanceof SparkContext
                    || value instanceof Dataset
                    || value instanceof RDD
                    || !(value instanceof Serializable);
            return stays ? null : value;
        }
    }

    private static final class Reader extends ObjectInputStream {
        Reader(ByteArrayInputStream in) throws IOException {
            super(in);
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass description) throws IOException, ClassNotFoundException {
            try {
                return Class.forName(
                        description.getName(), false, Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }
}
