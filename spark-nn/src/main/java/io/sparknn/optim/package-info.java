/**
 * Optimisers as pure steps over slices of flat float arrays, schedules of the learning rate, and clipping of gradients;
 * knows nothing of Spark, of layers or of how many workers there are.
 *
 * <p>All parameters of a network stand one after the other in one array of weights; their gradients and an optimiser's
 * state are arrays of the same length that share its index. A {@link io.sparknn.optim.Layout} says which parameter is
 * where. Each worker steps a slice of its own, and gets the bits that a step over the whole would give.
 */
package io.sparknn.optim;
