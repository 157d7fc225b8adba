package io.sparknn.train;

import io.sparknn.nn.loss.Loss;
import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RowResolver;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Map;

/**
 * Runs a worker's rows of one batch through the network and the loss: forward and backward in training, forward alone in
 * evaluation.
 */
final class BatchPass {
    private final TrainingPlan plan;
    private final Replica replica;
    private final Loss loss;
    private final RowResolver resolver;

    private Map<Tensor, float[]> updates = Map.of();

    /** The sum of weighted losses, and of what they are divided by. */
    private final double[] sums = new double[2];

    BatchPass(TrainingPlan plan, Replica replica, RowResolver resolver) {
        this.plan = plan;
        this.replica = replica;
        this.loss = plan.options.loss();
        this.resolver = resolver;
    }

    /** Is told of the rows of a block with what the network gave for them. */
    interface Outputs {
        void add(RowBlock block, float[] output, int outputWidth);
    }

    /** One batch forward and backward; its gradients are added to those given, and its sums come back. */
    double[] train(RowBlock block, long batchRows, long step, Gradients gradients, Outputs outputs) {
        try (Pass pass = Pass.step(plan.options.seed(), step, batchRows, block.numbers(), resolver, gradients)) {
            Tensor losses = forward(pass, block, outputs);
            sums[0] = pass.backward(losses, block.weights());
            updates = pass.bufferUpdates();
        }
        return sums;
    }

    /** One block forward in evaluation; its sums come back. */
    double[] evaluate(RowBlock block, Outputs outputs) {
        try (Pass pass = Pass.validating(resolver)) {
            Tensor losses = forward(pass, block, outputs);
            float[] values = pass.values(losses);
            sums[0] = 0;
            for (int row = 0; row < block.size(); row++) {
                sums[0] += (double) block.weights()[row] * values[row];
            }
        }
        return sums;
    }

    /** What the last step wants the network's buffers to be. */
    Map<Tensor, float[]> updates() {
        return updates;
    }

    private Tensor forward(Pass pass, RowBlock block, Outputs outputs) {
        Tensor[] x = new Tensor[plan.inputs.length];
        for (int i = 0; i < x.length; i++) {
            Shape shape = plan.inputs[i].with(0, block.size());
            float[] values = block.features().values(i);
            int[] offsets = block.features().offsets(i);
            x[i] = offsets == null ? pass.block(values, shape) : pass.block(values, offsets, shape);
        }
        Tensor output = x.length == 1 ? replica.network.forward(x[0]) : replica.network.forward(x);
        Tensor label = pass.block(block.labels(), labelShape(pass, output, block.size()));
        Tensor losses = loss.forward(output, label);
        checkPerRow(pass.localShape(losses), block.size());
        sums[1] = divisor(pass, label, block);
        if (outputs != null) {
            int width = block.size() == 0 ? 0 : pass.localShape(output).size() / block.size();
            outputs.add(block, pass.values(output), width);
        }
        return losses;
    }

    private double divisor(Pass pass, Tensor label, RowBlock block) {
        Tensor ofLoss = loss.rowWeights(label);
        float[] factors = ofLoss == null ? null : pass.values(ofLoss);
        double sum = 0;
        for (int row = 0; row < block.size(); row++) {
            sum += (double) block.weights()[row] * (factors == null ? 1 : factors[row]);
        }
        return sum;
    }

    /** A number a row as (N), as losses want it; several in the shape of the output if they are as many. */
    private Shape labelShape(Pass pass, Tensor output, int rows) {
        if (plan.labelWidth == 1) {
            return Shape.of(rows);
        }
        Shape shape = pass.localShape(output);
        boolean fits = shape.rank() > 1 && shape.dropFirst(1).size() == plan.labelWidth;
        return fits ? shape : Shape.of(rows, plan.labelWidth);
    }

    private void checkPerRow(Shape losses, int rows) {
        if (!losses.equals(Shape.of(rows))) {
            throw new IllegalStateException(loss.getClass().getSimpleName()
                    + " expects forward to return a loss for each of " + rows + " rows, got shape " + losses
                    + "; take the mean over all axes but the first");
        }
    }
}
