package io.sparknn.train.rows;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Some rows of a source partition that go to the same worker, in order and without a gap: none between them in the
 * partition is that worker's. What travels in the shuffle.
 */
final class Chunk {
    /** Words of a chunk at most, unless one row has more. */
    static final int WORDS = 1 << 15;

    private final int partition;
    private final boolean validation;
    private final boolean mixed;
    private final long rank;
    private final int rows;
    private final long skipped;
    private final float[] words;
    private final int checksum;

    /** Marks the end of a stream of chunks. */
    static final Chunk END = new Chunk(0, false, false, 0, 0);

    /**
     * A chunk.
     *
     * @param partition where its rows come from
     * @param validation whether they are validation rows
     * @param mixed whether their layout is the mixed one
     * @param rank the first row's, among the worker's rows of this partition and kind
     * @param rows how many
     * @param words the rows, one after the other
     */
    Chunk(int partition, boolean validation, boolean mixed, long rank, int rows, float... words) {
        this(partition, validation, mixed, rank, rows, 0, 0, words);
    }

    private Chunk(
            int partition,
            boolean validation,
            boolean mixed,
            long rank,
            int rows,
            long skipped,
            int checksum,
            float... words) {
        this.partition = partition;
        this.validation = validation;
        this.mixed = mixed;
        this.rank = rank;
        this.rows = rows;
        this.skipped = skipped;
        this.checksum = checksum;
        this.words = words;
    }

    /** A chunk that only tells how many invalid rows of a partition were left out. */
    static Chunk ofSkipped(int partition, long skipped) {
        return new Chunk(partition, false, false, 0, 0, skipped, 0);
    }

    int partition() {
        return partition;
    }

    boolean validation() {
        return validation;
    }

    boolean mixed() {
        return mixed;
    }

    long rank() {
        return rank;
    }

    int rows() {
        return rows;
    }

    long skipped() {
        return skipped;
    }

    float[] words() {
        return words;
    }

    /** A number that differs for other rows, or the same at another place. Known of a chunk that was read. */
    long fingerprint() {
        long place = 31L * (31L * partition + rank) + (validation ? 1 : 0);
        return (place * 0x9E3779B97F4A7C15L ^ checksum) * 0xBF58476D1CE4E5B9L;
    }

    void write(DataOutputStream out, FloatBytes floats) throws IOException {
        out.writeInt(partition);
        out.writeByte((validation ? 1 : 0) + (mixed ? 2 : 0));
        out.writeLong(rank);
        out.writeInt(rows);
        out.writeLong(skipped);
        out.writeInt(words.length);
        floats.write(out, words, words.length);
    }

    static Chunk read(DataInputStream in, FloatBytes floats) throws IOException {
        int partition = in.readInt();
        int kind = in.readByte();
        long rank = in.readLong();
        int rows = in.readInt();
        long skipped = in.readLong();
        float[] words = new float[in.readInt()];
        int checksum = floats.read(in, words);
        return new Chunk(partition, (kind & 1) != 0, (kind & 2) != 0, rank, rows, skipped, checksum, words);
    }
}
