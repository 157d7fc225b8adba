/**
 * Float32 tensors, their operations with gradients, the matrix product and the random streams; knows nothing of Spark.
 *
 * <p>Letters in shapes: N rows (the batch), D features, C channels, H W height and width, K classes.
 */
package io.sparknn.tensor;
