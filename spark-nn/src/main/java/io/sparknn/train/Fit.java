package io.sparknn.train;

import io.sparknn.nn.Layer;
import io.sparknn.nn.RowReductions;
import io.sparknn.nn.TrainedWeights;
import io.sparknn.train.net.Coordinator;
import io.sparknn.train.rows.RowCounts;
import io.sparknn.train.rows.TrainingColumns;
import io.sparknn.train.rows.TrainingData;
import io.sparknn.train.rows.WorkerRows;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One fit on the driver: deals the rows to workers, runs jobs of some epochs each until training is over, and starts again
 * from the last state when executors are lost.
 */
final class Fit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fit.class);

    /** How long a job runs: long enough to be cheap, short enough that fits take turns. */
    private static final int JOB_SECONDS = 10;

    private static final int MAX_FAILURES = 4;

    /** Rows of a batch for a worker at least, where the user does not say how many workers: fewer are not worth a meeting. */
    private static final int ROWS_OF_WORKER = 32;

    private final String who;
    private final Layer network;
    private final TrainingOptions options;
    private final Progress progress;
    private final Dataset<?> dataset;
    private final TrainingColumns columns;
    private final SparkContext spark;
    private final Slots slots;
    private final Coordinator coordinator;
    private final Checkpoints checkpoints;
    private final JobErrors errors;
    private TrainingData data;
    private int workers;
    private TrainingPlan plan;
    private Broadcast<TrainingPlan> shippedPlan;
    private volatile byte[] state;
    private volatile boolean progressed;

    Fit(
            String who,
            Layer network,
            TrainingOptions options,
            Progress progress,
            Dataset<?> dataset,
            TrainingColumns columns) {
        this.who = who;
        this.network = network;
        this.options = options;
        this.progress = progress;
        this.dataset = dataset;
        this.columns = columns;
        spark = dataset.sparkSession().sparkContext();
        slots = new Slots(spark);
        errors = new JobErrors(who);
        checkpoints = options.checkpointDir() == null
                ? null
                : new Checkpoints(who, options.checkpointDir(), spark.hadoopConfiguration());
        coordinator = Coordinator.open((rank, message) -> progress.answer(message));
    }

    TrainingResult run() {
        JobDescription description = new JobDescription(spark);
        try {
            workers = wantedWorkers();
            description.set(who + ": packing rows");
            RowCounts counts = deal();
            counts.check();
            int enough = (int) Math.max(1, counts.rows() / options.batchSize());
            if (options.numWorkers() == 0 && enough < workers) {
                workers = enough;
                counts = deal();
            }
            plan(counts);
            start();
            progress.started(new TrainingStart(
                    who,
                    counts.rows(),
                    counts.validationRows(),
                    workers,
                    options.maxEpochs(),
                    network.numParameters()));
            FitState last = train(description);
            return result(last);
        } finally {
            description.restore();
        }
    }

    private int wantedWorkers() {
        int wanted =
                options.numWorkers() > 0 ? options.numWorkers() : Math.max(1, options.batchSize() / ROWS_OF_WORKER);
        if (slots.areDynamic()) {
            return wanted;
        }
        int found = slots.upTo(who, wanted, options.numWorkers() > 0);
        if (options.numWorkers() > found) {
            LOG.warn(
                    "{} trains with {} workers instead of {}: the cluster runs so many tasks at once",
                    who,
                    found,
                    wanted);
        }
        return found;
    }

    /** Packs the rows and deals them to the workers there are. */
    private RowCounts deal() {
        for (int failures = 1; ; failures++) {
            closeData();
            // Anew for each attempt: after a loss there may be fewer workers to deal to.
            data = TrainingData.of(dataset, columns, workers);
            try {
                return data.summarised(
                        together(data.rows()).map(WorkerRows::summary).collect());
            } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
                errors.refuse(e, failures >= MAX_FAILURES);
                workers = slots.areDynamic() ? workers : slots.again(who, workers);
            }
        }
    }

    private <T> JavaRDD<T> together(JavaRDD<T> rows) {
        return slots.areDynamic() ? rows : Barrier.of(rows);
    }

    private void plan(RowCounts counts) {
        plan = new TrainingPlan(
                who,
                network.copy(ParamMap.empty()),
                options,
                counts,
                columns.shapes(),
                columns.labelWidth(),
                RowReductions.in(network, columns.shapes()));
        shippedPlan = JavaSparkContext.fromSparkContext(spark).broadcast(plan);
    }

    /** The first state: that of a checkpoint, or the beginning. */
    private void start() {
        byte[] saved = checkpoints == null ? null : checkpoints.open(plan.identity(), options.maxEpochs());
        state = saved == null ? Replica.start(plan).encode(plan.identity(), plan.network) : saved;
        FitState begun = FitState.decode(state, plan.network);
        if (!begun.history.isEmpty()) {
            progress.resumed(begun.history.get(begun.history.size() - 1));
        }
        progress.statesTo(this::take);
    }

    private void take(byte[] newer) {
        state = newer;
        progressed = true;
        if (checkpoints != null) {
            FitState decoded = FitState.decode(newer, plan.network);
            if (decoded.epoch % options.checkpointInterval() == 0 && decoded.stopped == null) {
                checkpoints.write(decoded.epoch, newer);
            }
        }
    }

    private FitState train(JobDescription description) {
        int failures = 0;
        for (FitState now = FitState.decode(state, plan.network); ; now = FitState.decode(state, plan.network)) {
            if (now.stopped == null && now.epoch >= options.maxEpochs()) {
                now.stopped = "all " + options.maxEpochs() + " epochs were run";
            }
            if (now.stopped != null) {
                return now;
            }
            description.set(text(now));
            progressed = false;
            try {
                job();
                failures = 0;
            } catch (Exception e) { // Spark throws checked exceptions that Scala does not declare
                if (progress.failure() != null) {
                    throw progress.failure();
                }
                failures = progressed ? 1 : failures + 1;
                errors.refuse(e, failures >= MAX_FAILURES);
                LOG.warn("{} lost a worker and starts again after epoch {}", who, now.epoch, e);
                regroup();
            }
        }
    }

    private String text(FitState now) {
        EpochRecord last = progress.last();
        return who + ": epoch " + (now.epoch + 1) + " of " + options.maxEpochs()
                + (last == null
                        ? ""
                        : ", loss " + String.format(java.util.Locale.ROOT, "%.4g", FitState.watched(last)));
    }

    /** One job: some epochs of all workers. */
    private void job() {
        Broadcast<byte[]> from = JavaSparkContext.fromSparkContext(spark).broadcast(state);
        try {
            TrainTask task = new TrainTask(shippedPlan, from, coordinator.next(workers), JOB_SECONDS);
            List<TaskEnd> ends = together(data.rows()).mapPartitions(task).collect();
            errors.refuse(ends);
        } finally {
            from.destroy();
        }
    }

    /** After a loss: as many workers as there are slots now, the rows dealt anew if that is another number. */
    private void regroup() {
        int found = slots.areDynamic() ? Math.max(1, coordinator.registered()) : slots.again(who, workers);
        if (found != workers) {
            workers = found;
            shippedPlan.destroy();
            plan(deal());
        }
    }

    private TrainingResult result(FitState last) {
        if (last.diverged && last.bestEpoch == 0) {
            throw new IllegalStateException(who + " stopped: " + last.stopped);
        }
        if (last.diverged) {
            LOG.warn("{} stopped: {}. The model is that of epoch {}", who, last.stopped, last.bestEpoch);
        }
        boolean best = (options.restoreBest() || last.diverged) && last.best != null;
        Layer trained = network.copy(ParamMap.empty());
        TrainedWeights.of(trained).bind(best ? last.best : last.weights);
        TrainedWeights.buffers(trained).bind(best ? last.bestBuffers : last.buffers);
        if (checkpoints != null) {
            checkpoints.clear();
        }
        return new TrainingResult(trained, last.history, best ? last.bestEpoch : last.epoch, last.stopped);
    }

    @Override
    public void close() {
        coordinator.close();
        if (checkpoints != null) {
            checkpoints.close();
        }
        closeData();
        if (shippedPlan != null) {
            shippedPlan.destroy();
        }
    }

    private void closeData() {
        if (data != null) {
            data.close();
        }
    }
}
