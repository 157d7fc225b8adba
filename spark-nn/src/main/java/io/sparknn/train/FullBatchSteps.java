package io.sparknn.train;

import io.sparknn.optim.FullBatchOptimizer;
import java.util.ArrayList;
import java.util.List;

/**
 * One step an epoch by an optimiser that wants the loss of all rows, perhaps several times. Every worker runs the optimiser
 * on the same numbers and so comes to the same weights; what is shared is the way to the loss.
 */
final class FullBatchSteps implements Steps {
    private final WorkerTools tools;
    private final FullBatchOptimizer optimizer;
    private final List<float[]> memory;
    private long step;
    private double weight;

    FullBatchSteps(WorkerTools tools, List<float[]> memory) {
        this.tools = tools;
        this.optimizer = (FullBatchOptimizer) tools.plan.options.optimizer();
        this.memory = new ArrayList<>(memory);
    }

    @Override
    public List<float[]> memory() {
        return memory;
    }

    @Override
    public double[] epoch(double learningRate, long done) throws Diverged {
        step = done + 1;
        float[] weights = flat(tools.replica.weights);
        double loss = optimizer.step(weights, memory, learningRate, this::evaluate);
        share(weights);
        if (!Double.isFinite(loss)) {
            throw new Diverged(step);
        }
        return new double[] {loss * weight, weight};
    }

    /** Loss and gradient over all rows at given weights: a pass through all batches, added up. */
    private double evaluate(float[] weights, float[] gradients) {
        share(weights);
        double[] sums = new double[2];
        float[][] own = new float[tools.replica.total.length][];
        for (int p = 0; p < own.length; p++) {
            own[p] = new float[tools.replica.total[p].length];
        }
        tools.figures.clear();
        for (int batch = 0; batch < tools.order.batches(); batch++) {
            double[] numbers = tools.gradientsOf(batch, step);
            sums[0] += numbers[0];
            sums[1] += numbers[1];
            add(tools.gradients.arrays(), own);
        }
        tools.workers.sum(own, tools.replica.total, sums);
        // Those of the last batch: all of them begin with the values of the evaluation before.
        tools.updateBuffers();
        tools.workers.meet();
        weight = sums[1];
        int at = 0;
        for (float[] array : tools.replica.total) {
            for (float value : array) {
                gradients[at++] = (float) (value / weight);
            }
        }
        tools.workers.meet();
        return sums[0] / sums[1];
    }

    private static void add(float[][] from, float[][] to) {
        for (int p = 0; p < from.length; p++) {
            float[] more = from[p];
            float[] sum = to[p];
            for (int i = 0; i < sum.length; i++) {
                sum[i] += more[i];
            }
        }
    }

    /** Puts weights where the network of this JVM reads them. */
    private void share(float... weights) {
        tools.workers.meet();
        if (tools.workers.localRank() == 0) {
            int at = 0;
            for (float[] array : tools.replica.weights) {
                System.arraycopy(weights, at, array, 0, array.length);
                at += array.length;
            }
        }
        tools.workers.meet();
    }

    private static float[] flat(float[]... arrays) {
        int length = 0;
        for (float[] array : arrays) {
            length += array.length;
        }
        float[] flat = new float[length];
        int at = 0;
        for (float[] array : arrays) {
            System.arraycopy(array, 0, flat, at, array.length);
            at += array.length;
        }
        return flat;
    }
}
