package io.sparknn.nn.plan;

import java.util.Arrays;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Which file each row of a block was read from: what {@code input_file_name()} gives further up is that of the row Spark
 * has read last, and a block is read ahead of the rows that are given on.
 */
@SuppressWarnings("ReferenceEquality") // a name is compared for each row
final class SourceFiles {
    private int[] firsts = new int[4];
    private UTF8String[] names = new UTF8String[4];
    private long[] starts = new long[4];
    private long[] lengths = new long[4];
    private int size;
    private int next;

    /** Begins a block. */
    void clear() {
        size = 0;
        next = 0;
    }

    /** Takes a look at where the row that was just read comes from. */
    void read(int row) {
        UTF8String name = InputFileBlockHolder.getInputFilePath();
        // Spark makes the name anew for each part of a file, so the same object is the same part.
        if (size > 0 && name == names[size - 1]) {
            return;
        }
        if (size == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
            starts = Arrays.copyOf(starts, 2 * size);
            lengths = Arrays.copyOf(lengths, 2 * size);
        }
        firsts[size] = row;
        names[size] = name;
        starts[size] = InputFileBlockHolder.getStartOffset();
        lengths[size] = InputFileBlockHolder.getLength();
        size++;
    }

    /** Says so before a row is given on. */
    void give(int row) {
        while (next < size && firsts[next] <= row) {
            if (names[next].numBytes() == 0) {
                unset();
            } else {
                InputFileBlockHolder.set(names[next].toString(), starts[next], lengths[next]);
            }
            next++;
        }
    }

    private static void unset() {
        if (InputFileBlockHolder.getInputFilePath().numBytes() > 0) {
            InputFileBlockHolder.unset();
        }
    }
}
