package io.sparknn.nn;

import io.sparknn.tensor.Tensor;

/** Sees to it that a layer has a forward: each of the two that Layer declares calls the other. */
final class ForwardMethods {
    private static final ClassValue<Boolean> OVERRIDDEN = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return declares(type, Tensor.class) || declares(type, Tensor[].class);
        }
    };

    private ForwardMethods() {}

    static void check(Class<?> type) {
        if (!OVERRIDDEN.get(type)) {
            throw new IllegalArgumentException(Recipe.name(type) + " expects a forward of its own, got none; override"
                    + " forward(Tensor x), or forward(Tensor... x) for several inputs");
        }
    }

    private static boolean declares(Class<?> type, Class<?> argument) {
        try {
            return type.getMethod("forward", argument).getDeclaringClass() != Layer.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }
}
