/**
 * What a layer is: a Spark ML stage, a module of a network, a thing of constructor arguments and parameters; and how it
 * runs over a DataFrame, is copied, saved and shipped to executors.
 *
 * <p>Start with {@link io.sparknn.nn.Layer} and {@link io.sparknn.nn.LazyLayer}. The catalogue of layers is in
 * {@code io.sparknn.nn.layers}.
 */
package io.sparknn.nn;
