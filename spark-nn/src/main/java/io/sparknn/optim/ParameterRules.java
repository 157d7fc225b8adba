package io.sparknn.optim;

import io.sparknn.tensor.Configured;
import java.util.Arrays;

/**
 * What differs between parameters: which are spared from weight decay, which have a learning rate of their own.
 *
 * <p>A rule names parameters by the beginning or the end of their path, in whole parts: {@code bias} is that of every
 * layer, {@code 0} is all of the first layer, {@code 2.weight} is one parameter.
 */
final class ParameterRules extends Configured {
    static final ParameterRules NONE = new ParameterRules(0, new String[0], new String[0]);

    private static final long serialVersionUID = 1L;

    private final double weightDecay;
    private final String[] undecayed;
    private final String[] scaled;
    private final double[] factors;

    ParameterRules(double weightDecay, String[] undecayed, String[] scaled, double... factors) {
        super(weightDecay, undecayed, scaled, factors);
        this.weightDecay = weightDecay;
        this.undecayed = undecayed.clone();
        this.scaled = scaled.clone();
        this.factors = factors.clone();
    }

    ParameterRules withWeightDecay(double decay) {
        return new ParameterRules(decay, undecayed, scaled, factors);
    }

    ParameterRules withoutDecayOn(String... names) {
        return new ParameterRules(weightDecay, names, scaled, factors);
    }

    ParameterRules withRate(String name, double factor) {
        String[] names = Arrays.copyOf(scaled, scaled.length + 1);
        names[scaled.length] = name;
        double[] more = Arrays.copyOf(factors, factors.length + 1);
        more[factors.length] = factor;
        return new ParameterRules(weightDecay, undecayed, names, more);
    }

    /** The weight decay of a parameter. */
    double decay(String path) {
        return Arrays.stream(undecayed).anyMatch(rule -> names(rule, path)) ? 0 : weightDecay;
    }

    /** What the learning rate of a parameter is multiplied by; of several rules that name it, the last counts. */
    double rateFactor(String path) {
        for (int i = scaled.length - 1; i >= 0; i--) {
            if (names(scaled[i], path)) {
                return factors[i];
            }
        }
        return 1;
    }

    private static boolean names(String rule, String path) {
        return path.equals(rule) || path.startsWith(rule + ".") || path.endsWith("." + rule);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("weight decay ").append(weightDecay);
        if (undecayed.length > 0) {
            text.append(" but on ").append(String.join(", ", undecayed));
        }
        for (int i = 0; i < scaled.length; i++) {
            text.append(", rate of ").append(scaled[i]).append(" times ").append(factors[i]);
        }
        return text.toString();
    }
}
