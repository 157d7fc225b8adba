package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The identity cut at two bounds, element by element.
 *
 * <p>{@code y = min(max(x, minValue), maxValue)}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: a lower bound that is not below the upper one. Source: PyTorch's {@code nn.Hardtanh}.
 *
 * <pre>{@code
 * new HardTanh().forward(Tensor.of(-1, 2));          // [-1, 1]
 * }</pre>
 */
public final class HardTanh extends StandardLayer<HardTanh> {
    private static final long serialVersionUID = 1L;

    private final double minValue;
    private final double maxValue;

    /** The identity cut at -1 and 1. */
    public HardTanh() {
        this(-1, 1);
    }

    /**
     * The identity cut at two bounds.
     *
     * @param minValue the lower bound, below maxValue
     * @param maxValue the upper bound
     */
    public HardTanh(double minValue, double maxValue) {
        super(minValue, maxValue);
        if (!(minValue < maxValue)) {
            throw new IllegalArgumentException("HardTanh expects minValue below maxValue, got " + minValue + " and "
                    + maxValue + "; exchange them");
        }
        this.minValue = minValue;
        this.maxValue = maxValue;
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.hardTanh(minValue, maxValue);
    }
}
