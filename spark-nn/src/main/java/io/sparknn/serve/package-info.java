/**
 * Scoring without Spark: a saved model or layer, run from the recording of its operations beside its weights.
 *
 * <p>No class of Spark, and none of the network's, is on the way, so this jar alone on the class path is enough.
 */
package io.sparknn.serve;
