package io.sparknn.examples.benchmarks;

import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;

/** The network that is measured: 784 numbers to 128, and to 10. */
final class Networks {
    static final int INPUTS = 784;
    static final int HIDDEN = 128;
    static final int OUTPUTS = 10;

    private Networks() {}

    static Sequential perceptron() {
        return new Sequential(new Linear(INPUTS, HIDDEN), new Relu(), new Linear(HIDDEN, OUTPUTS))
                .setInputCol("features")
                .setOutputCol("out")
                .setTrainable(false)
                .setSeed(7);
    }
}
