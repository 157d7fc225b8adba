package io.sparknn.examples.benchmarks;

/** One line of the table: what was measured against what, and what came of it. */
final class Comparison {
    private final String name;
    private final String work;
    private final String against;
    private final Target target;
    private final Pairs pairs;
    private final double units;
    private final String note;

    private Comparison(
            String name, String work, String against, Target target, Pairs pairs, double units, String note) {
        this.name = name;
        this.work = work;
        this.against = against;
        this.target = target;
        this.pairs = pairs;
        this.units = units;
        this.note = note;
    }

    /** One that is yet to be measured. */
    static Comparison of(String name, String work, String against, Target target) {
        return new Comparison(name, work, against, target, null, 0, "");
    }

    /** The same, measured; the units are what the work consists of, such as rows. */
    Comparison measured(Pairs measured, double units) {
        return new Comparison(name, work, against, target, measured, units, note);
    }

    /** The same, not to be measured here for a reason. */
    Comparison skipped(String reason) {
        return new Comparison(name, work, against, target, null, 0, "skipped: " + reason);
    }

    Comparison noted(String text) {
        return new Comparison(name, work, against, target, pairs, units, text);
    }

    /** The same, with more to say about it. */
    Comparison explained(String text) {
        return text.isEmpty() ? this : noted(note.isEmpty() ? text : note + "; " + text);
    }

    /** The same measurement, held against another target. */
    Comparison judged(String otherName, String otherWork, Target other) {
        return new Comparison(otherName, otherWork, against, other, pairs, units, note);
    }

    String name() {
        return name;
    }

    String work() {
        return work;
    }

    String against() {
        return against;
    }

    Target target() {
        return target;
    }

    /** Null if nothing was measured. */
    Pairs pairs() {
        return pairs;
    }

    double units() {
        return units;
    }

    String note() {
        return note;
    }

    boolean isMeasured() {
        return pairs != null;
    }

    /** What decides is the median of the pairs. */
    Spread values() {
        return pairs.values(target);
    }

    boolean isMet() {
        return isMeasured() && target.isMet(values().median());
    }

    boolean isMissed() {
        return isMeasured() && !isMet();
    }

    String outcome() {
        if (!isMeasured()) {
            return note.startsWith("skipped") ? "skipped" : "not measured";
        }
        return isMet() ? "met" : "missed";
    }
}
