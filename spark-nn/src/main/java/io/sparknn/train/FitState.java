package io.sparknn.train;

import io.sparknn.format.FormatException;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.Layer;
import io.sparknn.nn.TrainedWeights;
import io.sparknn.tensor.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a fit needs to go on after an epoch as if nothing had happened: weights, the optimiser's arrays, the best
 * weights so far, the history.
 *
 * <p>One form serves the way between driver and workers and the checkpoint: a safetensors file, whose weights stand under
 * {@code weights.} and so can be loaded into the network by themselves.
 */
final class FitState {
    private static final String WEIGHTS = "weights.";
    private static final String BEST = "best.";
    private static final String SLOT = "optimizer.";
    private static final String MEMORY = "memory.";

    /** The number of epochs done. */
    int epoch;

    /** The number of steps done. */
    long steps;

    float[][] weights;

    /** The buffers of the network, such as running means. */
    float[][] buffers;

    /** The arrays of an optimiser: for each parameter as many as it keeps. */
    float[][][] slots;

    /** What a full-batch optimiser keeps. */
    final List<float[]> memory = new ArrayList<>();

    /** The weights of the best epoch; null before the first. */
    float[][] best;

    /** The buffers of the best epoch. */
    float[][] bestBuffers;

    int bestEpoch;
    final List<EpochRecord> history = new ArrayList<>();

    /** Why training is over, or null if it goes on. */
    String stopped;

    /** Whether it is over because the loss is not finite any longer. */
    boolean diverged;

    byte[] encode(Map<String, String> identity, Layer network) {
        TrainedWeights parameters = TrainedWeights.of(network);
        TrainedWeights kept = TrainedWeights.buffers(network);
        String[] names = parameters.names();
        Shape[] shapes = parameters.shapes();
        Safetensors.Builder file = Safetensors.builder();
        identity.forEach(file::metadata);
        file.metadata("epoch", String.valueOf(epoch));
        file.metadata("steps", String.valueOf(steps));
        file.metadata("bestEpoch", String.valueOf(bestEpoch));
        file.metadata("diverged", String.valueOf(diverged));
        file.metadata("history", HistoryJson.write(history));
        if (stopped != null) {
            file.metadata("stopped", stopped);
        }
        for (int p = 0; p < names.length; p++) {
            file.add(WEIGHTS + names[p], shapes[p], weights[p]);
            if (best != null) {
                file.add(BEST + names[p], shapes[p], best[p]);
            }
            for (int slot = 0; slot < slots[p].length; slot++) {
                file.add(SLOT + slot + "." + names[p], shapes[p], slots[p][slot]);
            }
        }
        for (int b = 0; b < buffers.length; b++) {
            file.add(WEIGHTS + kept.names()[b], kept.shapes()[b], buffers[b]);
            if (best != null) {
                file.add(BEST + kept.names()[b], kept.shapes()[b], bestBuffers[b]);
            }
        }
        for (int i = 0; i < memory.size(); i++) {
            file.add(MEMORY + i, Shape.of(memory.get(i).length), memory.get(i));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            file.build().write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static FitState decode(byte[] bytes, Layer network) {
        try {
            return decode(Safetensors.read(bytes), network);
        } catch (FormatException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "a checkpoint expects a safetensors file as training writes it, got " + e.getMessage()
                            + "; the file is damaged",
                    e);
        }
    }

    static Map<String, String> identity(byte[] bytes) {
        try {
            return Safetensors.read(bytes).metadata();
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    "a checkpoint expects a safetensors file as training writes it, got " + e.getMessage()
                            + "; the file is damaged",
                    e);
        }
    }

    private static FitState decode(Safetensors file, Layer network) throws FormatException {
        String[] names = TrainedWeights.of(network).names();
        String[] kept = TrainedWeights.buffers(network).names();
        FitState state = new FitState();
        state.epoch = Integer.parseInt(file.metadata().get("epoch"));
        state.steps = Long.parseLong(file.metadata().get("steps"));
        state.bestEpoch = Integer.parseInt(file.metadata().get("bestEpoch"));
        state.diverged = Boolean.parseBoolean(file.metadata().get("diverged"));
        state.stopped = file.metadata().get("stopped");
        state.history.addAll(HistoryJson.read(file.metadata().get("history")));
        state.weights = new float[names.length][];
        state.slots = new float[names.length][][];
        state.best = state.bestEpoch == 0 ? null : new float[names.length][];
        state.buffers = values(file, WEIGHTS, kept);
        state.bestBuffers = state.best == null ? null : values(file, BEST, kept);
        for (int p = 0; p < names.length; p++) {
            state.weights[p] = file.values(WEIGHTS + names[p]);
            List<float[]> slots = new ArrayList<>();
            for (String name = SLOT + "0." + names[p]; file.names().contains(name); ) {
                slots.add(file.values(name));
                name = SLOT + slots.size() + "." + names[p];
            }
            state.slots[p] = slots.toArray(new float[0][]);
            if (state.best != null) {
                state.best[p] = file.values(BEST + names[p]);
            }
        }
        for (int i = 0; file.names().contains(MEMORY + i); i++) {
            state.memory.add(file.values(MEMORY + i));
        }
        return state;
    }

    private static float[][] values(Safetensors file, String prefix, String... names) {
        float[][] values = new float[names.length][];
        for (int i = 0; i < names.length; i++) {
            values[i] = file.values(prefix + names[i]);
        }
        return values;
    }

    /** What early stopping and schedules look at: the validation loss of each epoch, the training loss without. */
    double[] losses() {
        return history.stream().mapToDouble(FitState::watched).toArray();
    }

    static double watched(EpochRecord epoch) {
        return Double.isNaN(epoch.validationLoss()) ? epoch.loss() : epoch.validationLoss();
    }
}
