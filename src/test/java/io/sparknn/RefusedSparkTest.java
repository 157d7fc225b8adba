package io.sparknn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.ml.NeuralNetworkClassifier;
import io.sparknn.ml.NeuralNetworkRegressor;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Spark 4.0.0, which the profile of that name puts on the class path, is refused by a sentence, whatever comes first. */
@Tag("refused")
final class RefusedSparkTest {
    static Stream<ThrowingCallable> firstUses() {
        return Stream.of(
                () -> new Linear(2, 3),
                () -> new LazyLinear(3),
                Sequential::new,
                LazySequential::new,
                NeuralNetworkClassifier::new,
                NeuralNetworkRegressor::new,
                () -> new NeuralNetworkClassifier("uid"));
    }

    @ParameterizedTest
    @MethodSource("firstUses")
    void saysWhichSparkItWants(ThrowingCallable use) {
        assertThatThrownBy(use)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "spark-nn expects Spark 3.5, or 4.0.1 and newer, got 4.0.0, in which no Param can be made as in"
                                + " all others; use Spark 4.0.1 or newer");
    }
}
