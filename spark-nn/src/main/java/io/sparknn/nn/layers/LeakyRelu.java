package io.sparknn.nn.layers;

import io.sparknn.nn.StandardLayer;
import io.sparknn.tensor.Tensor;

/**
 * The rectifier with a slope below 0, element by element.
 *
 * <p>{@code y = x where x > 0, else negativeSlope · x}
 *
 * <ul>
 *   <li>input: any shape
 *   <li>output: the same shape
 * </ul>
 *
 * <p>Errors: a slope that is no finite number. Source: PyTorch's {@code nn.LeakyReLU}.
 *
 * <pre>{@code
 * new LeakyRelu().forward(Tensor.of(-1, 2));         // [-0.01, 2]
 * }</pre>
 */
public final class LeakyRelu extends StandardLayer<LeakyRelu> {
    private static final long serialVersionUID = 1L;

    private final double negativeSlope;

    /** A leaky rectifier of slope 0.01. */
    public LeakyRelu() {
        this(0.01);
    }

    /**
     * A leaky rectifier.
     *
     * @param negativeSlope the slope below 0, a finite number
     */
    public LeakyRelu(double negativeSlope) {
        super(negativeSlope);
        this.negativeSlope = Sizes.finite("LeakyRelu", "negativeSlope", negativeSlope);
    }

    @Override
    public Tensor forward(Tensor x) {
        return x.leakyRelu(negativeSlope);
    }
}
