package io.sparknn.examples.benchmarks;

import java.util.Locale;

/** What a comparison is to come to. */
final class Target {
    /** How two times for the same work are compared. */
    enum Kind {
        /** Ours is at least so many times as fast. */
        SPEED,
        /** Ours takes at most so many times as long. */
        TIME,
        /** Ours takes at most so many seconds more. */
        SECONDS_MORE
    }

    /** Below, a difference of seconds counts as this: a share of nothing is no number. */
    private static final double LEAST = 1e-3;

    private final Kind kind;
    private final double bound;

    Target(Kind kind, double bound) {
        this.kind = kind;
        this.bound = bound;
    }

    static Target speed(double atLeast) {
        return new Target(Kind.SPEED, atLeast);
    }

    static Target time(double atMost) {
        return new Target(Kind.TIME, atMost);
    }

    static Target secondsMore(double atMost) {
        return new Target(Kind.SECONDS_MORE, atMost);
    }

    Kind kind() {
        return kind;
    }

    double bound() {
        return bound;
    }

    /** The value of one round from the seconds of both. */
    double value(double ours, double theirs) {
        return switch (kind) {
            case SPEED -> theirs / ours;
            case TIME -> ours / theirs;
            case SECONDS_MORE -> ours - theirs;
        };
    }

    boolean isMet(double value) {
        return kind == Kind.SPEED ? value >= bound : value <= bound;
    }

    /** How far a value is beyond the target: 1 just meets it, 2 is twice as good. */
    double share(double value) {
        return switch (kind) {
            case SPEED -> value / bound;
            case TIME -> bound / value;
            case SECONDS_MORE -> bound / Math.max(value, LEAST);
        };
    }

    /** A value as people read it. */
    String show(double value) {
        String number = String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.2f" : "%.1f", value);
        return number + (kind == Kind.SECONDS_MORE ? " s" : " ×");
    }

    @Override
    public String toString() {
        String number = bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
        return switch (kind) {
            case SPEED -> "≥ " + number + " × as fast";
            case TIME -> "≤ " + number + " × the time";
            case SECONDS_MORE -> "≤ " + number + " s more";
        };
    }
}
