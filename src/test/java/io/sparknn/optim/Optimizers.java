package io.sparknn.optim;

import java.util.LinkedHashMap;
import java.util.Map;

/** Every optimiser, in every form that has loops of its own: the catalogue behind the tests of this package. */
final class Optimizers {
    private static final Map<String, Optimizer> GOLDEN = new LinkedHashMap<>();
    private static final Map<String, Optimizer> ALL = new LinkedHashMap<>();

    static {
        GOLDEN.put("optim_adadelta", new Adadelta());
        GOLDEN.put("optim_adagrad", new Adagrad());
        GOLDEN.put("optim_adam", new Adam());
        GOLDEN.put("optim_adam_amsgrad", new Adam().withAmsgrad());
        GOLDEN.put(
                "optim_adam_decay",
                new Adam().withBetas(0.8, 0.99).withEpsilon(1e-6).withWeightDecay(0.1));
        GOLDEN.put("optim_adamax", new Adamax());
        GOLDEN.put("optim_adamw", new AdamW().withWeightDecay(0.05));
        GOLDEN.put("optim_nadam", new NAdam());
        GOLDEN.put("optim_radam", new RAdam());
        GOLDEN.put("optim_rmsprop", new RmsProp());
        GOLDEN.put("optim_rmsprop_centered", new RmsProp().withCentered().withMomentum(0.5));
        GOLDEN.put("optim_rprop", new Rprop());
        GOLDEN.put("optim_sgd", new Sgd());
        GOLDEN.put("optim_sgd_dampening", new Sgd().withMomentum(0.8).withDampening(0.3));
        GOLDEN.put("optim_sgd_momentum", new Sgd().withMomentum(0.9));
        GOLDEN.put(
                "optim_sgd_nesterov", new Sgd().withMomentum(0.9).withNesterov().withWeightDecay(0.01));
        ALL.putAll(GOLDEN);
        ALL.put("adadelta with settings", new Adadelta().withRho(0.8).withEpsilon(1e-5));
        ALL.put(
                "adagrad with settings",
                new Adagrad().withInitialSum(0.1).withRateDecay(0.2).withEpsilon(1e-6));
        ALL.put(
                "adamax with settings",
                new Adamax().withBetas(0.8, 0.9).withEpsilon(1e-6).withWeightDecay(0.1));
        ALL.put(
                "adamw with amsgrad",
                new AdamW().withAmsgrad().withBetas(0.8, 0.9).withEpsilon(1e-6));
        ALL.put(
                "nadam with settings",
                new NAdam().withBetas(0.8, 0.9).withEpsilon(1e-6).withMomentumDecay(0.01));
        ALL.put(
                "radam with settings",
                new RAdam().withBetas(0.8, 0.9).withEpsilon(1e-6).withRate("0", 0.5));
        ALL.put(
                "rmsprop with settings",
                new RmsProp().withAlpha(0.9).withEpsilon(1e-6).withWeightDecay(0.1));
        ALL.put("rprop with settings", new Rprop().withFactors(0.4, 1.5).withSteps(1e-3, 0.1));
        ALL.put(
                "sgd with rules",
                new Sgd().withWeightDecay(0.1).withoutDecayOn("bias", "2").withRate("0.weight", 2));
        ALL.put("sign", new SignSgd());
    }

    private Optimizers() {}

    /** Those that PyTorch ran, by the name of the run. */
    static Map<String, Optimizer> golden() {
        return GOLDEN;
    }

    static Map<String, Optimizer> all() {
        return ALL;
    }

    /** An optimiser as a user writes it: the one in the documentation. */
    static final class SignSgd extends Optimizer {
        private static final long serialVersionUID = 1L;

        @Override
        public void step(float[] weights, float[] gradients, float[][] state, int from, int to, Step step) {
            float rate = (float) step.learningRate();
            for (int i = from; i < to; i++) {
                weights[i] -= rate * Math.signum(gradients[i]);
            }
        }
    }
}
