package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Reverse-mode differentiation: from a result back through the operations that made it.
 *
 * <p>Operations are visited in reverse topological order, so that the gradient of a tensor used several times is complete
 * before it is handed on. The order depends on the graph alone, for workers of a training step meet at the reductions on
 * the way. Gradients of leaves add up over calls, as in PyTorch, until they are cleared: in the leaves, or where the
 * training step collects them.
 */
final class Backward {
    private final Gradients collected;
    private final Pass step;
    private final IdentityHashMap<Tensor, float[]> ofLeaves = new IdentityHashMap<>();

    private Backward(Pass owner) {
        collected = owner == null ? null : owner.gradients();
        step = collected == null ? null : owner;
    }

    /** From a scalar, whose gradient is 1. */
    static void run(Tensor scalar) {
        requireRecorded(scalar);
        if (scalar.localSize() != 1 || scalar.rowAxis() >= 0) {
            throw new IllegalStateException("backward expects a scalar, got shape " + Operation.shapes(scalar)
                    + "; take its sum() or mean() first");
        }
        from(scalar, new float[] {1});
    }

    /** From the losses of rows, whose gradients are their weights; gives the weighted sum. */
    static double run(Tensor losses, float[] weights) {
        int n = losses.localSize();
        if (losses.rowAxis() != 0 || losses.localShape().rank() != 1 || weights.length < n) {
            throw new IllegalArgumentException(
                    "backward over rows expects a loss and a weight for each row, got losses "
                            + Operation.shapes(losses) + " and " + weights.length
                            + " weights; reduce each row to one number with mean(1) or the like");
        }
        requireRecorded(losses);
        from(losses, weights);
        float[] values = losses.values();
        double sum = 0;
        for (int row = 0; row < n; row++) {
            sum += (double) weights[row] * values[row];
        }
        return sum;
    }

    private static void from(Tensor result, float[] gradient) {
        Backward run = new Backward(result.owner());
        List<Operation> order = run.order(result.producer());
        float[] first = run.take(result.localSize());
        System.arraycopy(gradient, 0, first, 0, first.length);
        result.producer().gradient(first);
        try {
            order.forEach(run::pass);
        } finally {
            order.forEach(Operation::forgetRun);
        }
        run.ofLeaves.forEach(Tensor::addGrad);
    }

    private static void requireRecorded(Tensor tensor) {
        if (tensor.producer() == null) {
            throw new IllegalStateException("backward expects a result of operations on tensors that require gradients,"
                    + " got one that was not recorded; compute it inside Pass.recording() or Pass.training(seed)");
        }
    }

    /** Hands the gradient of an operation's result on to its inputs. */
    private void pass(Operation operation) {
        float[] gy = operation.gradient();
        if (gy == null) {
            // A parameter was frozen after the forward pass, and nothing else wants what came through here.
            return;
        }
        Tensor[] in = operation.inputs();
        float[][] into = new float[in.length][];
        boolean wanted = false;
        for (int i = 0; i < in.length; i++) {
            if (in[i].requiresGrad()) {
                into[i] = gradient(in[i]);
                wanted = true;
            }
        }
        if (wanted) {
            String reduction = step == null ? null : operation.overRows();
            if (reduction != null) {
                step.sumGradient(reduction, gy, operation.output().localSize());
            }
            operation.backward(in, operation.output().values(), gy, into);
        }
        operation.gradient(null);
        giveBack(gy);
    }

    private float[] gradient(Tensor tensor) {
        Operation producer = tensor.producer();
        if (producer == null) {
            return collected == null
                    ? ofLeaves.computeIfAbsent(tensor, leaf -> new float[leaf.localSize()])
                    : collected(tensor);
        }
        float[] sum = producer.gradient();
        if (sum == null) {
            sum = take(tensor.localSize());
            Arrays.fill(sum, 0f);
            producer.gradient(sum);
        }
        return sum;
    }

    private float[] collected(Tensor leaf) {
        float[] found = collected.find(leaf);
        if (found == null) {
            throw new IllegalStateException("training expects tensors that require gradients to be parameters of the"
                    + " network, got another one of shape " + leaf.localShape()
                    + "; register it with addParameter, or take its detach()");
        }
        return found;
    }

    /** An array for the gradient of a result, used again within the run. */
    private float[] take(int length) {
        return step == null ? new float[length] : step.lend(length);
    }

    private void giveBack(float[] array) {
        if (step != null) {
            step.giveBack(array);
        }
    }

    /** The recorded operations that a result depends on, each before those that made its inputs. */
    private List<Operation> order(Operation last) {
        List<Operation> done = new ArrayList<>();
        List<Operation> open = new ArrayList<>();
        open.add(last);
        last.visit(this);
        while (!open.isEmpty()) {
            Operation before = open.get(open.size() - 1).nextProducer();
            if (before == null) {
                done.add(open.remove(open.size() - 1));
            } else if (before.visit(this)) {
                open.add(before);
            }
        }
        Collections.reverse(done);
        return done;
    }
}
