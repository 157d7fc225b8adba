package io.sparknn.train;

import io.sparknn.train.rows.Features;
import io.sparknn.train.rows.RowSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Rows laid out for one pass, in arrays that are used again for the next block of as many rows. */
final class RowBlock {
    private final int size;
    private final Features features;
    private final float[] labels;
    private final float[] weights;
    private final long[] numbers;

    private RowBlock(TrainingPlan plan, int size) {
        this.size = size;
        features = new Features(size, plan.inputs);
        labels = new float[size * plan.labelWidth];
        weights = new float[size];
        Arrays.fill(weights, 1);
        numbers = new long[size];
    }

    int size() {
        return size;
    }

    Features features() {
        return features;
    }

    float[] labels() {
        return labels;
    }

    /** The weight of each row, 1 where there is no column of weights. */
    float[] weights() {
        return weights;
    }

    /** The number of each row among all. */
    long[] numbers() {
        return numbers;
    }

    /** Tells the number of a row among all. */
    interface Numbers {
        long of(int row);
    }

    /** The blocks of one worker, by how many rows they hold: few sizes, for batches are dealt evenly. */
    static final class Reader {
        /** Sizes kept: beyond, arrays are made anew, which only uneven data asks for. */
        private static final int KEPT = 32;

        private final TrainingPlan plan;
        private final Map<Integer, RowBlock> blocks = new HashMap<>();

        Reader(TrainingPlan plan) {
            this.plan = plan;
        }

        RowBlock read(RowSet rows, int[] order, int from, int to, Numbers numbers) {
            if (blocks.size() > KEPT) {
                blocks.clear();
            }
            RowBlock block = blocks.computeIfAbsent(to - from, size -> new RowBlock(plan, size));
            rows.gather(order, from, to, block.features, block.labels, block.weights);
            for (int i = 0; numbers != null && i < block.size; i++) {
                block.numbers[i] = numbers.of(order[from + i]);
            }
            return block;
        }
    }
}
