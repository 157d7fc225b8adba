package io.sparknn.ml;

import io.sparknn.train.EpochRecord;
import io.sparknn.train.TrainingListener;
import io.sparknn.train.TrainingStart;
import java.util.List;

/** Several listeners as one. */
final class Listeners implements TrainingListener {
    private final List<TrainingListener> all;

    Listeners(List<TrainingListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void fitStarted(TrainingStart start) {
        all.forEach(listener -> listener.fitStarted(start));
    }

    @Override
    public void epochEnded(EpochRecord epoch) {
        all.forEach(listener -> listener.epochEnded(epoch));
    }

    @Override
    public void fitEnded(String reason) {
        all.forEach(listener -> listener.fitEnded(reason));
    }
}
