package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import java.io.Serializable;

/**
 * How a module wants a column to be read: what the module that reads it says decides what the column becomes.
 *
 * <table>
 *   <caption>What a column becomes, for N rows</caption>
 *   <tr><th>column</th><th>{@link #numbers}</th><th>{@link #grid}</th><th>{@link #ids}</th></tr>
 *   <tr><td>number</td><td>(N, 1)</td><td>(N, 1)</td><td>(N)</td></tr>
 *   <tr><td>vector</td><td>(N, width)</td><td>(N, width)</td><td>(N, width)</td></tr>
 *   <tr><td>array of numbers</td><td>(N, width)</td><td>(N, width)</td><td>(N, *)</td></tr>
 *   <tr><td>array of arrays</td><td>(N, *, width)</td><td>(N, height, width)</td><td></td></tr>
 * </table>
 *
 * <p>So arrays of numbers are rows of one width, as a linear layer wants them, unless they are ids; and an array of
 * arrays is a series of any length, as a recurrent layer wants it. Sizes in a column's metadata go first.
 */
public final class Reading implements Serializable {
    /** The most ids that a column or a table may have, 2²⁴: from here on not every whole number is a float. */
    public static final int MAX_IDS = 1 << 24;

    private static final long serialVersionUID = 1L;
    private static final Reading NUMBERS = new Reading(false, false, 0);
    private static final Reading GRID = new Reading(true, false, 0);

    private final boolean grid;
    private final boolean ids;
    private final int limit;

    private Reading(boolean grid, boolean ids, int limit) {
        this.grid = grid;
        this.ids = ids;
        this.limit = limit;
    }

    /**
     * Numbers, as most layers read them.
     *
     * @return the way of reading
     */
    public static Reading numbers() {
        return NUMBERS;
    }

    /**
     * Numbers of which every row has as many, also in arrays of arrays: for layers over images and the like.
     *
     * @return the way of reading
     */
    public static Reading grid() {
        return GRID;
    }

    /**
     * Ids: whole numbers from 0 on, which name entries of a table; rows of any length.
     *
     * @param limit how many entries the table has, at least 1 and at most 2²⁴; {@link Shape#UNKNOWN} if that depends on
     *     the column
     * @return the way of reading
     */
    public static Reading ids(int limit) {
        if (limit != Shape.UNKNOWN && (limit < 1 || limit > MAX_IDS)) {
            throw new IllegalArgumentException("Reading.ids expects 1 to " + MAX_IDS + " ids, got " + limit
                    + "; ids are kept as floats, which name no larger whole numbers");
        }
        return new Reading(false, true, limit);
    }

    boolean isGrid() {
        return grid;
    }

    boolean isIds() {
        return ids;
    }

    /** Whether the number of ids is still to be found. */
    boolean countsIds() {
        return ids && limit == Shape.UNKNOWN;
    }

    /** The first number that is no id any more. */
    int limit() {
        return limit == Shape.UNKNOWN ? MAX_IDS : limit;
    }

    /** What several readers of one column agree on: plain numbers if they do not. */
    static Reading common(Reading... readings) {
        Reading common = readings.length == 0 ? NUMBERS : readings[0];
        for (Reading other : readings) {
            common = common.equals(other) ? common : common.ids && other.ids ? smaller(common, other) : NUMBERS;
        }
        return common;
    }

    private static Reading smaller(Reading a, Reading b) {
        return a.limit() <= b.limit() ? a : b;
    }

    /**
     * Reading is compared by value.
     *
     * @param other another object
     * @return whether it asks for the same
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof Reading reading && grid == reading.grid && ids == reading.ids && limit == reading.limit;
    }

    @Override
    public int hashCode() {
        return limit * 4 + (grid ? 2 : 0) + (ids ? 1 : 0);
    }

    @Override
    public String toString() {
        return ids ? "ids(" + (limit == Shape.UNKNOWN ? "?" : limit) + ")" : grid ? "grid" : "numbers";
    }
}
