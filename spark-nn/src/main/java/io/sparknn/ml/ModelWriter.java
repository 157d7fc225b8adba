package io.sparknn.ml;

import io.sparknn.nn.NetworkFiles;
import io.sparknn.serve.Prediction;
import java.io.IOException;
import java.util.function.Supplier;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves a model: Spark's metadata, the network as files of a layer, and what its outputs mean. */
final class ModelWriter extends MLWriter {
    private final Params model;
    private final Trained trained;
    private final Supplier<Prediction> rule;

    ModelWriter(Params model, Trained trained, Supplier<Prediction> rule) {
        this.model = model;
        this.trained = trained;
        this.rule = rule;
    }

    /** What cannot be saved is refused before what is there is overwritten. */
    @Override
    public void save(String path) throws IOException {
        NetworkFiles.check(trained.network());
        rule.get();
        super.save(path);
    }

    @Override
    @SuppressWarnings("deprecation") // the one with a SparkSession does not exist before Spark 4
    public void saveImpl(String path) {
        DefaultParamsWriter.saveMetadata(model, path, sc(), scala.Option.empty(), scala.Option.empty());
        trained.write(path, rule.get());
    }
}
