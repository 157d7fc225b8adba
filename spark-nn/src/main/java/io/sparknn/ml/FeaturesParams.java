package io.sparknn.ml;

import io.sparknn.nn.ChoiceParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;

/**
 * Params of what estimators and models of this package read.
 *
 * @param <S> the stage itself, which setters return
 */
public interface FeaturesParams<S extends FeaturesParams<S>> extends Params {
    /**
     * Param: the columns of a network of several inputs.
     *
     * @return the Param
     */
    default StringArrayParam featuresCols() {
        return new StringArrayParam(
                this, "featuresCols", "columns of a network of several inputs, one for each; goes before featuresCol");
    }

    /**
     * The columns of a network of several inputs.
     *
     * @return their names; empty if there is only featuresCol
     */
    default String[] getFeaturesCols() {
        return getOrDefault(featuresCols());
    }

    /**
     * Sets the columns of a network of several inputs: vectors, arrays of numbers, or numbers.
     *
     * @param columns one for each input; none for featuresCol alone
     * @return this
     */
    default S setFeaturesCols(String... columns) {
        return Settable.set(this, featuresCols(), columns);
    }

    /**
     * Param: what becomes of rows that are null, of another width, or hold NaN or infinite values.
     *
     * @return the Param
     */
    default Param<String> handleInvalid() {
        return new ChoiceParam(
                uid(),
                Settable.who(this),
                "handleInvalid",
                "what becomes of rows that are null, of another width, or hold NaN or infinite values: error, skip (the"
                        + " row is left out), or keep (left out of training, and scored as null)",
                "error",
                "skip",
                "keep");
    }

    /**
     * What becomes of invalid rows.
     *
     * @return {@code error} (default), {@code skip} or {@code keep}
     */
    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    /**
     * Sets what becomes of invalid rows.
     *
     * @param mode {@code error}, {@code skip}: left out, or {@code keep}: left out of training, and scored as null
     * @return this
     */
    default S setHandleInvalid(String mode) {
        return Settable.set(this, handleInvalid(), mode);
    }
}
