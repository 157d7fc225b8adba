package io.sparknn.optim;

/** Checks of constructor arguments. */
final class Ranges {
    private Ranges() {}

    /** A number of 0 or more. */
    static double notNegative(String owner, String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw refused(owner, name, "of 0 or more", value);
        }
        return value;
    }

    /** A number above 0. */
    static double positive(String owner, String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw refused(owner, name, "above 0", value);
        }
        return value;
    }

    /** A decay of averages: from 0 to below 1. */
    static double fraction(String owner, String name, double value) {
        if (!(value >= 0 && value < 1)) {
            throw refused(owner, name, "from 0 to below 1", value);
        }
        return value;
    }

    /** A count of 1 or more. */
    static int positive(String owner, String name, int value) {
        if (value < 1) {
            throw refused(owner, name, "of 1 or more", value);
        }
        return value;
    }

    /** A count of 0 or more. */
    static int notNegative(String owner, String name, int value) {
        if (value < 0) {
            throw refused(owner, name, "of 0 or more", value);
        }
        return value;
    }

    static IllegalArgumentException refused(String owner, String name, String range, Object got) {
        return new IllegalArgumentException(
                owner + " expects " + name + " " + range + ", got " + got + "; give it such a value");
    }
}
