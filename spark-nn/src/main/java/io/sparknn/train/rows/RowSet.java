package io.sparknn.train.rows;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A worker's rows of one kind, training or validation, numbered from 0 in order of source partition and index. Where a
 * row comes from follows from its number and the counts of rows of each partition; none is stored for a row but the place
 * of its words.
 *
 * <p>Any number of threads may read.
 */
public final class RowSet {
    /** In a location: the row is in the mixed layout. */
    static final long MIXED = Long.MIN_VALUE;

    private final RowLayout layout;
    private final Deal deal;
    private final Words words;
    private final long[] locations;
    private final int[] firsts;

    /**
     * Rows.
     *
     * @param layout of their words
     * @param deal tells which rows of a partition they are
     * @param words their words
     * @param locations of each row
     * @param firsts the number of the first row of each partition, and at the end how many there are
     */
    RowSet(RowLayout layout, Deal deal, Words words, long[] locations, int... firsts) {
        this.layout = layout;
        this.deal = deal;
        this.words = words;
        this.locations = locations;
        this.firsts = firsts;
    }

    /**
     * How many rows there are.
     *
     * @return 0 or more
     */
    public int size() {
        return locations.length;
    }

    /**
     * The source partition of a row.
     *
     * @param row a number below {@link #size}
     * @return the partition
     */
    public int partition(int row) {
        int at = Arrays.binarySearch(firsts, row);
        int partition = at < 0 ? -at - 2 : at;
        while (firsts[partition + 1] == row) {
            partition++; // empty ones share their first row with the next
        }
        return partition;
    }

    /**
     * The index of a row among the valid rows of its kind in its source partition.
     *
     * @param row a number below {@link #size}
     * @return the index, other workers' rows counted
     */
    public long index(int row) {
        return index(row, partition(row));
    }

    long index(int row, int partition) {
        return deal.index(partition, row - firsts[partition]);
    }

    /** The number of the first row of each partition, and at the end how many there are. */
    int[] firsts() {
        return firsts;
    }

    /**
     * Copies rows into blocks, one row after the other, sparse ones as the dense ones they stand for. The blocks may be
     * longer than that takes.
     *
     * @param rows numbers of rows
     * @param from where they begin in the array
     * @param to where they end
     * @param features takes the features
     * @param labels takes the labels, as many numbers for each row as labels have
     * @param weights takes the weights, 1 where there is no column of weights
     */
    public void gather(int[] rows, int from, int to, Features features, float[] labels, float[] weights) {
        int[] widths = layout.widths();
        float[] mixed = null;
        for (int i = from; i < to; i++) {
            long location = locations[rows[i]];
            if (location < 0) {
                mixed = read(location & ~MIXED, mixed);
                spread(mixed, i - from, features, labels, weights);
                continue;
            }
            int at = head(location, 0, i - from, labels, weights);
            for (int c = 0; c < widths.length; c++) {
                words.copy(location, at, features.values(c), (i - from) * widths[c], widths[c]);
                at += widths[c];
            }
        }
        if (layout.labelColumn() >= 0) {
            System.arraycopy(features.values(layout.labelColumn()), 0, labels, 0, (to - from) * layout.labelWidth());
        }
    }

    /** Copies label and weight; returns how many words they and those before them took. */
    private int head(long location, int skip, int row, float[] labels, float[] weights) {
        int stored = layout.storedLabel();
        if (stored == 1) {
            labels[row] = words.word(location, skip);
        } else {
            words.copy(location, skip, labels, row * stored, stored);
        }
        weights[row] = layout.weighted() ? words.word(location, skip + stored) : 1;
        return skip + layout.head();
    }

    /** The words of a row in the mixed layout, in an array that is as long or longer. */
    private float[] read(long location, float[] reused) {
        int length = Float.floatToRawIntBits(words.word(location, 0));
        float[] into = reused != null && reused.length >= length ? reused : new float[length];
        words.copy(location, 0, into, 0, length);
        return into;
    }

    private void spread(float[] row, int to, Features features, float[] labels, float[] weights) {
        int stored = layout.storedLabel();
        System.arraycopy(row, 1, labels, to * stored, stored);
        weights[to] = layout.weighted() ? row[1 + stored] : 1;
        int[] widths = layout.widths();
        int at = 1 + layout.head();
        for (int c = 0; c < widths.length; c++) {
            int header = Float.floatToRawIntBits(row[at++]);
            if (layout.ragged(c)) {
                features.lengthen(c, to, header);
            }
            int first = features.first(c, to);
            float[] values = features.values(c);
            if (layout.ragged(c) || header == 0) {
                int length = (layout.ragged(c) ? header : 1) * widths[c];
                System.arraycopy(row, at, values, first, length);
                at += length;
                continue;
            }
            Arrays.fill(values, first, first + widths[c], 0);
            int stores = header - 1;
            for (int i = at; i < at + stores; i++) {
                values[first + Float.floatToRawIntBits(row[i])] = row[stores + i];
            }
            at += 2 * stores;
        }
    }

    /** Gives all rows in chunks, in order. */
    void chunks(boolean validation, Consumer<Chunk> action) {
        for (int partition = 0; partition + 1 < firsts.length; partition++) {
            int row = firsts[partition];
            while (row < firsts[partition + 1]) {
                Chunk chunk = chunk(validation, partition, row);
                action.accept(chunk);
                row += chunk.rows();
            }
        }
    }

    private Chunk chunk(boolean validation, int partition, int first) {
        boolean mixed = locations[first] < 0;
        int row = first;
        int length = 0;
        while (row < firsts[partition + 1] && locations[row] < 0 == mixed) {
            int more = length(row);
            if (row > first && length + more > Chunk.WORDS) {
                break;
            }
            length += more;
            row++;
        }
        float[] copied = new float[length];
        int at = 0;
        for (int i = first; i < row; i++) {
            words.copy(locations[i] & ~MIXED, 0, copied, at, length(i));
            at += length(i);
        }
        return new Chunk(partition, validation, mixed, first - firsts[partition], row - first, copied);
    }

    private int length(int row) {
        return locations[row] < 0 ? Float.floatToRawIntBits(words.word(locations[row] & ~MIXED, 0)) : layout.stride();
    }

    /** Bytes on the heap. */
    long heapBytes() {
        return words.heapBytes() + (long) locations.length * Long.BYTES + (long) firsts.length * Integer.BYTES;
    }

    boolean isOnDisk() {
        return words.isOnDisk();
    }
}
