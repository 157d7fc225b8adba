package io.sparknn.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.Params;

/**
 * Params of what keeps weights and gradients small.
 *
 * @param <S> the estimator itself, which setters return
 */
public interface RegularizationParams<S extends RegularizationParams<S>> extends Params {
    /**
     * Param: how strongly weights are drawn to 0.
     *
     * @return the Param
     */
    default DoubleParam weightDecay() {
        return Settable.notNegative(
                this, "weightDecay", "how strongly weights are drawn to 0; the optimizer's own unless set");
    }

    /**
     * How strongly weights are drawn to 0.
     *
     * @return what is set, NaN for the optimiser's own
     */
    default double getWeightDecay() {
        return isSet(weightDecay()) ? (Double) getOrDefault(weightDecay()) : Double.NaN;
    }

    /**
     * Sets how strongly weights are drawn to 0; what parameters are spared from it is a matter of the optimiser.
     *
     * @param decay 0 or more
     * @return this
     */
    default S setWeightDecay(double decay) {
        return Settable.set(this, weightDecay(), decay);
    }

    /**
     * Param: the largest norm of all gradients together.
     *
     * @return the Param
     */
    default DoubleParam clipNorm() {
        return Settable.notNegative(this, "clipNorm", "largest norm of all gradients together, 0 for any");
    }

    /**
     * The largest norm of all gradients together.
     *
     * @return 0, for any, unless set
     */
    default double getClipNorm() {
        return (Double) getOrDefault(clipNorm());
    }

    /**
     * Sets the largest norm of all gradients together.
     *
     * @param norm 0 for any
     * @return this
     */
    default S setClipNorm(double norm) {
        return Settable.set(this, clipNorm(), norm);
    }

    /**
     * Param: the largest size of each gradient.
     *
     * @return the Param
     */
    default DoubleParam clipValue() {
        return Settable.notNegative(this, "clipValue", "largest size of each gradient, 0 for any");
    }

    /**
     * The largest size of each gradient.
     *
     * @return 0, for any, unless set
     */
    default double getClipValue() {
        return (Double) getOrDefault(clipValue());
    }

    /**
     * Sets the largest size of each gradient.
     *
     * @param value 0 for any
     * @return this
     */
    default S setClipValue(double value) {
        return Settable.set(this, clipValue(), value);
    }
}
