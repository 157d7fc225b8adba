package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Chapter "Lazy initialization". */
@SuppressWarnings("try")
final class LazyInitTest {
    private static final Tensor X = Data.normal(1, 2, 20);

    private static LazySequential lazy() {
        return new LazySequential(new LazyLinear(256), new Relu(), new LazyLinear(10));
    }

    @Test
    @D2l(23)
    void aNetWithoutInputWidthSaysThatItsWeightsAreNotThereYet() {
        LazySequential net = lazy();
        assertThatThrownBy(() -> net.parameter("0.weight"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no parameter \"0.weight\" yet")
                .hasMessageContaining("fit it on a DataFrame, or build(shape) it");
        assertThatThrownBy(() -> ((LazyLinear) net.module(0)).parameter("weight"))
                .hasMessageContaining("has no parameter \"weight\" yet");
        assertThat(net.summary())
                .contains("weight (256, ?), bias (256)")
                .contains("weight (10, 256), bias (10)")
                .contains("2,826 parameters, and others whose number depends on the input");
    }

    @Test
    @D2l(24)
    void anInputGivesEveryLayerItsShape() {
        Sequential net = lazy().build(X.shape());
        assertThat(net.parameter("0.weight").shape()).isEqualTo(Shape.of(256, 20));
        assertThat(net.parameter("2.weight").shape()).isEqualTo(Shape.of(10, 256));
        assertThat(net.forward(X).shape()).isEqualTo(Shape.of(2, 10));
    }

    @Test
    @D2l(24)
    void aDataFrameGivesEveryLayerItsShapeAlsoBehindEmptyPartitions() {
        Dataset<Row> rows = Data.frame(X, 5);
        Sequential net = lazy().setInputCol("features").setOutputCol("out").fit(rows);
        assertThat(net.parameter("0.weight").shape()).isEqualTo(Shape.of(256, 20));
        assertThat(net.transform(rows).schema().apply("out").metadata().json()).contains("\"num_attrs\":10");
    }

    /** The book's helper: a forward pass for the shapes, then initialisers. Shapes suffice here, nothing is drawn twice. */
    private static Layer applyInit(Module net, Tensor inputs, Consumer<Layer> init) {
        return net.build(inputs.shape()).apply(init);
    }

    @Test
    @D2l(25)
    void anInitialiserIsAppliedOnceTheInputIsKnown() {
        Layer net = applyInit(lazy(), X, layer -> {
            if (layer instanceof Linear) {
                layer.parameter("weight").init(Init.constant(0.5));
            }
        });
        assertThat(net.parameter("0.weight").toArray()).hasSize(5120).containsOnly(0.5f);
        assertThat(net.parameter("2.weight").toArray()).hasSize(2560).containsOnly(0.5f);
    }

    @Test
    @D2l(26)
    void aFirstLayerWithItsWidthIsReadyAtOnceAndTheRestWaits() {
        Linear first = new Linear(20, 256);
        LazySequential net = new LazySequential(first, new Relu(), new LazyLinear(10));
        assertThat(first.parameter("weight").toArray()).hasSize(5120);
        assertThatThrownBy(() -> net.parameter("2.weight")).isInstanceOf(IllegalStateException.class);
        assertThat(net.summary()).contains("weight (256, 20)").contains("weight (10, 256)");
        assertThat(net.summary()).contains("7,946 parameters").doesNotContain("depends on the input");
        Sequential built = net.build(X.shape());
        assertThat(built.parameter("0.weight").toArray())
                .isEqualTo(first.parameter("weight").toArray());
    }

    @Test
    @D2l(27)
    void widthsThatDoNotFitAreFoundWhenShapesAreKnownAndNothingIsBuilt() {
        Sequential ready = new Sequential(new Linear(20, 256), new Relu(), new Linear(128, 10));
        assertThatThrownBy(() -> ready.forward(X)).hasMessageContaining("256").hasMessageContaining("128");
        assertThatThrownBy(() -> ready.build(X.shape()))
                .hasMessageContaining("256")
                .hasMessageContaining("128");

        LazySequential net = new LazySequential(new LazyLinear(256), new Relu(), new Linear(128, 10));
        assertThatThrownBy(() -> net.build(X.shape()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 128, got 256");
        Dataset<Row> rows = Data.frame(X, 2);
        assertThatThrownBy(() -> net.setInputCol("features").fit(rows))
                .hasMessageContaining("module 2")
                .hasMessageContaining("expects vectors of 128, got 256");
    }

    /** Inputs of two widths: each has a first layer of its own, and what does not depend on the width is shared. */
    @Test
    @D2l(28)
    void inputsOfTwoWidthsShareWhatDoesNotDependOnTheWidth() {
        Sequential tail = new Sequential(new Relu(), new Linear(64, 3));
        Layer narrow = new Sequential(new LazyLinear(64).build(Shape.of(2, 20)), tail);
        Layer wide = new Sequential(new LazyLinear(64).build(Shape.of(2, 30)), tail);
        Tensor z = Data.normal(2, 2, 30);
        try (Pass pass = Pass.training(0)) {
            narrow.forward(X).sum().add(wide.forward(z).sum()).backward();
        }
        // d(sum)/d(bias) is the number of rows: two of each width.
        assertThat(tail.parameter("1.bias").grad().toArray()).containsOnly(4);
        tail.parameter("1.bias").set(Tensor.full(1000, 3));
        assertThat(narrow.forward(X).toArray()[0]).isCloseTo(1000, within(50f));
        assertThat(Data.scored(narrow, X, 2).toArray())
                .isEqualTo(narrow.forward(X).toArray());
        assertThat(Data.scored(wide, z, 2).toArray()).isEqualTo(wide.forward(z).toArray());
    }
}
