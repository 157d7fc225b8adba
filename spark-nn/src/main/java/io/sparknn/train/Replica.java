package io.sparknn.train;

import io.sparknn.nn.Layer;
import io.sparknn.nn.TrainedWeights;
import io.sparknn.optim.Optimizer;
import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;

/**
 * A network being trained with the arrays that are changed in place: one for all workers of a JVM, or one for each worker
 * that takes steps alone.
 */
final class Replica {
    private static final float[][] NONE = {};

    final Layer network;
    final TrainedWeights parameters;
    final String[] names;
    final float[][] weights;

    /** For each parameter the arrays its optimiser keeps. */
    final float[][][] slots;

    /** Where gradients are added up over workers. */
    final float[][] total;

    /** The weights of the best epoch. */
    final float[][] best;

    /** The buffers of the network, such as running means. */
    final float[][] buffers;

    /** The buffers of the best epoch. */
    final float[][] bestBuffers;

    final int length;
    private final IdentityHashMap<Tensor, float[]> bufferPlaces;

    Replica(TrainingPlan plan, FitState state) {
        network = plan.network.copy(ParamMap.empty());
        parameters = TrainedWeights.of(network);
        names = parameters.names();
        weights = copy(state.weights);
        parameters.bind(weights);
        slots = new float[names.length][][];
        total = new float[names.length][];
        best = copy(state.best == null ? state.weights : state.best);
        TrainedWeights kept = TrainedWeights.buffers(network);
        buffers = copy(state.buffers);
        kept.bind(buffers);
        bufferPlaces = new IdentityHashMap<>();
        for (int b = 0; b < buffers.length; b++) {
            bufferPlaces.put(kept.parameters().get(b), buffers[b]);
        }
        bestBuffers = copy(state.best == null ? state.buffers : state.bestBuffers);
        int sum = 0;
        for (int p = 0; p < names.length; p++) {
            total[p] = new float[weights[p].length];
            slots[p] = copy(state.slots[p]);
            sum = Math.addExact(sum, weights[p].length);
        }
        length = sum;
    }

    /** The state before the first step. */
    static FitState start(TrainingPlan plan) {
        FitState state = new FitState();
        state.weights = TrainedWeights.of(plan.network).values();
        state.buffers = TrainedWeights.buffers(plan.network).values();
        state.slots = new float[state.weights.length][][];
        for (int p = 0; p < state.weights.length; p++) {
            state.slots[p] = plan.options.optimizer() instanceof Optimizer optimizer
                    ? optimizer.newState(state.weights[p].length)
                    : NONE;
        }
        return state;
    }

    /** Takes new values of buffers. They are the same on every worker, so one of each JVM brings them. */
    void update(Map<Tensor, float[]> changed) {
        changed.forEach((buffer, values) -> System.arraycopy(values, 0, bufferPlaces.get(buffer), 0, values.length));
    }

    /** Gradients of one worker. */
    Gradients gradients() {
        return new Gradients(parameters.parameters());
    }

    /** Does something to each run of elements of one parameter within a slice of all of them laid end to end. */
    void forEachRun(int from, int to, Run run) {
        int offset = 0;
        for (int p = 0; p < weights.length; p++) {
            int end = offset + weights[p].length;
            if (from < end && to > offset) {
                run.apply(p, Math.max(0, from - offset), Math.min(to, end) - offset);
            }
            offset = end;
        }
    }

    interface Run {
        void apply(int parameter, int from, int to);
    }

    static float[][] copy(float[]... arrays) {
        float[][] copies = new float[arrays.length][];
        for (int i = 0; i < copies.length; i++) {
            copies[i] = arrays[i].clone();
        }
        return copies;
    }
}
