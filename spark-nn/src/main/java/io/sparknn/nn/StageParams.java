package io.sparknn.nn;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;

/**
 * The Params that lazy and ready layers have in common.
 *
 * <p>Plain Params with the id as their parent, not Spark's shared traits: a Scala 2.13 class cannot extend a Java class
 * that implements those, nor may {@code uid()} be called while such a class is being made.
 */
final class StageParams {
    static final String ERROR = "error";
    static final String SKIP = "skip";
    static final String KEEP = "keep";

    final Param<String> inputCol;
    final Param<String[]> inputCols;
    final Param<String> outputCol;
    final Param<String> handleInvalid;
    final LongParam seed;
    final BooleanParam trainable;
    final Param<int[]> inputShape;

    StageParams(String id) {
        SupportedSpark.check();
        inputCol = new Param<>(id, "inputCol", "column of vectors, arrays or numbers that this layer reads");
        inputCols = new NamesParam(id, "inputCols", "columns that this layer reads, one for each of its inputs");
        outputCol = new Param<>(id, "outputCol", "column of vectors that this layer writes");
        handleInvalid = new ChoiceParam(
                id,
                id,
                "handleInvalid",
                "what becomes of rows that are null, of another width, or hold NaN or infinite values: error, skip (the"
                        + " row is dropped) or keep (a null output; NaN and infinite values are computed with)",
                ERROR,
                SKIP,
                KEEP);
        seed = new LongParam(id, "seed", "seed of the initial values");
        trainable = new BooleanParam(id, "trainable", "whether training changes this layer's parameters");
        inputShape = new SizesParam(id, "inputShape", "sizes of one row of the input, found when the layer was built");
    }
}
