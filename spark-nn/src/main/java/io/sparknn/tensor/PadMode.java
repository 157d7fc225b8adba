package io.sparknn.tensor;

import java.util.Locale;

/** What a padded tensor holds beyond its ends. */
public enum PadMode {
    /** Zeros. */
    ZEROS,
    /** What lies as far inside, the element at the end not repeated: {@code 3 2 | 1 2 3 | 2 1}. */
    REFLECT,
    /** The element at the end: {@code 1 1 | 1 2 3 | 3 3}. */
    REPLICATE,
    /** What follows at the other end: {@code 2 3 | 1 2 3 | 1 2}. */
    CIRCULAR;

    /**
     * The mode of PyTorch's name.
     *
     * @param name zeros, reflect, replicate or circular
     * @return the mode
     * @throws IllegalArgumentException if there is none of that name
     */
    public static PadMode of(String name) {
        for (PadMode mode : values()) {
            if (mode.toString().equals(name)) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "a padding mode is expected to be zeros, reflect, replicate or circular, got " + name);
    }

    /** The most elements that can be added at an end. */
    int most(int size) {
        return switch (this) {
            case ZEROS, REPLICATE -> Integer.MAX_VALUE / 4;
            case REFLECT -> size - 1;
            case CIRCULAR -> size;
        };
    }

    /** The element that stands at a place, which may be outside; -1 for a zero. */
    int source(int at, int size) {
        boolean inside = at >= 0 && at < size;
        return switch (this) {
            case ZEROS -> inside ? at : -1;
            case REFLECT -> inside ? at : at < 0 ? -at : 2 * (size - 1) - at;
            case REPLICATE -> Math.max(0, Math.min(size - 1, at));
            case CIRCULAR -> Math.floorMod(at, size);
        };
    }

    /** The name in PyTorch. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
