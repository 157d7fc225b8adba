package io.sparknn.ml;

import io.sparknn.nn.ConfiguredParam;
import io.sparknn.train.Metric;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * Params of what is measured after each epoch, and when training stops.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface StoppingParams<S extends StoppingParams<S>> extends Params {
    /**
     * Param: the column that is true in rows for validation.
     *
     * @return the Param
     */
    default Param<String> validationIndicatorCol() {
        return new Param<>(
                uid(),
                "validationIndicatorCol",
                "boolean column that is true in rows for validation, false in rows for training");
    }

    /**
     * The column that is true in rows for validation.
     *
     * @return its name, or null if all rows are for training
     */
    default String getValidationIndicatorCol() {
        boolean named = isSet(validationIndicatorCol())
                && !getOrDefault(validationIndicatorCol()).isEmpty();
        return named ? getOrDefault(validationIndicatorCol()) : null;
    }

    /**
     * Sets the column that is true in rows for validation.
     *
     * @param column a boolean column; empty for none
     * @return this
     */
    default S setValidationIndicatorCol(String column) {
        return Settable.set(this, validationIndicatorCol(), column);
    }

    /**
     * Param: epochs without progress after which training stops.
     *
     * @return the Param
     */
    default IntParam patience() {
        return Settable.atLeast(
                this,
                "patience",
                0,
                "epochs without progress of the validation loss after which training stops, 0 to run to the end");
    }

    /**
     * Epochs without progress after which training stops.
     *
     * @return 0, to run to the end, unless set
     */
    default int getPatience() {
        return (Integer) getOrDefault(patience());
    }

    /**
     * Sets the epochs without progress after which training stops: of the validation loss, or without rows for validation
     * of the training loss.
     *
     * @param epochs 0 to run to the end
     * @return this
     */
    default S setPatience(int epochs) {
        return Settable.set(this, patience(), epochs);
    }

    /**
     * Param: by how much a loss must fall to count as progress.
     *
     * @return the Param
     */
    default DoubleParam minDelta() {
        return Settable.notNegative(this, "minDelta", "by how much the loss must fall to count as progress");
    }

    /**
     * By how much a loss must fall to count as progress.
     *
     * @return 0 unless set
     */
    default double getMinDelta() {
        return (Double) getOrDefault(minDelta());
    }

    /**
     * Sets by how much a loss must fall to count as progress.
     *
     * @param delta 0 or more
     * @return this
     */
    default S setMinDelta(double delta) {
        return Settable.set(this, minDelta(), delta);
    }

    /**
     * Param: whether the model has the weights of the best epoch.
     *
     * @return the Param
     */
    default BooleanParam restoreBest() {
        return new BooleanParam(
                uid(), "restoreBest", "whether the model has the weights of the best epoch, or of the last");
    }

    /**
     * Whether the model has the weights of the best epoch.
     *
     * @return true unless set
     */
    default boolean getRestoreBest() {
        return (Boolean) getOrDefault(restoreBest());
    }

    /**
     * Sets whether the model has the weights of the best epoch.
     *
     * @param best false for those of the last
     * @return this
     */
    default S setRestoreBest(boolean best) {
        return Settable.set(this, restoreBest(), best);
    }

    /**
     * Param: further figures of each epoch.
     *
     * @return the Param
     */
    default ConfiguredParam<Metric[]> metrics() {
        return new ConfiguredParam<>(uid(), "metrics", "further figures of each epoch", Metric[].class);
    }

    /**
     * Further figures of each epoch.
     *
     * @return what is set; null for those of the estimator
     */
    default Metric[] getMetrics() {
        return isSet(metrics()) ? getOrDefault(metrics()).clone() : null;
    }

    /**
     * Sets further figures of each epoch.
     *
     * @param metrics built-in ones such as {@code new Accuracy()}, or of one's own; none for only the loss
     * @return this
     */
    default S setMetrics(Metric... metrics) {
        return Settable.set(this, metrics(), metrics.clone());
    }
}
