package io.sparknn.train.rows;

import java.io.Closeable;
import java.io.IOException;

/** Makes a worker's rows of the chunks that the shuffle brings, in any order. */
final class WorkerRowsBuilder implements Closeable {
    private final RowLayout layout;
    private final int worker;
    private final int workers;
    private final int partitions;
    private final RowSetBuilder training;
    private final RowSetBuilder validation;
    private long skipped;
    private long fingerprint;

    WorkerRowsBuilder(RowLayout layout, int worker, int workers, int partitions, Storage storage) {
        this.layout = layout;
        this.worker = worker;
        this.workers = workers;
        this.partitions = partitions;
        Deal deal = new Deal(worker, workers);
        training = new RowSetBuilder(layout, deal, storage);
        validation = new RowSetBuilder(layout, deal, storage);
    }

    void add(Chunk chunk) throws IOException {
        skipped += chunk.skipped();
        fingerprint += chunk.fingerprint();
        (chunk.validation() ? validation : training).add(chunk);
    }

    WorkerRows finish() throws IOException {
        RowSet trainingRows = training.finish(partitions);
        RowSet validationRows = validation.finish(partitions);
        RowSummary summary = new RowSummary(
                worker,
                counts(trainingRows),
                counts(validationRows),
                training.classCounts(),
                training.weightSum(),
                skipped,
                fingerprint,
                training.contents() + 31 * validation.contents());
        return new WorkerRows(layout, workers, summary, trainingRows, validationRows);
    }

    private static int[] counts(RowSet rows) {
        int[] firsts = rows.firsts();
        int[] counts = new int[firsts.length - 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = firsts[i + 1] - firsts[i];
        }
        return counts;
    }

    /** Gives up what is not finished. */
    @Override
    public void close() throws IOException {
        try {
            training.close();
        } finally {
            validation.close();
        }
    }
}
