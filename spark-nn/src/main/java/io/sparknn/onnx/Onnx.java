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
        write(network, Recordings.of(network), local(path));
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
        write(network, Recordings.of(network, inputs), local(path));
    }

    /**
     * Reads a network: a {@link io.sparknn.nn.Sequential} where the graph is a chain of layers that are known here, else an
     * {@link OnnxLayer}. What it was trained to do, it does here; it can be trained further.
     *
     * @param path a file of the local file system, as torch.onnx.export or {@link #export} wrote it, with the weights inside
     * @return the network
     * @throws IllegalArgumentException if there is none, it is damaged, or it has operators that are not known, by name
     */
    public static Layer load(String path) {
        Path file = local(path);
        try {
            if (Files.size(file) > Integer.MAX_VALUE - 8) {
                throw new IllegalArgumentException("ONNX import expects a file of less than 2 GB, got " + path);
            }
            GraphFile graph = GraphFile.read(Files.readAllBytes(file));
            Layer chain = ChainImport.of(graph);
            return chain != null ? chain : OnnxLayer.of(graph);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** As Spark names local files, too. */
    private static Path local(String path) {
        return Path.of(path.startsWith("file:") ? path.substring(path.indexOf(':') + 1) : path);
    }

    private static void write(Layer network, Recording recording, Path path) {
        Map<String, Parameter> state = Recordings.state(network);
        Protobuf model = Export.model(recording, name -> state.get(name).value().toArray());
        if (model.size() > Integer.MAX_VALUE) {
            throw new IllegalStateException("an ONNX file expects a network of less than 2 GB, got " + model.size()
                    + " bytes; export parts of it");
        }
        try {
            if (path.toAbsolutePath().getParent() != null) {
                Files.createDirectories(path.toAbsolutePath().getParent());
            }
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16)) {
                model.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "ONNX export expects a file it can write, got " + path + ": " + e.getMessage()
                            + "; name a file of the local file system",
                    e);
        }
    }
}
