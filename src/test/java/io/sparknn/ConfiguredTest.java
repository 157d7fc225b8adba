package io.sparknn;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sparknn.nn.ConfiguredParam;
import io.sparknn.nn.loss.BceWithLogitsLoss;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.nn.loss.HuberLoss;
import io.sparknn.nn.loss.L1Loss;
import io.sparknn.nn.loss.MseLoss;
import io.sparknn.nn.loss.NllLoss;
import io.sparknn.nn.loss.PoissonNllLoss;
import io.sparknn.nn.loss.SmoothL1Loss;
import io.sparknn.optim.Adadelta;
import io.sparknn.optim.Adagrad;
import io.sparknn.optim.Adam;
import io.sparknn.optim.AdamW;
import io.sparknn.optim.Adamax;
import io.sparknn.optim.ConstantLr;
import io.sparknn.optim.CosineAnnealingLr;
import io.sparknn.optim.CosineAnnealingWarmRestarts;
import io.sparknn.optim.ExponentialLr;
import io.sparknn.optim.Lbfgs;
import io.sparknn.optim.LinearLr;
import io.sparknn.optim.MultiStepLr;
import io.sparknn.optim.NAdam;
import io.sparknn.optim.OneCycleLr;
import io.sparknn.optim.PolynomialLr;
import io.sparknn.optim.RAdam;
import io.sparknn.optim.ReduceLrOnPlateau;
import io.sparknn.optim.RmsProp;
import io.sparknn.optim.Rprop;
import io.sparknn.optim.Schedule;
import io.sparknn.optim.SequentialLr;
import io.sparknn.optim.Sgd;
import io.sparknn.optim.StepLr;
import io.sparknn.tensor.Configured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, optimisers and schedules are their constructor arguments: made again from them, they are equal. */
@Tag("fast")
final class ConfiguredTest {
    /** One of each class, no setting as it is initially. */
    static Stream<Configured> all() {
        return Stream.of(
                new BceWithLogitsLoss().withPositiveWeight(3, 4),
                new CrossEntropyLoss().withClassWeights(1, 2).withLabelSmoothing(0.1),
                new HuberLoss(0.5),
                new L1Loss(),
                new MseLoss(),
                new NllLoss().withClassWeights(3, 4),
                new PoissonNllLoss(false),
                new SmoothL1Loss(0.5),
                new Adadelta().withRho(0.8).withEpsilon(1e-3),
                new Adagrad().withInitialSum(0.1).withRateDecay(0.2).withEpsilon(1e-3),
                new Adam().withBetas(0.5, 0.6).withEpsilon(1e-3).withAmsgrad().withRate("0", 2),
                new AdamW().withBetas(0.5, 0.6).withEpsilon(1e-3).withAmsgrad().withoutDecayOn("bias"),
                new Adamax().withBetas(0.5, 0.6).withEpsilon(1e-3).withWeightDecay(0.1),
                new NAdam().withBetas(0.5, 0.6).withEpsilon(1e-3).withMomentumDecay(0.1),
                new RAdam().withBetas(0.5, 0.6).withEpsilon(1e-3),
                new RmsProp().withAlpha(0.5).withEpsilon(1e-3).withCentered().withMomentum(0.5),
                new Rprop().withFactors(0.4, 1.5).withSteps(1e-3, 2),
                new Sgd().withMomentum(0.9).withDampening(0.1),
                new Lbfgs().withMaxIterations(4).withHistory(5).withLineSearch(),
                new ConstantLr(0.5, 3),
                new CosineAnnealingLr(40, 0.1),
                new CosineAnnealingWarmRestarts(8, 2, 0.1),
                new ExponentialLr(0.9),
                new LinearLr(0.1, 0.9, 7),
                new MultiStepLr(0.1, 3, 5),
                new OneCycleLr(0.1, 30),
                new PolynomialLr(30, 2),
                new ReduceLrOnPlateau(0.1, 3).withThreshold(0.1).withCooldown(2).withMinimum(0.01),
                new SequentialLr(new ConstantLr(0.5, 2), 3, new StepLr(4, 0.5)),
                new StepLr(7, 0.5),
                new Named("b", "a"));
    }

    /** A schedule of a user's own, with strings for arguments, which super takes for the arguments themselves. */
    private static final class Named extends Schedule {
        private static final long serialVersionUID = 1L;

        private final String[] names;

        Named(String... names) {
            super((Object) names);
            this.names = names.clone();
        }

        @Override
        public double rate(double base, int epoch, double... losses) {
            return base * names.length;
        }
    }

    @Test
    void everyClassHasACase() {
        Set<String> classes = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.sparknn.optim", "io.sparknn.nn.loss")
                        .stream()
                        .filter(c -> c.isAssignableTo(Configured.class))
                        .filter(c -> c.getModifiers().contains(JavaModifier.PUBLIC))
                        .filter(c -> !c.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        assertThat(all().map(c -> c.getClass().getName())).containsAll(classes);
        assertThat(classes).hasSizeGreaterThan(25);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void isMadeAgainFromItsArguments(Configured object) throws ReflectiveOperationException {
        Configured again = again(object);
        assertThat(again).isNotSameAs(object).isEqualTo(object).hasSameHashCodeAs(object);
        assertThat(again).hasToString(object.toString());
    }

    private static Configured again(Configured object) throws ReflectiveOperationException {
        Object[] arguments = object.arguments();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Configured inner) {
                arguments[i] = again(inner);
            }
        }
        ReflectiveOperationException last = null;
        for (Constructor<?> constructor : object.getClass().getDeclaredConstructors()) {
            if (constructor.getParameterCount() == arguments.length) {
                try {
                    constructor.setAccessible(true);
                    return (Configured) constructor.newInstance(arguments);
                } catch (InvocationTargetException e) {
                    last = e;
                }
            }
        }
        throw new IllegalStateException("no constructor of " + object + " takes its arguments", last);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void comesBackFromJson(Configured object) {
        ConfiguredParam<Configured> param = new ConfiguredParam<>("parent", "value", "doc", Configured.class);
        assertThat(param.jsonDecode(param.jsonEncode(object)))
                .isNotSameAs(object)
                .isEqualTo(object)
                .hasToString(object.toString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void travels(Configured object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(object);
        }
    }

    @Test
    void argumentsAreCopies() {
        MultiStepLr schedule = new MultiStepLr(0.5, 3);
        ((int[]) schedule.arguments()[1])[0] = 0;
        schedule.arguments()[0] = 0.0;
        assertThat(schedule.rate(1, 2, 0, 0)).isEqualTo(1);
        assertThat(schedule).isEqualTo(new MultiStepLr(0.5, 3)).isNotEqualTo(new MultiStepLr(0.5, 4));
        assertThat(schedule).hasToString("MultiStepLr(0.5, [3])");
    }

    @Test
    void otherClassesWithEqualArgumentsDiffer() {
        assertThat(new HuberLoss(0.5)).isNotEqualTo(new SmoothL1Loss(0.5));
    }
}
