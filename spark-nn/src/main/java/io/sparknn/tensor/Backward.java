package io.sparknn.tensor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Reverse-mode differentiation: from a scalar back through the operations that made it.
 *
 * <p>Results are visited in reverse topological order, so that the gradient of a tensor used several times is complete
 * before it is handed on. Gradients of leaves add up over calls, as in PyTorch, until they are cleared.
 */
final class Backward {
    private final IdentityHashMap<Tensor, float[]> gradients = new IdentityHashMap<>();

    private Backward() {}

    static void run(Tensor scalar) {
        if (scalar.producer() == null) {
            throw new IllegalStateException("backward expects a result of operations on tensors that require gradients,"
                    + " got one that was not recorded; compute it inside Pass.recording() or Pass.training(seed)");
        }
        if (scalar.localSize() != 1) {
            throw new IllegalStateException(
                    "backward expects a scalar, got shape " + scalar.localShape() + "; take its sum() or mean() first");
        }
        new Backward().from(scalar);
    }

    private void from(Tensor scalar) {
        gradients.put(scalar, new float[] {1});
        for (Operation operation : order(scalar)) {
            Tensor result = operation.output();
            float[] gy = gradients.remove(result);
            if (gy == null) {
                // A parameter was frozen after the forward pass, and nothing else wants what came through here.
                continue;
            }
            Tensor[] in = operation.inputs();
            float[][] into = new float[in.length][];
            for (int i = 0; i < in.length; i++) {
                into[i] = in[i].requiresGrad() ? gradient(in[i]) : null;
            }
            if (Arrays.stream(into).anyMatch(Objects::nonNull)) {
                operation.backward(in, result.values(), gy, into);
            }
        }
        gradients.forEach(Tensor::addGrad);
    }

    private float[] gradient(Tensor tensor) {
        return gradients.computeIfAbsent(tensor, t -> new float[t.localSize()]);
    }

    /** The recorded operations that the scalar depends on, each before those that made its inputs. */
    private static List<Operation> order(Tensor scalar) {
        List<Operation> done = new ArrayList<>();
        Set<Operation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        ArrayDeque<Operation> open = new ArrayDeque<>();
        IdentityHashMap<Operation, Integer> next = new IdentityHashMap<>();
        open.push(scalar.producer());
        seen.add(scalar.producer());
        while (!open.isEmpty()) {
            Operation operation = open.peek();
            int at = next.merge(operation, 1, Integer::sum) - 1;
            if (at == operation.inputs().length) {
                done.add(open.pop());
                continue;
            }
            Operation before = operation.inputs()[at].producer();
            if (before != null && seen.add(before)) {
                open.push(before);
            }
        }
        Collections.reverse(done);
        return done;
    }
}
