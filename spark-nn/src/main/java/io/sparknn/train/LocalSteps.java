package io.sparknn.train;

import io.sparknn.train.net.Workers;

/**
 * Steps of each worker alone on its share of every batch; every few of them all take the mean of their weights, and of
 * what the optimiser keeps, by the rows each has seen. Fewer bytes on the wire, and an answer that depends on the number
 * of workers.
 *
 * <p>Source: Stich, "Local SGD converges fast and communicates little", arXiv:1805.09767.
 */
final class LocalSteps implements Steps {
    private final WorkerTools tools;
    private final Workers alone;
    private final Stepper stepper;
    private final float[][] mean;
    private final float[][] meanBuffers;

    LocalSteps(WorkerTools tools) {
        this.tools = tools;
        this.alone = new Alone();
        this.stepper = new Stepper(tools.plan.options, tools.replica, alone);
        this.mean = tools.workers.shared("mean of weights", () -> Replica.copy(tools.replica.weights));
        this.meanBuffers = tools.workers.shared("mean of buffers", () -> Replica.copy(tools.replica.buffers));
    }

    @Override
    public double[] epoch(double learningRate, long done) throws Diverged {
        int every = tools.plan.options.syncEvery();
        double[] sums = new double[2];
        double rows = 0;
        for (int batch = 0; batch < tools.order.batches(); batch++) {
            double[] numbers = tools.gradientsOf(batch, done + batch + 1);
            tools.updateBuffers();
            alone.sum(tools.gradients.arrays(), tools.replica.total, numbers);
            if (numbers[1] > 0 && Double.isFinite(numbers[0])) {
                stepper.step(numbers[1], learningRate, done + batch + 1);
            }
            sums[0] += numbers[0];
            sums[1] += numbers[1];
            rows += tools.order.to(batch) - tools.order.from(batch);
            if ((batch + 1) % every == 0 || batch + 1 == tools.order.batches()) {
                average(rows);
                rows = 0;
            }
        }
        double[] all = sumOfNumbers(sums);
        if (!Double.isFinite(all[0])) {
            throw new Diverged(done + tools.order.batches());
        }
        return all;
    }

    private void average(double rows) {
        average(tools.replica.weights, mean, rows);
        average(tools.replica.buffers, meanBuffers, rows);
        int slots = tools.replica.slots.length == 0 ? 0 : tools.replica.slots[0].length;
        for (int slot = 0; slot < slots; slot++) {
            float[][] kept = new float[tools.replica.slots.length][];
            for (int p = 0; p < kept.length; p++) {
                kept[p] = tools.replica.slots[p][slot];
            }
            average(kept, mean, rows);
        }
    }

    private void average(float[][] mine, float[][] sum, double rows) {
        float[][] weighted = Replica.copy(mine);
        scale(weighted, (float) rows);
        double[] all = {rows};
        tools.workers.sum(weighted, sum, all);
        tools.workers.meet();
        if (all[0] > 0) {
            for (int p = 0; p < mine.length; p++) {
                System.arraycopy(sum[p], 0, mine[p], 0, mine[p].length);
            }
            scale(mine, (float) (1 / all[0]));
        }
        tools.workers.meet();
    }

    private static void scale(float[][] arrays, float factor) {
        for (float[] array : arrays) {
            for (int i = 0; i < array.length; i++) {
                array[i] *= factor;
            }
        }
    }

    private double[] sumOfNumbers(double... sums) {
        tools.workers.sum(new float[0][], new float[0][], sums);
        tools.workers.meet();
        return sums;
    }
}
