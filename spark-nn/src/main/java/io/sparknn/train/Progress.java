package io.sparknn.train;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the driver knows of a fit that runs: it takes the messages of the first worker and tells the user's listener. */
final class Progress {
    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final byte[] NOTHING = {};

    private final String who;
    private final TrainingListener listener;
    private StateTaker states = state -> {};
    private volatile EpochRecord last;
    private volatile RuntimeException failure;

    Progress(String who, TrainingListener listener) {
        this.who = who;
        this.listener = listener;
    }

    /** Takes the states of a fit as they come. */
    interface StateTaker {
        void take(byte[] state);
    }

    void statesTo(StateTaker taker) {
        states = taker;
    }

    /** The record of the last epoch that ended, or null. */
    EpochRecord last() {
        return last;
    }

    /** Epochs up to this one have been told, by a fit that was stopped. */
    void resumed(EpochRecord record) {
        last = record;
    }

    /** What went wrong on the driver while it took a message, or null: no other attempt would do better. */
    RuntimeException failure() {
        return failure;
    }

    byte[] answer(byte[] message) {
        try {
            return take(message);
        } catch (RuntimeException e) {
            failure = e;
            throw e;
        }
    }

    private byte[] take(byte[] message) {
        byte[] content = new byte[message.length - 1];
        ByteBuffer.wrap(message, 1, content.length).get(content);
        if (message[0] == Reports.STATE) {
            states.take(content);
        } else {
            epoch(HistoryJson.read(new String(content, StandardCharsets.UTF_8)).get(0));
        }
        return NOTHING;
    }

    /** Epochs run again after a failure are not told again. */
    private void epoch(EpochRecord record) {
        if (last == null || record.epoch() > last.epoch()) {
            last = record;
            tell(() -> listener.epochEnded(record));
        }
    }

    void started(TrainingStart start) {
        tell(() -> listener.fitStarted(start));
    }

    void ended(String reason) {
        tell(() -> listener.fitEnded(reason));
    }

    private void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            // Training is worth more than the news of it.
            LOG.warn("{}: the listener {} failed", who, listener, e);
        }
    }
}
