package io.sparknn.train.rows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes a set of rows of chunks in any order. */
final class RowSetBuilder implements Closeable {
    private final RowLayout layout;
    private final Deal deal;
    private final WordsWriter writer;
    private final List<Piece> pieces = new ArrayList<>();
    private final long[] classCounts;
    private final RowContents contents;
    private double weightSum;

    RowSetBuilder(RowLayout layout, Deal deal, Storage storage) {
        this.layout = layout;
        this.deal = deal;
        this.writer = new WordsWriter(storage);
        this.classCounts = new long[layout.classes()];
        this.contents = new RowContents(layout);
    }

    void add(Chunk chunk) throws IOException {
        writer.addBeside((long) chunk.rows() * Long.BYTES);
        int row = 0;
        int at = 0;
        while (row < chunk.rows()) {
            int room = writer.room(length(chunk, at));
            Piece piece = new Piece(chunk, chunk.rank() + row);
            int to = at;
            while (row < chunk.rows() && to - at + length(chunk, to) <= room) {
                piece.rows++;
                int head = to + (chunk.mixed() ? 1 : 0);
                piece.weight += count(chunk.words(), head);
                contents.add(chunk.words(), head, chunk.mixed());
                to += length(chunk, to);
                row++;
            }
            piece.location = writer.add(chunk.words(), at, to - at);
            pieces.add(piece);
            at = to;
        }
    }

    private int length(Chunk chunk, int at) {
        return chunk.mixed() ? Float.floatToRawIntBits(chunk.words()[at]) : layout.stride();
    }

    /** Counts a row of which label and weight are given; returns its weight. */
    private double count(float[] words, int head) {
        if (classCounts.length > 0) {
            classCounts[(int) words[head]]++;
        }
        return layout.weighted() ? words[head + layout.storedLabel()] : 1;
    }

    /** How many rows there are of each class. */
    long[] classCounts() {
        return classCounts;
    }

    /** A number that differs for other rows, whatever their order. */
    long contents() {
        return contents.sum();
    }

    /** The sum of all weights, which is known when all rows are there and has then the same bits for any order of them. */
    double weightSum() {
        return weightSum;
    }

    /** The rows, in the order of their numbers whatever order the chunks came in. */
    RowSet finish(int partitions) throws IOException {
        pieces.sort(Comparator.comparingInt((Piece piece) -> piece.partition).thenComparingLong(piece -> piece.rank));
        Words words = writer.finish();
        long[] locations = new long[rows()];
        int[] firsts = new int[partitions + 1];
        int row = 0;
        int partition = -1;
        for (Piece piece : pieces) {
            while (partition < piece.partition) {
                firsts[++partition] = row;
            }
            if (piece.rank != row - firsts[partition]) {
                throw new IllegalStateException("a worker expects row " + (row - firsts[partition])
                        + " of its rows of partition " + partition + " next, got row " + piece.rank
                        + "; the shuffle lost or doubled rows");
            }
            locate(piece, words, locations, row);
            row += piece.rows;
            weightSum += piece.weight;
        }
        while (partition < partitions) {
            firsts[++partition] = row;
        }
        return new RowSet(layout, deal, words, locations, firsts);
    }

    private int rows() {
        long rows = 0;
        for (Piece piece : pieces) {
            rows += piece.rows;
        }
        if (rows > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException(
                    "a worker expects fewer than 2^31 rows, got " + rows + "; train with more workers");
        }
        return (int) rows;
    }

    private void locate(Piece piece, Words words, long[] locations, int first) {
        long location = piece.location;
        for (int i = 0; i < piece.rows; i++) {
            locations[first + i] = piece.mixed ? location | RowSet.MIXED : location;
            location += piece.mixed ? Float.floatToRawIntBits(words.word(location, 0)) : layout.stride();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    /** Some rows of a partition whose words lie one after the other. */
    private static final class Piece {
        private final int partition;
        private final boolean mixed;
        private final long rank;
        private int rows;
        private double weight;
        private long location;

        Piece(Chunk chunk, long rank) {
            this.partition = chunk.partition();
            this.mixed = chunk.mixed();
            this.rank = rank;
        }
    }
}
