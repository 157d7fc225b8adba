package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The files of a network beside Spark's metadata, for estimators and models that hold one: {@code layer.json} and {@code
 * weights.safetensors} in a directory on any file system Hadoop knows. What is saved so can be loaded as a layer, too.
 */
public final class NetworkFiles {
    private NetworkFiles() {}

    /**
     * Refuses a network that could not be saved, before anything is written.
     *
     * @param network a lazy or ready module
     * @throws IllegalArgumentException if a class or an argument in it cannot be saved
     */
    public static void check(Module network) {
        Definition.encode(network);
    }

    /**
     * Writes a network.
     *
     * @param network a lazy or ready module
     * @param directory where
     */
    public static void write(Module network, String directory) {
        try {
            ModuleWriter.writeFiles(network, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot save " + network + " to " + directory, e);
        }
    }

    /**
     * Writes the operations of a network beside its weights, for scoring without Spark; where they cannot be recorded, why.
     *
     * @param network a ready network
     * @param directory where {@link #write} wrote it to
     * @param prediction what a model makes of the outputs, as plain values; null for a layer
     * @param inputs the shape of each input; none if the network knows it
     */
    public static void writeRecording(
            Layer network, String directory, Map<String, Object> prediction, Shape... inputs) {
        writeText(directory + Recordings.FILE, Recordings.file(network, prediction, inputs));
    }

    /**
     * Reads a network.
     *
     * @param directory what {@link #write} wrote to
     * @return a new network
     * @throws IllegalArgumentException if there is none, or it is damaged
     */
    public static Module read(String directory) {
        return new ModuleReader<>(Module.class).load(directory);
    }

    /**
     * Whether a directory holds a network.
     *
     * @param directory any
     * @return true if something was written there
     */
    public static boolean exist(String directory) {
        try {
            return Files.exists(directory + ModuleWriter.DEFINITION);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look into " + directory, e);
        }
    }

    /**
     * Writes a text file.
     *
     * @param path its path; replaced if it exists
     * @param text what it holds
     */
    public static void writeText(String path, String text) {
        try {
            Files.writeText(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /**
     * Reads a text file.
     *
     * @param path its path
     * @return what it holds
     * @throws IllegalArgumentException if it cannot be read
     */
    public static String readText(String path) {
        try {
            return Files.readText(path);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + "; give the path that was passed to save", e);
        }
    }
}
