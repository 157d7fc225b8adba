package io.sparknn.ml;

import io.sparknn.nn.ConfiguredParam;
import io.sparknn.nn.loss.Loss;
import org.apache.spark.ml.param.Params;

/**
 * The Param of the loss, which a model has too, for it tells what the network's outputs mean. A model has it as a default:
 * a server of Spark Connect tells its client what is set in a model that it has loaded, and knows no losses.
 */
public interface LossParam extends Params {
    /**
     * Param: what training makes small.
     *
     * @return the Param
     */
    default ConfiguredParam<Loss> loss() {
        return new ConfiguredParam<>(
                uid(),
                "loss",
                "what training makes small; unless set, it follows from the label",
                Loss.class,
                name -> Named.LOSSES.get(Settable.who(this), name));
    }

    /**
     * What training makes small.
     *
     * @return the loss; null in an estimator that leaves it to the label
     */
    default Loss getLoss() {
        return isDefined(loss()) ? getOrDefault(loss()) : null;
    }
}
