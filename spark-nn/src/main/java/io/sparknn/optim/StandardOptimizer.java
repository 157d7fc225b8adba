package io.sparknn.optim;

import java.util.stream.Stream;

/**
 * What the optimisers of this package have in common: weight decay, parameters spared from it, learning rates of single
 * parameters. Immutable: each setting gives a new optimiser.
 *
 * <p>Parameters are named by the beginning or the end of their path, in whole parts: {@code bias} is that of every layer,
 * {@code 0} is all of the first layer, {@code 2.weight} is one parameter.
 *
 * <pre>{@code
 * new AdamW().withWeightDecay(0.05).withoutDecayOn("bias").withRate("0", 0.1);
 * }</pre>
 *
 * @param <O> the optimiser itself, which settings return
 */
public abstract class StandardOptimizer<O extends StandardOptimizer<O>> extends Optimizer {
    private static final long serialVersionUID = 1L;

    private final ParameterRules rules;

    StandardOptimizer(ParameterRules rules, Object... arguments) {
        super(Stream.concat(Stream.of(rules), Stream.of(arguments)).toArray());
        this.rules = rules;
    }

    /** The same optimiser with other rules. */
    abstract O with(ParameterRules changed);

    /**
     * Sets the weight decay.
     *
     * @param weightDecay how strongly weights are drawn to 0; 0 for not at all
     * @return a new optimiser
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public final O withWeightDecay(double weightDecay) {
        return with(rules.withWeightDecay(notNegative("weightDecay", weightDecay)));
    }

    /**
     * Spares parameters from weight decay.
     *
     * @param names what they are called, such as {@code bias}; replaces earlier names
     * @return a new optimiser
     */
    public final O withoutDecayOn(String... names) {
        return with(rules.withoutDecayOn(names));
    }

    /**
     * Gives parameters a learning rate of their own.
     *
     * @param name what they are called, such as {@code 0}; where several rules name a parameter, the last one counts
     * @param factor what the learning rate is multiplied by; 0 keeps the weights as they are
     * @return a new optimiser
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public final O withRate(String name, double factor) {
        return with(rules.withRate(name, notNegative("a factor of the rate", factor)));
    }

    final ParameterRules rules() {
        return rules;
    }

    final float decay(Step step) {
        return (float) rules.decay(step.name());
    }

    final double rate(Step step) {
        return step.learningRate() * rules.rateFactor(step.name());
    }

    final double notNegative(String name, double value) {
        return Ranges.notNegative(getClass().getSimpleName(), name, value);
    }

    final double fraction(String name, double value) {
        return Ranges.fraction(getClass().getSimpleName(), name, value);
    }
}
