package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.util.Arrays;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Builds the network of an estimator: with the width that the label tells, for inputs of known shapes, under the
 * estimator's seed. What the user gave is not changed; values of ready layers in it are kept.
 */
public final class NetworkBuilder {
    private final Module network;
    private final String handleInvalid;

    private NetworkBuilder(Module network, String handleInvalid) {
        this.network = network;
        this.handleInvalid = handleInvalid;
    }

    /**
     * A builder.
     *
     * @param network a lazy or ready module
     * @return the builder
     */
    public static NetworkBuilder of(Module network) {
        return new NetworkBuilder(network, StageParams.ERROR);
    }

    /**
     * Says what becomes of rows that are invalid: where they are dropped, their ids do not count.
     *
     * @param mode {@code error}, {@code skip} or {@code keep}; {@code error} unless this is called
     * @return a new builder
     */
    public NetworkBuilder withInvalid(String mode) {
        return new NetworkBuilder(network, mode);
    }

    /**
     * Whether a lazy layer in the network has no size for its output, and waits for the label to tell.
     *
     * @return true if {@link #withOutputs} has an effect
     */
    public boolean isOpen() {
        return OpenWidth.of(network) != null;
    }

    /**
     * Gives the last lazy layer without a size that of the label.
     *
     * @param width how many outputs the label asks for
     * @return a new builder; this one if no size is open
     */
    public NetworkBuilder withOutputs(int width) {
        return isOpen() ? new NetworkBuilder(OpenWidth.filled(network, width), handleInvalid) : this;
    }

    /**
     * The shapes of columns as the network reads them, as far as types and metadata tell.
     *
     * @param who asks, for errors
     * @param schema has the columns
     * @param columns one for each input
     * @return one for each: rows unknown, and perhaps sizes
     * @throws IllegalArgumentException if a column is missing, or of a type that cannot be read
     */
    public Shape[] knownShapes(String who, StructType schema, String... columns) {
        return InputColumns.inputs(who, schema, network, columns).knownShapes();
    }

    /**
     * The shapes of columns as the network reads them: from metadata, else from the first row that has values in all of
     * them; ids are counted.
     *
     * @param who asks, for errors
     * @param dataset has the columns
     * @param columns one for each input
     * @return one for each: rows unknown
     * @throws IllegalArgumentException if a column is missing or of a type that cannot be read, or there are no rows
     */
    public Shape[] shapes(String who, Dataset<?> dataset, String... columns) {
        return InputColumns.inputs(who, dataset.schema(), network, columns).shapes(dataset, handleInvalid);
    }

    /**
     * The shape of the output as far as it is known, found without data.
     *
     * @param inputs the inputs as far as they are known
     * @return the shape; sizes may be unknown
     * @throws IllegalArgumentException if inputs are known and do not fit
     */
    public Shape outputShape(Shape... inputs) {
        try {
            return ChainShapes.after(network, inputs);
        } catch (IllegalStateException e) {
            // A lazy layer of one's own may have to build what it holds, which it cannot without a width.
            if (isOpen()) {
                return ChainShapes.NOTHING;
            }
            throw e;
        }
    }

    /**
     * Builds the network.
     *
     * @param seed of values that are not drawn yet, unless a layer has a seed of its own
     * @param inputs one shape for each input, all sizes but the rows known
     * @return a new network
     * @throws IllegalArgumentException if the network cannot take such inputs
     */
    public Layer build(long seed, Shape... inputs) {
        Layer built =
                network instanceof LazyLayer<?> lazy ? lazy.settled(inputs) : ((Layer) network).copy(ParamMap.empty());
        built.outputShape(inputs);
        if (!built.isSet(built.seed())) {
            built.setSeed(seed);
        }
        boolean knowsInput = built.inputSizes() != null;
        if (!knowsInput && inputs.length == 1 && inputs[0].rank() > 1) {
            built.set(built.inputShape(), Arrays.copyOfRange(inputs[0].dims(), 1, inputs[0].rank()));
        }
        return built;
    }
}
