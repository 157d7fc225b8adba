/**
 * The catalogue of layers: one small final class each, and their lazy twins.
 *
 * <p>A new layer touches its own file, its case in the tests' catalogue and the table in docs/layers.md.
 */
package io.sparknn.nn.layers;
