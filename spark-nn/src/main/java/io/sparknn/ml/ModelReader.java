package io.sparknn.ml;

import java.util.function.BiFunction;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Loads what {@link ModelWriter} saved. */
final class ModelReader<M extends Params> extends MLReader<M> {
    private final Class<M> type;
    private final BiFunction<String, Trained, M> make;

    ModelReader(Class<M> type, BiFunction<String, Trained, M> make) {
        this.type = type;
        this.make = make;
    }

    @Override
    @SuppressWarnings("deprecation") // the one with a SparkSession does not exist before Spark 4
    public M load(String path) {
        DefaultParamsReader.Metadata metadata = DefaultParamsReader.loadMetadata(path, sc(), type.getName());
        M model = make.apply(metadata.uid(), Trained.read(path));
        metadata.getAndSetParams(model, scala.Option.empty());
        return model;
    }
}
