package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.util.List;

/** One row of the suite, or a few that share their set-up: what is measured, against what, and the target. */
abstract class Benchmark {
    private final String name;

    Benchmark(String name) {
        this.name = name;
    }

    /** What is asked for on the command line. */
    final String name() {
        return name;
    }

    /** Measures. */
    abstract List<Comparison> run(Setting setting) throws IOException;
}
