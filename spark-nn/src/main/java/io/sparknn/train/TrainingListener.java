package io.sparknn.train;

/**
 * Is told how a fit goes, on the driver, while it runs. Methods are called by one thread at a time; one that takes long
 * does not hold up the workers, but later calls.
 *
 * <pre>{@code
 * classifier.setListener(epoch -> log.info("loss {}", epoch.loss()));
 * }</pre>
 */
@FunctionalInterface
public interface TrainingListener {
    /**
     * An epoch ended.
     *
     * @param epoch what it came to
     */
    void epochEnded(EpochRecord epoch);

    /**
     * A fit begins; nothing unless overridden.
     *
     * @param start what is known before the first epoch
     */
    default void fitStarted(TrainingStart start) {}

    /**
     * A fit ended, by itself or by an error; nothing unless overridden.
     *
     * @param reason why, in a sentence
     */
    default void fitEnded(String reason) {}
}
