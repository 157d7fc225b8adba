package io.sparknn.ml;

import io.sparknn.nn.Module;
import io.sparknn.nn.NetworkFiles;
import java.io.IOException;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves an estimator: Spark's metadata, and the network beside it as files of a layer. */
final class EstimatorWriter extends MLWriter {
    static final String INITIAL = "/initialModel";

    private final NetworkParams<?> estimator;

    EstimatorWriter(NetworkParams<?> estimator) {
        this.estimator = estimator;
    }

    /** What cannot be saved is refused before what is there is overwritten. */
    @Override
    public void save(String path) throws IOException {
        if (estimator.isSet(estimator.network())) {
            NetworkFiles.check(estimator.getNetwork());
        }
        super.save(path);
    }

    @Override
    @SuppressWarnings("deprecation") // the one with a SparkSession does not exist before Spark 4
    public void saveImpl(String path) {
        NetworkParams<?> plain = (NetworkParams<?>) estimator.copy(ParamMap.empty());
        plain.clear(plain.network());
        plain.clear(plain.initialModel());
        DefaultParamsWriter.saveMetadata(plain, path, sc(), scala.Option.empty(), scala.Option.empty());
        if (estimator.isSet(estimator.network())) {
            NetworkFiles.write(estimator.getNetwork(), path);
        }
        if (estimator.isSet(estimator.initialModel())) {
            NetworkFiles.write((Module) estimator.getInitialModel(), path + INITIAL);
        }
    }
}
