package io.sparknn.ml;

import io.sparknn.nn.Layer;
import io.sparknn.nn.NetworkFiles;
import java.util.function.Function;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;

/** Loads what {@link EstimatorWriter} saved. */
final class EstimatorReader<E extends NetworkParams<?>> extends MLReader<E> {
    private final Class<E> type;
    private final Function<String, E> make;

    EstimatorReader(Class<E> type, Function<String, E> make) {
        this.type = type;
        this.make = make;
    }

    @Override
    @SuppressWarnings("deprecation") // the one with a SparkSession does not exist before Spark 4
    public E load(String path) {
        DefaultParamsReader.Metadata metadata = DefaultParamsReader.loadMetadata(path, sc(), type.getName());
        E estimator = make.apply(metadata.uid());
        // Before the other Params: those by path are there only with the network.
        if (NetworkFiles.exist(path)) {
            estimator.set(estimator.network(), NetworkFiles.read(path));
        }
        if (NetworkFiles.exist(path + EstimatorWriter.INITIAL)) {
            estimator.set(estimator.initialModel(), (Layer) NetworkFiles.read(path + EstimatorWriter.INITIAL));
        }
        metadata.getAndSetParams(estimator, scala.Option.empty());
        return estimator;
    }
}
