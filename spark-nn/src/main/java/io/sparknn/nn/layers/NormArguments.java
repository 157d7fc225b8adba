package io.sparknn.nn.layers;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Constructor arguments of normalisations. */
final class NormArguments {
    static final double EPS = 1e-5;
    static final double MOMENTUM = 0.1;

    private NormArguments() {}

    static void check(String layer, double eps, Double momentum) {
        checkEps(layer, eps);
        if (momentum != null && !(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException(layer + " expects momentum from 0 to 1, or null, got " + momentum
                    + "; it is the weight of the newest batch");
        }
    }

    static void checkEps(String layer, double eps) {
        if (!(Sizes.finite(layer, "eps", eps) >= 0)) {
            throw new IllegalArgumentException(
                    layer + " expects eps of 0 or more, got " + eps + "; it keeps divisors above 0");
        }
    }

    /** The rest of a text such as {@code BatchNorm1d(3}. */
    static String text(String before, Object... arguments) {
        return Arrays.stream(arguments).map(String::valueOf).collect(Collectors.joining(", ", before, ")"));
    }
}
