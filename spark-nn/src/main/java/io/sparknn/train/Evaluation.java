package io.sparknn.train;

import io.sparknn.train.rows.BatchOrder;
import io.sparknn.train.rows.RowSet;
import java.util.Arrays;

/** A worker's part in the figures of an epoch: loss and metrics over the validation rows. */
final class Evaluation {
    /** Rows of a block where rows do not meet each other: enough that products pay. */
    private static final int ROWS = 256;

    private final Metric[] metrics;
    private final double[][] sums;
    private double loss;
    private double weight;

    Evaluation(Metric... metrics) {
        this.metrics = metrics;
        this.sums = new double[metrics.length][];
        clear();
    }

    void clear() {
        loss = 0;
        weight = 0;
        for (int m = 0; m < metrics.length; m++) {
            sums[m] = new double[metrics[m].size()];
        }
    }

    /** Goes through a worker's validation rows: in blocks of its own, or together where forward reduces over rows. */
    void run(TrainingPlan plan, BatchPass pass, RowBlock.Reader reader, RowSet rows, BatchOrder order) {
        clear();
        if (plan.crossesRows) {
            order.start(0);
            for (int batch = 0; batch < order.batches(); batch++) {
                add(pass.evaluate(
                        reader.read(rows, order.order(), order.from(batch), order.to(batch), null), this::addMetrics));
            }
            return;
        }
        int[] all = new int[Math.min(ROWS, rows.size())];
        for (int from = 0; from < rows.size(); from += ROWS) {
            int size = Math.min(ROWS, rows.size() - from);
            int first = from;
            Arrays.setAll(all, i -> first + i);
            add(pass.evaluate(reader.read(rows, all, 0, size, null), this::addMetrics));
        }
    }

    void add(double... lossAndWeight) {
        loss += lossAndWeight[0];
        weight += lossAndWeight[1];
    }

    /** Adds the rows of a block to the metrics. */
    void addMetrics(RowBlock block, float[] output, int outputWidth) {
        if (metrics.length == 0 || block.size() == 0) {
            return;
        }
        int labelWidth = block.labels().length / block.size();
        float[] ofRow = new float[outputWidth];
        float[] label = new float[labelWidth];
        for (int row = 0; row < block.size(); row++) {
            System.arraycopy(output, row * outputWidth, ofRow, 0, outputWidth);
            System.arraycopy(block.labels(), row * labelWidth, label, 0, labelWidth);
            for (int m = 0; m < metrics.length; m++) {
                metrics[m].add(sums[m], ofRow, label, block.weights()[row]);
            }
        }
    }

    /** All sums one after the other: loss, weight, metrics. */
    double[] flat() {
        double[] flat =
                new double[2 + Arrays.stream(sums).mapToInt(s -> s.length).sum()];
        flat[0] = loss;
        flat[1] = weight;
        int at = 2;
        for (double[] sum : sums) {
            System.arraycopy(sum, 0, flat, at, sum.length);
            at += sum.length;
        }
        return flat;
    }

    /** Adds what another worker has. */
    void merge(double... flat) {
        loss += flat[0];
        weight += flat[1];
        int at = 2;
        for (int m = 0; m < metrics.length; m++) {
            metrics[m].merge(sums[m], Arrays.copyOfRange(flat, at, at + sums[m].length));
            at += sums[m].length;
        }
    }

    double loss() {
        return loss / weight;
    }

    double value(int metric) {
        return metrics[metric].value(sums[metric]);
    }
}
