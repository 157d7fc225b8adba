package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Shape;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What every layer must hold, checked on one of yours; a test of a layer is one line, in any test framework.
 *
 * <pre>{@code
 * LayerContract.check(() -> new MyLinear(8, 3), Shape.of(5, 8));
 * LayerContract.check(spark, () -> new MyLinear(8, 3), Shape.of(5, 8));
 * }</pre>
 *
 * <p>Without Spark: the declared output shape is the real one; evaluation gives the same bits twice, training the same
 * bits for the same seed, from the same buffers; gradients of inputs and parameters agree with finite differences; a copy, made before and
 * after the values are drawn, and a layer sent by Java or Kryo serialisation give the same bits and keep uid and Params;
 * rows give the same bits whatever block they fall in, unless the layer reduces over the rows.
 *
 * <p>With Spark as well: {@code transformSchema} is the schema of {@code transform}; 1, 7 and empty partitions give the
 * same bits, which are those of {@code forward}; saving and loading gives the same bits and Params; rows of another
 * width and null rows are refused with layer, width and column.
 */
public final class LayerContract {
    private LayerContract() {}

    /**
     * Checks what needs no Spark session.
     *
     * @param layer makes the layer, a new one each time
     * @param inputs the shape of each input, rows first, all sizes known; at least 2 rows
     * @throws AssertionError if the layer does not hold the contract; the message tells what
     */
    public static void check(Supplier<? extends Layer> layer, Shape... inputs) {
        Subject subject = new Subject(layer, inputs);
        ForwardChecks.run(subject);
        GradientCheck.run(subject);
        CopyChecks.run(subject);
    }

    /**
     * Checks everything.
     *
     * @param spark a local session
     * @param layer makes the layer, a new one each time
     * @param inputs the shape of each input, rows first, all sizes known; at least 2 rows
     * @throws AssertionError if the layer does not hold the contract; the message tells what
     */
    public static void check(SparkSession spark, Supplier<? extends Layer> layer, Shape... inputs) {
        check(layer, inputs);
        StageChecks.run(new Subject(layer, inputs), spark);
    }
}
