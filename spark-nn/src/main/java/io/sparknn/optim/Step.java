package io.sparknn.optim;

/** One step of an optimiser as it concerns one parameter: the learning rate, the number of the step, the parameter. */
public final class Step {
    private final double learningRate;
    private final long number;
    private final String name;

    /**
     * A step for one parameter.
     *
     * @param learningRate the learning rate that the schedule gives
     * @param number 1 for the first step of the fit
     * @param name the parameter's path, such as {@code 0.weight}
     * @throws IllegalArgumentException if the learning rate is negative or not finite, or the number below 1
     */
    public Step(double learningRate, long number, String name) {
        if (number < 1) {
            throw Ranges.refused("Step", "a number", "of 1 or more", number);
        }
        this.learningRate = Ranges.notNegative("Step", "a learning rate", learningRate);
        this.number = number;
        this.name = name;
    }

    /**
     * The learning rate that the schedule gives.
     *
     * @return 0 or more
     */
    public double learningRate() {
        return learningRate;
    }

    /**
     * The number of this step.
     *
     * @return 1 for the first step of the fit
     */
    public long number() {
        return number;
    }

    /**
     * The path of the parameter that is being stepped.
     *
     * @return the name, such as {@code 0.weight}
     */
    public String name() {
        return name;
    }
}
