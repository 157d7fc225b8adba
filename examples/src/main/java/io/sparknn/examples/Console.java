package io.sparknn.examples;

import io.sparknn.train.ConsoleProgress;
import io.sparknn.train.TrainingListener;

/** Where the examples say how training goes. */
final class Console {
    private Console() {}

    static TrainingListener progress() {
        return new ConsoleProgress(System.out);
    }
}
