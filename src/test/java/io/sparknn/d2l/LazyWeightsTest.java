package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights between lazy and ready modules, in all four directions, and what must not happen on the way. */
@Tag("fast")
final class LazyWeightsTest {
    private static final Tensor X = Data.normal(1, 4, 7);

    @TempDir
    private Path dir;

    private String file;

    @BeforeEach
    void nameTheFile() {
        file = dir + "/weights";
    }

    private static LazySequential lazy() {
        return new LazySequential(new LazyLinear(6), new Relu(), new LazyLinear(3));
    }

    @Test
    @Pitfall("P21")
    void lazyFromLazyStaysLazy() {
        lazy().saveWeights(file);
        LazySequential target = lazy();
        assertThat(target.loadWeights(file)).isSameAs(target);
        assertThat(target.build(X.shape()).parameter("0.weight").shape()).isEqualTo(Shape.of(6, 7));
    }

    @Test
    @Pitfall("P21")
    void lazyFromReadyIsReadyAtOnceWithItsWidth() {
        Sequential source = lazy().build(X.shape());
        source.saveWeights(file);
        Module loaded = lazy().loadWeights(file);
        assertThat(loaded).isExactlyInstanceOf(Sequential.class);
        assertThat(((Sequential) loaded).layer(0))
                .isExactlyInstanceOf(Linear.class)
                .hasToString("Linear(7, 6)");
        assertThat(loaded.outputShape(X.shape())).isEqualTo(Shape.of(4, 3));
        // What was loaded is kept by whatever comes after.
        assertThat(loaded.build(X.shape()).forward(X).toArray())
                .isEqualTo(source.forward(X).toArray());
    }

    @Test
    @Pitfall("P21")
    void readyFromLazyIsRefusedAndUnchanged() {
        lazy().saveWeights(file);
        Sequential target = lazy().build(X.shape());
        float[] before = target.forward(X).toArray();
        assertThatThrownBy(() -> target.loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a lazy LazySequential, which has none; fit it before saving");
        assertThat(target.forward(X).toArray()).isEqualTo(before);
    }

    @Test
    @Pitfall("P21")
    void readyFromReadyChecksEveryShapeBeforeItTakesAny() {
        new Sequential(new Linear(7, 6), new Relu(), new Linear(6, 3)).saveWeights(file);
        Sequential target = new Sequential(new Linear(7, 6), new Relu(), new Linear(6, 4));
        float[] before = target.forward(X).toArray();
        assertThatThrownBy(() -> target.loadWeights(file))
                .hasMessageContaining("expects shape (4, 6), got (3, 6) for \"2.weight\"");
        assertThat(target.forward(X).toArray()).isEqualTo(before);
    }

    @Test
    @Pitfall("P22")
    void aDeclaredSizeIsNotOverriddenByAFile() {
        new Linear(7, 3).saveWeights(file);
        assertThatThrownBy(() -> new LazyLinear(4).loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects shape (4, 7), got (3, 7) for \"weight\"");
        assertThat(new LazyLinear(3).loadWeights(file).outputShape(Shape.of(1, 7)))
                .isEqualTo(Shape.of(1, 3));
    }

    @Test
    @Pitfall("P22")
    void aDeclaredSizeInsideAChainIsNotOverriddenByAFile() {
        lazy().build(X.shape()).saveWeights(file);
        LazySequential other = new LazySequential(new LazyLinear(6), new Relu(), new LazyLinear(4));
        assertThatThrownBy(() -> other.loadWeights(file))
                .hasMessageContaining("expects shape (4, 6), got (3, 6) for \"2.weight\"");
    }

    @Test
    @Pitfall("P23")
    void aFileThatLacksABiasIsRefusedAndLeavesNoHalfOfALayer() {
        new Linear(7, 3, false).saveWeights(file);
        LazyLinear lazy = new LazyLinear(3);
        assertThatThrownBy(() -> lazy.loadWeights(file)).hasMessageContaining("missing [bias] and unknown []");
        assertThat(lazy.build(Shape.of(1, 5)).parameter("weight").shape()).isEqualTo(Shape.of(3, 5));
    }

    @Test
    @Pitfall("P23")
    void aFileWithABiasTooManyIsRefused() {
        new Linear(7, 3).saveWeights(file);
        assertThatThrownBy(() -> new LazyLinear(3, false).loadWeights(file))
                .hasMessageContaining("missing [] and unknown [bias]");
    }

    @Test
    @Pitfall("P23")
    void aWrongWidthAfterLoadingIsRefusedByName() {
        new Linear(7, 3).saveWeights(file);
        Module loaded = new LazyLinear(3).loadWeights(file);
        assertThatThrownBy(() -> loaded.build(Shape.of(2, 5))).hasMessageContaining("expects vectors of 7, got 5");
    }

    @Test
    @Pitfall("P24")
    void aLazyLayerThatCannotTellItsInputFromWeightsSaysWhatToDo() {
        new MyLinear(7, 3).saveWeights(file);
        assertThatThrownBy(() -> new LazyMyLinear(3).loadWeights(file))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "build(shape) it first and load the weights then, or override inputShape(weights)");
        Layer loaded = new LazyMyLinear(3).build(X.shape()).loadWeights(file);
        assertThat(loaded.forward(X).shape()).isEqualTo(Shape.of(4, 3));
    }
}
