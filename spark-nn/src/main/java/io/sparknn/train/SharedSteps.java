package io.sparknn.train;

/** Steps by the gradient of the whole batch: all workers add up theirs in every step, so any number of them gives the same. */
final class SharedSteps implements Steps {
    private final WorkerTools tools;
    private final Stepper stepper;

    SharedSteps(WorkerTools tools) {
        this.tools = tools;
        this.stepper = new Stepper(tools.plan.options, tools.replica, tools.workers);
    }

    @Override
    public double[] epoch(double learningRate, long done) throws Diverged {
        double[] sums = new double[2];
        for (int batch = 0; batch < tools.order.batches(); batch++) {
            long step = done + batch + 1;
            double[] numbers = tools.gradientsOf(batch, step);
            tools.workers.sum(tools.gradients.arrays(), tools.replica.total, numbers);
            if (!Double.isFinite(numbers[0])) {
                throw new Diverged(step);
            }
            tools.updateBuffers();
            if (numbers[1] > 0) {
                stepper.step(numbers[1], learningRate, step);
            }
            tools.workers.meet();
            sums[0] += numbers[0];
            sums[1] += numbers[1];
        }
        return sums;
    }
}
