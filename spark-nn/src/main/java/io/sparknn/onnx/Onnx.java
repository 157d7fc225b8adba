package io.sparknn.onnx;

import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Recordings;
import io.sparknn.tensor.Recording;
import io.sparknn.tensor.Shape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Networks as ONNX models: files that other runtimes score, and that other frameworks write.
 *
 * <pre>{@code
 * Onnx.export(model.network(), "digits.onnx");
 * Layer network = Onnx.load("from_pytorch.onnx");
 * }</pre>
 */
public final class Onnx {
    private Onnx() {}

    /**
     * Writes a network whose input's shape is known from how it was built.
     *
     * @param network a ready network
     * @param path a file of the local file system; replaced if it exists
     * @throws IllegalStateException if the network cannot be recorded, or has an operation that ONNX has not
     */
    public static void export(Layer network, String path) {
        write(network, Recordings.of(network), Path.of(path));
    }

    /**
     * Writes a network in evaluation, opset 17. The number of rows is free. Where rows differ in length, the rows of one call
     * have to be equally long, and the length is free. Ids are whole numbers of 64 bits, all else float32.
     *
     * @param network a ready network
     * @param path a file of the local file system; replaced if it exists
     * @param inputs the shape of each input, rows unknown
     * @throws IllegalStateException if the network cannot be recorded, or has an operation that ONNX has not
     */
    public static void export(Layer network, String path, Shape... inputs) {
        write(network, Recordings.of(network, inputs), Path.of(path));
    }

    private static void write(Layer network, Recording recording, Path path) {
        Map<String, Parameter> state = Recordings.state(network);
        Protobuf model = Export.model(recording, name -> state.get(name).value().toArray());
        if (model.size() > Integer.MAX_VALUE) {
            throw new IllegalStateException("an ONNX file expects a network of less than 2 GB, got " + model.size()
                    + " bytes; export parts of it");
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
            model.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }
}
