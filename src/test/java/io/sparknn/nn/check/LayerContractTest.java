package io.sparknn.nn.check;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The kit finds what is wrong. */
@Tag("fast")
final class LayerContractTest {
    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of("to have the gradient", (Supplier<Layer>) HalfGradient::new),
                Arguments.of("to have the gradient", (Supplier<Layer>) GradientInEvaluationOnly::new),
                Arguments.of("to give equal bits in two evaluations", (Supplier<Layer>) Restless::new),
                Arguments.of("to give equal bits in training with one seed", (Supplier<Layer>) RestlessInTraining::new),
                Arguments.of("to give equal bits in a copy made before", (Supplier<Layer>) Forgetful::new));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("broken")
    void finds(String message, Supplier<Layer> layer) {
        assertThatThrownBy(() -> LayerContract.check(layer, Shape.of(5, 4)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesShapesItCannotTestWith() {
        for (Shape[] shapes : new Shape[][] {
            {}, {Shape.of(1, 4)}, {Shape.of(Shape.UNKNOWN, 4)}, {Shape.of()}, {Shape.of(5, 4), Shape.of(4, 4)}
        }) {
            assertThatThrownBy(() -> LayerContract.check(() -> new Linear(4, 3), shapes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("LayerContract expects a shape for each input");
        }
        assertThatThrownBy(() -> LayerContract.check(() -> null, Shape.of(5, 4)))
                .hasMessageContaining("expects a layer from its supplier, got null");
    }

    /** Hides a part of what it computes from the gradient. */
    static final class HalfGradient extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(x.detach());
        }
    }

    /** The same, in training alone. */
    static final class GradientInEvaluationOnly extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(training() ? x.detach() : x);
        }
    }

    /** Counts its calls. */
    static final class Restless extends Layer {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Tensor forward(Tensor x) {
            return x.add(CALLS.incrementAndGet());
        }
    }

    /** The same, in training alone. */
    static final class RestlessInTraining extends Layer {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Tensor forward(Tensor x) {
            return training() ? x.add(CALLS.incrementAndGet()) : x;
        }
    }

    /** Is not made of its arguments alone. */
    static final class Forgetful extends Layer {
        private static final long serialVersionUID = 1L;
        private static final AtomicInteger MADE = new AtomicInteger();

        private final int number = MADE.incrementAndGet();

        @Override
        public Tensor forward(Tensor x) {
            return x.add(number);
        }
    }
}
