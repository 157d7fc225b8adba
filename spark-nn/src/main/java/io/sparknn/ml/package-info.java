/**
 * The estimators that train a network on the rows of a DataFrame, and the models they give: Spark ML stages like any
 * other, in a Pipeline, a CrossValidator, a saved PipelineModel.
 *
 * <p>Start with {@link io.sparknn.ml.NeuralNetworkClassifier} and {@link io.sparknn.ml.NeuralNetworkRegressor}; their
 * settings are in {@link io.sparknn.ml.NeuralNetworkParams} and what it extends.
 */
package io.sparknn.ml;
