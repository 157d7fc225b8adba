package io.sparknn.nn;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves a module: Spark's metadata, the definition of all modules in it, and their values. */
final class ModuleWriter extends MLWriter {
    static final String DEFINITION = "/layer.json";
    static final String WEIGHTS = "/weights.safetensors";

    private final Module module;

    ModuleWriter(Module module) {
        this.module = module;
    }

    /** What cannot be saved is refused before what is there is overwritten. */
    @Override
    public void save(String path) throws IOException {
        Definition.encode(module);
        super.save(path);
    }

    @Override
    @SuppressWarnings("deprecation") // the one with a SparkSession does not exist before Spark 4
    public void saveImpl(String path) {
        Definition.encode(module);
        DefaultParamsWriter.saveMetadata((Params) module, path, sc(), scala.Option.empty(), scala.Option.empty());
        NetworkFiles.write(module, path);
        if (module instanceof Layer layer) {
            NetworkFiles.writeRecording(layer, path, null);
        }
    }

    static void writeFiles(Module module, String path) throws IOException {
        String definition = Definition.encode(module);
        try (OutputStream weights = Files.create(path + WEIGHTS)) {
            Weights.write(module, weights);
        }
        Files.writeText(path + DEFINITION, definition);
    }
}
