package io.sparknn.ml;

import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.nn.loss.L1Loss;
import io.sparknn.nn.loss.Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.nn.loss.SmoothL1Loss;
import io.sparknn.optim.Adadelta;
import io.sparknn.optim.Adagrad;
import io.sparknn.optim.Adam;
import io.sparknn.optim.AdamW;
import io.sparknn.optim.Adamax;
import io.sparknn.optim.Lbfgs;
import io.sparknn.optim.NAdam;
import io.sparknn.optim.RAdam;
import io.sparknn.optim.RmsProp;
import io.sparknn.optim.Rprop;
import io.sparknn.optim.Sgd;
import io.sparknn.tensor.Configured;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Losses and optimisers with their initial settings by name: that of the class, whatever its letters' size, with or
 * without hyphens, underscores and the ending {@code Loss}.
 *
 * @param <T> what is named
 */
final class Named<T extends Configured> {
    static final Named<Loss> LOSSES = new Named<Loss>("loss")
            .with(BceWithLogitsLoss::new)
            .with(CrossEntropyLoss::new)
            .with(HuberLoss::new)
            .with(L1Loss::new)
            .with(MseLoss::new)
            .with(NllLoss::new)
            .with(PoissonNllLoss::new)
            .with(SmoothL1Loss::new);

    static final Named<Configured> OPTIMIZERS = new Named<>("optimizer")
            .with(Adadelta::new)
            .with(Adagrad::new)
            .with(Adam::new)
            .with(AdamW::new)
            .with(Adamax::new)
            .with(Lbfgs::new)
            .with(NAdam::new)
            .with(RAdam::new)
            .with(RmsProp::new)
            .with(Rprop::new)
            .with(Sgd::new);

    private final String kind;
    private final Map<String, Supplier<? extends T>> byName = new TreeMap<>();

    private Named(String kind) {
        this.kind = kind;
    }

    private Named<T> with(Supplier<? extends T> made) {
        byName.put(plain(made.get().getClass().getSimpleName()), made);
        return this;
    }

    private static String plain(String name) {
        String letters = name.toLowerCase(Locale.ROOT).replaceAll("[-_ ]", "");
        return letters.endsWith("loss") ? letters.substring(0, letters.length() - 4) : letters;
    }

    /** The object of a name. */
    T get(String who, String name) {
        Supplier<? extends T> found = byName.get(plain(name));
        if (found == null) {
            throw new IllegalArgumentException(who + " expects one of " + byName.keySet() + " as the name of the "
                    + kind + ", got \"" + name + "\"; give one of these, or an object of your own class");
        }
        return found.get();
    }
}
