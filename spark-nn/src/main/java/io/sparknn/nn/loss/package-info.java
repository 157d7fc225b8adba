/**
 * Losses: what a network's output and the label cost, row by row. Differentiable operations on tensors, nothing more; the
 * training engine takes the mean over rows.
 */
package io.sparknn.nn.loss;
