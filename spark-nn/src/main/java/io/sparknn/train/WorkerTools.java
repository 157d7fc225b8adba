package io.sparknn.train;

import io.sparknn.nn.Interruption;
import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.RowResolver;
import io.sparknn.train.net.Workers;
import io.sparknn.train.rows.BatchOrder;
import io.sparknn.train.rows.WorkerRows;

/** What one worker has at hand for its epochs. */
final class WorkerTools {
    final TrainingPlan plan;
    final Workers workers;
    final WorkerRows rows;
    final BatchOrder order;
    final BatchOrder validationOrder;
    final Replica replica;
    final BatchPass pass;
    final RowBlock.Reader reader;
    final Gradients gradients;

    /** Metrics of the training rows as the steps meet them, where there are no validation rows. */
    final Evaluation figures;

    WorkerTools(TrainingPlan plan, Workers workers, WorkerRows rows, Replica replica) {
        this.plan = plan;
        this.workers = workers;
        this.rows = rows;
        this.replica = replica;
        TrainingOptions options = plan.options;
        this.order = new BatchOrder(plan.counts, rows, options.seed(), options.shuffle(), options.batchSize());
        this.validationOrder = BatchOrder.ofValidation(plan.counts, rows, options.batchSize());
        RowResolver resolver = new GlobalRows(workers);
        this.pass = new BatchPass(plan, replica, resolver);
        this.reader = new RowBlock.Reader(plan);
        this.gradients = replica.gradients();
        this.figures = new Evaluation(options.metrics());
    }

    /** Changes the network's buffers as the last step wants it, on one worker of each JVM, when all are through with it. */
    void updateBuffers() {
        if (workers.localRank() == 0 || plan.options.stepsAlone()) {
            replica.update(pass.updates());
        }
    }

    boolean validates() {
        return plan.counts.validationRows() > 0;
    }

    /**
     * Runs this worker's rows of a batch forward and backward; returns the sums of losses and weights. Without rows it takes
     * part all the same: a layer may reduce over the rows in training alone, as batch normalisation does.
     */
    double[] gradientsOf(int batch, long step) {
        Interruption.check();
        gradients.clear();
        RowBlock block = reader.read(rows.training(), order.order(), order.from(batch), order.to(batch), order::number);
        double[] sums =
                pass.train(block, order.batchRows(batch), step, gradients, validates() ? null : figures::addMetrics);
        return sums.clone();
    }
}
