package io.sparknn.nn.loss;

import io.sparknn.tensor.Tensor;

/** Weights of classes as an argument of losses. */
final class ClassWeights {
    private ClassWeights() {}

    /** A copy, or null for none. */
    static double[] checked(Loss loss, double... weights) {
        for (int i = 0; weights != null && i < weights.length; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw loss.refused("class weights", "of 0 or more", weights[i]);
            }
        }
        return weights == null || weights.length == 0 ? null : weights.clone();
    }

    /** The weight of each row's class, or null where classes have none. */
    static Tensor ofRows(double[] weights, Tensor label) {
        return weights == null ? null : Tensor.of(weights).indexSelect(0, label);
    }
}
