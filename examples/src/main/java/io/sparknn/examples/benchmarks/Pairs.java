package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The seconds that two contenders took for the same work, in turns: ours, theirs, ours, theirs. What disturbs the machine
 * for a while then disturbs both, and the ratio of a pair hardly changes.
 */
final class Pairs {
    private final double[] ours;
    private final double[] theirs;

    Pairs(double[] ours, double[] theirs) {
        if (ours.length != theirs.length || ours.length == 0) {
            throw new IllegalArgumentException(
                    "pairs expect as many times of both, got " + ours.length + " and " + theirs.length);
        }
        this.ours = ours.clone();
        this.theirs = theirs.clone();
    }

    /** Something that is measured. */
    interface Contender {
        /** Does the work once; the seconds it took. */
        double seconds() throws IOException;
    }

    /** The time of a piece of work from its call to its return. */
    static Contender timed(Runnable work) {
        return () -> {
            long began = System.nanoTime();
            work.run();
            return (System.nanoTime() - began) / 1e9;
        };
    }

    /** Rounds that are measured, after others that are not; fewer, but three or more, once the time is up. */
    static Pairs inTurns(int warmUps, int rounds, double seconds, Contender ours, Contender theirs) throws IOException {
        for (int i = 0; i < warmUps; i++) {
            ours.seconds();
            theirs.seconds();
        }
        List<double[]> pairs = new ArrayList<>();
        long began = System.nanoTime();
        while (pairs.size() < rounds && (pairs.size() < 3 || System.nanoTime() - began < seconds * 1e9)) {
            pairs.add(new double[] {ours.seconds(), theirs.seconds()});
        }
        return of(pairs);
    }

    private static Pairs of(List<double[]> pairs) {
        return new Pairs(
                pairs.stream().mapToDouble(pair -> pair[0]).toArray(),
                pairs.stream().mapToDouble(pair -> pair[1]).toArray());
    }

    double[] ours() {
        return ours.clone();
    }

    double[] theirs() {
        return theirs.clone();
    }

    /** The value of each pair for a target. */
    Spread values(Target target) {
        double[] values = new double[ours.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = target.value(ours[i], theirs[i]);
        }
        return Spread.of(values);
    }
}
