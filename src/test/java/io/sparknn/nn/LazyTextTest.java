package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.layers.Bilinear;
import io.sparknn.nn.layers.Concat;
import io.sparknn.nn.layers.LazyAdd;
import io.sparknn.nn.layers.LazyBilinear;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyResidual;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What lazy layers say of themselves: a question mark where the input decides, and nowhere else. */
@Tag("fast")
final class LazyTextTest {
    private static final Shape OPEN = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN);

    @Test
    void namesShowWhatWasSaid() {
        assertThat(new LazyLinear(10)).hasToString("LazyLinear(10)");
        assertThat(new LazyLinear()).hasToString("LazyLinear(?)");
        assertThat(new LazyLinear().setOutFeatures(4)).hasToString("LazyLinear(4)");
        assertThat(new LazyLinear(10, false)).hasToString("LazyLinear(10, false)");
        assertThat(new Linear(8, 10)).hasToString("Linear(8, 10)");
        assertThat(new Linear(8, 10, false)).hasToString("Linear(8, 10, false)");
        assertThat(new Bilinear(5, 4, 3)).hasToString("Bilinear(5, 4, 3)");
        assertThat(new LazyBilinear(3, false)).hasToString("LazyBilinear(3, false)");
        assertThat(new Unflatten(1, 28, 28)).hasToString("Unflatten(1, 28, 28)");
        assertThat(new LazySequential(new LazyLinear(3), new Relu()))
                .hasToString("LazySequential(LazyLinear(3), Relu())");
        assertThat(new LazyResidual(new LazyLinear())).hasToString("LazyResidual(LazyLinear(?))");
    }

    @Test
    void theSummaryOfALazyNetworkLeavesOpenOnlyWhatTheInputDecides() {
        Module net = new LazySequential(
                new LazyConcat(new LazyLinear(3), new LazySequential(new Relu(), new LazyLinear(2))),
                new LazyResidual(new LazyLinear(5)),
                new LazyAdd(new LazyLinear(4), new LazyLinear(4)),
                new LazyLinear());
        assertThat(net.summary()).isEqualTo("""
                        layer                   output  parameters               count
                        LazySequential          ?
                          0: LazyConcat         (?, 5)
                            0: LazyLinear(3)    (?, 3)  weight (3, ?), bias (3)      ?
                            1: LazySequential   (?, 2)
                              0: Relu()         ?
                              1: LazyLinear(2)  (?, 2)  weight (2, ?), bias (2)      ?
                          1: LazyResidual       (?, 5)
                            0: LazyLinear(5)    (?, 5)  weight (5, 5), bias (5)     30
                          2: LazyAdd            (?, 4)
                            0: LazyLinear(4)    (?, 4)  weight (4, 5), bias (4)     24
                            1: LazyLinear(4)    (?, 4)  weight (4, 5), bias (4)     24
                          3: LazyLinear(?)      ?       weight (?, 4), bias (?)      ?
                        83 parameters, and others whose number depends on the input
                        """);
    }

    @Test
    void lazyContainersTellTheirOutputFromTheirModules() {
        assertThat(new LazyConcat(new LazyLinear(3), new LazyLinear(2)).outputShape(OPEN))
                .isEqualTo(Shape.of(Shape.UNKNOWN, 5));
        assertThat(new LazyConcat(new LazyLinear(3), new Relu()).outputShape(OPEN))
                .isEqualTo(OPEN);
        assertThat(new LazyAdd(new Relu(), new LazyLinear(2)).outputShape(OPEN)).isEqualTo(Shape.of(Shape.UNKNOWN, 2));
        assertThat(new LazyResidual(new LazyLinear(2)).outputShape(OPEN)).isEqualTo(Shape.of(Shape.UNKNOWN, 2));
        assertThat(new LazyConcat(new LazyLinear(3), new LazyLinear(2))
                        .outputShape(Shape.of(Shape.UNKNOWN, 7), Shape.of(Shape.UNKNOWN, 9)))
                .isEqualTo(Shape.of(Shape.UNKNOWN, 5));
    }

    @Test
    void aModuleUsedAtTwoDepthsStaysTied() {
        LazyLinear lazy = new LazyLinear(6);
        Linear ready = new Linear(6, 6);
        LazySequential net = new LazySequential(lazy, new LazyResidual(lazy), ready, new LazyConcat(ready, lazy));
        Sequential built = net.build(Shape.of(2, 6));
        assertThat(built.parameters()).hasSize(4);
        Concat last = (Concat) built.layer(3);
        assertThat(last.layer(0)).isSameAs(built.layer(2));
        assertThat(last.layer(1)).isSameAs(built.layer(0));
    }
}
