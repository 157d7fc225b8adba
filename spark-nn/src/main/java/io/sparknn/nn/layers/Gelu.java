package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The Gaussian error linear unit, element by element.
 *
 * <p>{@code y = x · Φ(x) = x / 2 · (1 + erf(x / √2))}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016, arXiv:1606.08415; PyTorch's
 * {@code nn.GELU} without approximation.
 *
 * <pre>{@code
 * new Gelu().forward(Tensor.of(-1, 2));              // [-0.159, 1.954]
 * }</pre>
 */
public final class Gelu extends StandardLayer<Gelu> {
    private static final long serialVersionUID = 1L;

    /** A Gaussian error linear unit. */
    public Gelu() {}

    @Override
    public Tensor forward(Tensor x) {
        return x.gelu();
    }
}
