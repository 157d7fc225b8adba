package io.sparknn.ml;

import io.sparknn.nn.Layer;
import java.util.Map;

/** A model that holds a trained network. */
public interface NetworkModel {
    /**
     * The trained network: a layer like any other, with forward, transform, weights and save of its own.
     *
     * @return the model's network itself
     */
    Layer network();

    /**
     * The layers of the network.
     *
     * @return by name, in order
     */
    default Map<String, Layer> layers() {
        return network().layers();
    }

    /**
     * Whether the training of this model is known.
     *
     * @return true but for models made without training
     */
    boolean hasSummary();

    /**
     * How training went.
     *
     * @return the summary, also after loading
     * @throws IllegalStateException if there is none
     */
    TrainingSummary summary();
}
