package io.sparknn.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Progress in the log at info, a line for each epoch: what estimators do unless {@code setVerbose(false)} silences them. */
public final class LogProgress implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(LogProgress.class);

    private String name = "fit";
    private int maxEpochs;

    /** For one fit. */
    public LogProgress() {}

    @Override
    public void fitStarted(TrainingStart start) {
        name = start.name();
        maxEpochs = start.maxEpochs();
        LOG.info(
                "{} trains {} parameters on {} rows with {} workers, {} rows for validation",
                name,
                start.parameters(),
                start.rows(),
                start.workers(),
                start.validationRows());
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        LOG.info("{}: {}", name, EpochText.of(epoch, maxEpochs));
    }

    @Override
    public void fitEnded(String reason) {
        LOG.info("{}: {}", name, reason);
    }
}
