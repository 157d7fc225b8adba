package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyResidual;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import org.apache.spark.ml.param.IntParam;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Networks of estimators: the width that the label tells, wherever it is open; seeds and given values. */
@Tag("fast")
final class NetworkBuilderTest {
    private static final Shape TWO = Shape.of(Shape.UNKNOWN, 2);

    private static Shape outputs(Module network, int width) {
        NetworkBuilder builder = NetworkBuilder.of(network);
        assertThat(builder.isOpen()).isTrue();
        assertThat(builder.withOutputs(width).isOpen()).isFalse();
        return builder.withOutputs(width).build(1, TWO).outputShape(TWO);
    }

    @Test
    void theLastLayerWithoutASizeGetsIt() {
        LazyLinear last = new LazyLinear();
        assertThat(outputs(last, 3).last()).isEqualTo(3);
        assertThat(outputs(new LazySequential(new LazyLinear(4), new Relu(), last, new Relu()), 5)
                        .last())
                .isEqualTo(5);
        assertThat(outputs(new LazySequential(new LazySequential(new LazyLinear(4)), new LazySequential(last)), 6)
                        .last())
                .isEqualTo(6);
        assertThat(outputs(new LazySequential(last, new LazyResidual(new Relu())), 7)
                        .last())
                .isEqualTo(7);
        assertThat(outputs(new LazyConcat(new LazyLinear(2), last), 3).last()).isEqualTo(5);
        assertThat(last.isSet(last.outFeatures())).isFalse();
    }

    /** A lazy layer of a user's own around another one. */
    static final class LazyAround extends LazyLayer<Sequential> {
        private static final long serialVersionUID = 1L;

        private final Module inner;

        LazyAround(Module inner) {
            super(inner);
            this.inner = inner;
        }

        @Override
        public Sequential build(Shape input) {
            return new Sequential(ready(inner, input), new Relu());
        }
    }

    @Test
    void aLazyLayerOfOnesOwnMayHoldIt() {
        LazyAround around = new LazyAround(new LazySequential(new LazyLinear(4), new LazyLinear()));
        assertThat(NetworkBuilder.of(around).outputShape(TWO).isKnown()).isFalse();
        assertThat(outputs(around, 3).last()).isEqualTo(3);
    }

    @Test
    void aSizeSetByPathIsNotOpen() {
        LazySequential network = new LazySequential(new LazyLinear(4), new LazyLinear());
        network.set(network.<IntParam>setting("1.outFeatures"), 9);
        assertThat(NetworkBuilder.of(network).isOpen()).isFalse();
        assertThat(NetworkBuilder.of(network)
                        .withOutputs(3)
                        .build(1, TWO)
                        .outputShape(TWO)
                        .last())
                .isEqualTo(9);
        assertThat(NetworkBuilder.of(new Sequential(new Linear(2, 3))).isOpen()).isFalse();
    }

    @Test
    void twoOpenSizesAreOneTooMany() {
        LazySequential network = new LazySequential(new LazyLinear(), new LazyLinear());
        assertThatThrownBy(() -> NetworkBuilder.of(network).withOutputs(3).build(1, TWO))
                .hasMessageContaining("expects a width for its output");
    }

    @Test
    void valuesAreDrawnUnderTheSeedUnlessGiven() {
        Sequential network = new Sequential(new Linear(2, 3), new Linear(3, 1));
        network.parameter("0.weight").set(Tensor.of(new float[6], Shape.of(3, 2)));
        Layer one = NetworkBuilder.of(network).build(1, TWO);
        Layer same = NetworkBuilder.of(network).build(1, TWO);
        Layer other = NetworkBuilder.of(network).build(2, TWO);
        assertThat(one.parameter("0.weight").value().toArray()).containsExactly(new float[6]);
        assertThat(one.parameter("1.weight").value().toArray())
                .containsExactly(same.parameter("1.weight").value().toArray())
                .isNotEqualTo(other.parameter("1.weight").value().toArray());
        one.parameter("1.bias").set(Tensor.of(5));
        assertThat(network.parameter("1.bias").value().toArray()[0]).isNotEqualTo(5);
        Layer relu = NetworkBuilder.of(new Relu()).build(1, TWO);
        assertThat(relu.getOrDefault(relu.inputShape())).containsExactly(2);
    }

    @Test
    void lazyAndReadyNetworksDrawTheSame() {
        Layer lazy = NetworkBuilder.of(new LazySequential(new LazyLinear(3), new LazyLinear(1)))
                .build(7, TWO);
        Layer ready = NetworkBuilder.of(new Sequential(new Linear(2, 3), new Linear(3, 1)))
                .build(7, TWO);
        assertThat(lazy.parameter("1.weight").value().toArray())
                .containsExactly(ready.parameter("1.weight").value().toArray());
    }

    @Test
    void aNetworkThatDoesNotFitItsInputIsRefused() {
        assertThatThrownBy(() -> NetworkBuilder.of(new Linear(3, 1)).build(1, TWO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects vectors of 3, got 2");
    }
}
