package io.sparknn.tensor;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;

/**
 * Where the gradients of one worker go: an array for each leaf.
 *
 * <p>Workers of a JVM share the parameters, so a {@link Pass#step training step} writes nothing into them: it adds the
 * gradient of each leaf to the array of that leaf here. A leaf used several times gets the sum.
 *
 * <pre>{@code
 * Gradients gradients = new Gradients(parameters);
 * try (Pass pass = Pass.step(seed, step, rows, numbers, resolver, gradients)) {
 *     pass.backward(loss.forward(net.forward(pass.block(x, shape)), label), weights);
 * }
 * gradients.of(weight);                       // as long as weight has elements
 * }</pre>
 */
public final class Gradients {
    private final IdentityHashMap<Tensor, float[]> ofLeaf = new IdentityHashMap<>();
    private final float[][] arrays;

    /**
     * Arrays of zeros.
     *
     * @param leaves the tensors that gradients are wanted of, each once
     * @throws IllegalArgumentException if one is there twice
     */
    public Gradients(Collection<? extends Tensor> leaves) {
        arrays = new float[leaves.size()][];
        int next = 0;
        for (Tensor leaf : leaves) {
            arrays[next] = new float[leaf.localSize()];
            if (ofLeaf.put(leaf, arrays[next++]) != null) {
                throw new IllegalArgumentException("Gradients expects each tensor once, got one of shape "
                        + leaf.localShape() + " twice; name a tied parameter once");
            }
        }
    }

    /**
     * The gradient of a leaf.
     *
     * @param leaf one of the leaves
     * @return the array itself
     * @throws IllegalArgumentException if it is none of them
     */
    public float[] of(Tensor leaf) {
        float[] found = find(leaf);
        if (found == null) {
            throw new IllegalArgumentException("Gradients expects one of its " + arrays.length
                    + " leaves, got another tensor of shape " + leaf.localShape()
                    + "; name it in the constructor");
        }
        return found;
    }

    /** The gradient of a leaf, or null if it is none. */
    float[] find(Tensor leaf) {
        return ofLeaf.get(leaf);
    }

    /**
     * The gradients of all leaves.
     *
     * @return the arrays themselves, in the order of the leaves
     */
    public float[][] arrays() {
        return arrays.clone();
    }

    /** Sets all gradients to 0. */
    public void clear() {
        for (float[] array : arrays) {
            Arrays.fill(array, 0f);
        }
    }
}
