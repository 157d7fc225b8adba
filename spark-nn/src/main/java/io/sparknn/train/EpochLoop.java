package io.sparknn.train;

import io.sparknn.optim.Schedule;
import io.sparknn.train.net.Workers;
import io.sparknn.train.rows.WorkerRows;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One worker's epochs, from a state that the driver gave to one that it gets back. All workers run the same loop on the
 * same sums, and so decide the same; what only a clock can tell, that of the first worker tells.
 */
final class EpochLoop {
    private final TrainingPlan plan;
    private final TrainingOptions options;
    private final Workers workers;
    private final WorkerTools tools;
    private final Steps steps;
    private final Evaluation validation;
    private final FitState state;
    private final Reports reports;
    private final long deadline;

    EpochLoop(TrainingPlan plan, Workers workers, WorkerRows rows, FitState state, long deadline) {
        this.plan = plan;
        this.options = plan.options;
        this.workers = workers;
        this.state = state;
        this.deadline = deadline;
        boolean alone = options.stepsAlone();
        Replica replica = alone ? new Replica(plan, state) : workers.shared("replica", () -> new Replica(plan, state));
        this.tools = new WorkerTools(plan, workers, rows, replica);
        this.validation = new Evaluation(options.metrics());
        this.reports = new Reports(plan, workers, replica, state);
        this.steps = options.isFullBatch()
                ? new FullBatchSteps(tools, state.memory)
                : alone ? new LocalSteps(tools) : new SharedSteps(tools);
    }

    /** Runs until training is over or the time of this job is. */
    void run() {
        boolean goOn = true;
        while (goOn && state.stopped == null) {
            goOn = epoch();
        }
        reports.last(steps.memory());
    }

    private boolean epoch() {
        long began = System.nanoTime();
        double rate = learningRate();
        tools.figures.clear();
        tools.order.start(state.epoch);
        double[] sums;
        try {
            sums = steps.epoch(rate, state.steps);
        } catch (Steps.Diverged e) {
            stopDiverged(e.step(), rate);
            return false;
        }
        state.epoch++;
        state.steps += options.isFullBatch() ? 1 : tools.order.batches();
        double trained = seconds(began);
        Evaluation figures = evaluate();
        boolean late = merge(figures, began, trained, rate, sums);
        decide();
        reports.epoch(steps.memory());
        return !late;
    }

    private double learningRate() {
        Schedule schedule = options.schedule();
        return schedule == null
                ? options.learningRate()
                : schedule.rate(options.learningRate(), state.epoch, state.losses());
    }

    private Evaluation evaluate() {
        if (!tools.validates()) {
            return tools.figures;
        }
        validation.run(plan, tools.pass, tools.reader, tools.rows.validation(), tools.validationOrder);
        return validation;
    }

    /** Puts the figures of all workers together into the record of the epoch; tells whether the time is up. */
    private boolean merge(Evaluation figures, long began, double trained, double rate, double... sums) {
        double[] flat = figures.flat();
        ByteBuffer mine = ByteBuffer.allocate(8 * (flat.length + 3));
        for (double value : flat) {
            mine.putDouble(value);
        }
        mine.putDouble(System.nanoTime() > deadline ? 1 : 0).putDouble(trained).putDouble(seconds(began));
        byte[][] all = workers.gather(mine.array());
        figures.clear();
        for (byte[] part : all) {
            figures.merge(doubles(ByteBuffer.wrap(part), flat.length));
        }
        double[] clock = doubles(ByteBuffer.wrap(all[0]).position(8 * flat.length), 3);
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int m = 0; m < options.metrics().length; m++) {
            metrics.put(options.metrics()[m].name(), figures.value(m));
        }
        state.history.add(new EpochRecord(
                state.epoch,
                sums[0] / sums[1],
                tools.validates() ? figures.loss() : Double.NaN,
                metrics,
                rate,
                plan.counts.rows() / clock[1],
                clock[2]));
        return clock[0] > 0;
    }

    private static double[] doubles(ByteBuffer bytes, int n) {
        double[] values = new double[n];
        for (int i = 0; i < n; i++) {
            values[i] = bytes.getDouble();
        }
        return values;
    }

    /** Keeps the weights if they are the best so far, and stops if it is time. */
    private void decide() {
        double now = FitState.watched(state.history.get(state.history.size() - 1));
        double before = state.bestEpoch == 0
                ? Double.POSITIVE_INFINITY
                : FitState.watched(state.history.get(state.bestEpoch - 1));
        if (now < before - (state.bestEpoch == 0 ? 0 : options.minDelta())) {
            state.bestEpoch = state.epoch;
            keepBest();
        }
        if (!Double.isFinite(now)) {
            diverged("the loss of epoch " + state.epoch + " is " + now);
        } else if (state.epoch >= options.maxEpochs()) {
            state.stopped = "all " + options.maxEpochs() + " epochs were run";
        } else if (options.patience() > 0 && state.epoch - state.bestEpoch >= options.patience()) {
            state.stopped =
                    "no progress for " + options.patience() + " epochs; epoch " + state.bestEpoch + " was the best";
        }
    }

    private void keepBest() {
        Replica replica = tools.replica;
        boolean alone = options.stepsAlone();
        int from = alone ? 0 : workers.from(replica.length);
        int to = alone ? replica.length : workers.to(replica.length);
        replica.forEachRun(from, to, (p, a, b) -> System.arraycopy(replica.weights[p], a, replica.best[p], a, b - a));
        if (alone || workers.localRank() == 0) {
            for (int b = 0; b < replica.buffers.length; b++) {
                System.arraycopy(replica.buffers[b], 0, replica.bestBuffers[b], 0, replica.buffers[b].length);
            }
        }
        workers.meet();
    }

    private void stopDiverged(long step, double rate) {
        diverged("the loss of step " + (step - state.steps) + " in epoch " + (state.epoch + 1)
                + " is not a number any longer, at a learning rate of " + rate);
    }

    private void diverged(String what) {
        state.diverged = true;
        state.stopped = what + "; lower the learning rate, clip gradients (setClipNorm), or scale the features";
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
