package io.sparknn.nn;

/** The factor by which an initialiser makes up for what the next activation takes away, as PyTorch's calculate_gain. */
public final class Gain {
    private Gain() {}

    /**
     * For no activation, sigmoid and convolution.
     *
     * @return 1
     */
    public static double linear() {
        return 1;
    }

    /**
     * For tanh.
     *
     * @return 5/3
     */
    public static double tanh() {
        return 5.0 / 3;
    }

    /**
     * For the rectifier.
     *
     * @return √2
     */
    public static double relu() {
        return Math.sqrt(2);
    }

    /**
     * For the leaky rectifier.
     *
     * @param negativeSlope its slope below 0
     * @return √(2 / (1 + negativeSlope²))
     */
    public static double leakyRelu(double negativeSlope) {
        return Math.sqrt(2 / (1 + negativeSlope * negativeSlope));
    }

    /**
     * For the scaled exponential linear unit.
     *
     * @return 3/4
     */
    public static double selu() {
        return 0.75;
    }
}
