package io.sparknn.train;

import io.sparknn.train.net.Workers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What the first worker tells the driver: each epoch's record, and now and then the whole state, from which training goes
 * on when a worker is lost.
 */
final class Reports {
    /** First byte of a message: the record of an epoch follows, as JSON. */
    static final byte EPOCH = 0;

    /** First byte of a message: a state follows. */
    static final byte STATE = 1;

    /** What a lost worker may cost: a state is sent at the end of an epoch if the last is older. */
    private static final long STATE_EVERY = TimeUnit.SECONDS.toNanos(5);

    private final TrainingPlan plan;
    private final Workers workers;
    private final Replica replica;
    private final FitState state;
    private long lastState = System.nanoTime();

    Reports(TrainingPlan plan, Workers workers, Replica replica, FitState state) {
        this.plan = plan;
        this.workers = workers;
        this.replica = replica;
        this.state = state;
    }

    /** After each epoch: all workers call it, so that none changes weights while they are written out. */
    void epoch(List<float[]> memory) {
        if (workers.rank() == 0) {
            String record = HistoryJson.write(state.history.subList(state.history.size() - 1, state.history.size()));
            workers.ask(message(EPOCH, record.getBytes(StandardCharsets.UTF_8)));
            if (isDue()) {
                send(memory);
            }
        }
        workers.meet();
    }

    /** At the end of a job. */
    void last(List<float[]> memory) {
        if (workers.rank() == 0) {
            send(memory);
        }
        workers.meet();
    }

    private boolean isDue() {
        TrainingOptions options = plan.options;
        boolean checkpoint = options.checkpointDir() != null && state.epoch % options.checkpointInterval() == 0;
        return checkpoint || System.nanoTime() - lastState > STATE_EVERY;
    }

    private void send(List<float[]> memory) {
        state.weights = replica.weights;
        state.slots = replica.slots;
        state.best = state.bestEpoch == 0 ? null : replica.best;
        state.buffers = replica.buffers;
        state.bestBuffers = replica.bestBuffers;
        if (memory != state.memory) {
            state.memory.clear();
            state.memory.addAll(memory);
        }
        workers.ask(message(STATE, state.encode(plan.identity(), replica.network)));
        lastState = System.nanoTime();
    }

    private static byte[] message(byte kind, byte[] content) {
        byte[] message = new byte[content.length + 1];
        message[0] = kind;
        System.arraycopy(content, 0, message, 1, content.length);
        return message;
    }
}
