package io.sparknn.examples.benchmarks;

import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.optim.Adam;
import io.sparknn.train.EpochRecord;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The networks that are measured. */
final class Networks {
    static final int INPUTS = 784;
    static final int HIDDEN = 128;
    static final int OUTPUTS = 10;

    private Networks() {}

    /** 784 numbers to 128, and to 10. */
    static Sequential perceptron() {
        return new Sequential(new Linear(INPUTS, HIDDEN), new Relu(), new Linear(HIDDEN, OUTPUTS))
                .setInputCol("features")
                .setOutputCol("out")
                .setTrainable(false)
                .setSeed(7);
    }

    /** The same, to be trained. */
    static LazySequential lazyPerceptron(int hidden) {
        return new LazySequential(new LazyLinear(hidden), new Relu(), new LazyLinear(OUTPUTS));
    }

    /** Two convolutions, two pools, two linear layers over images of 28 × 28. */
    static LazySequential convolutions() {
        return new LazySequential(
                new Unflatten(1, 28, 28),
                new LazyConv2d(16, 5),
                new Relu(),
                new MaxPool2d(2),
                new LazyConv2d(32, 5),
                new Relu(),
                new MaxPool2d(2),
                new Flatten(),
                new LazyLinear(128),
                new Relu(),
                new LazyLinear(OUTPUTS));
    }

    static NeuralNetworkClassifier trained(LazySequential network, int epochs, int batch, int workers) {
        return new NeuralNetworkClassifier()
                .setNetwork(network)
                .setOptimizer(new Adam())
                .setLearningRate(2e-3)
                .setMaxEpochs(epochs)
                .setBatchSize(batch)
                .setNumWorkers(workers)
                .setRestoreBest(false)
                .setSeed(7);
    }

    /** The seconds of an epoch in the middle of those of a fit. */
    static double epochSeconds(NeuralNetworkClassifier classifier, Dataset<Row> rows) {
        double[] seconds = classifier.fit(rows).summary().epochs().stream()
                .mapToDouble(EpochRecord::seconds)
                .toArray();
        return Spread.of(seconds).median();
    }
}
