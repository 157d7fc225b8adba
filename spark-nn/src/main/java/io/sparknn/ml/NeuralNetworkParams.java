package io.sparknn.ml;

import org.apache.spark.ml.param.shared.HasFeaturesCol;
import org.apache.spark.ml.param.shared.HasLabelCol;
import org.apache.spark.ml.param.shared.HasPredictionCol;
import org.apache.spark.ml.param.shared.HasWeightCol;

/**
 * All Params that the estimators of this package share, with those of Spark's Predictor family: {@code featuresCol},
 * {@code labelCol}, {@code predictionCol}.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface NeuralNetworkParams<S extends NeuralNetworkParams<S>>
        extends HasFeaturesCol,
                HasLabelCol,
                HasPredictionCol,
                HasWeightCol,
                FeaturesParams<S>,
                NetworkParams<S>,
                LearningParams<S>,
                RegularizationParams<S>,
                StoppingParams<S>,
                DistributionParams<S> {
    /**
     * Sets the column of weights.
     *
     * @param column numbers of 0 or more, by which rows count; empty for all alike
     * @return this
     */
    default S setWeightCol(String column) {
        return Settable.set(this, weightCol(), column);
    }
}
