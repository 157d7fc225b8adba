/**
 * The data-parallel training engine: workers that run mini-batches in Spark tasks, the loop on the driver that starts them
 * again after a failure, checkpoints, early stopping, history.
 *
 * <p>Most users meet it through the estimators of {@code ml}. Here is what they may extend or implement: {@link
 * io.sparknn.train.Metric} and {@link io.sparknn.train.TrainingListener}.
 */
package io.sparknn.train;
