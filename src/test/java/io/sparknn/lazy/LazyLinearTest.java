package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PyTorch tests of its lazy affine map, here. */
final class LazyLinearTest {
    private static final Tensor ONES = Tensor.ones(5, 5);

    @TempDir
    private Path directory;

    @Test
    @Upstream(7)
    void aLazyLinearFindsItsWidth() {
        LazyLinear lazy = new LazyLinear(10).setInputCol("features").setOutputCol("out");
        assertThatThrownBy(() -> lazy.parameter("weight")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> lazy.parameter("bias")).isInstanceOf(IllegalStateException.class);
        Linear linear = lazy.fit(Columns.frame(ONES, 2));
        assertThat(linear.parameter("weight").shape()).isEqualTo(Shape.of(10, 5));
        assertThat(linear.parameter("bias").shape()).isEqualTo(Shape.of(10));
        assertThat(linear.parameter("weight").toArray()).doesNotContain(0);
        assertThat(linear.parameter("bias").toArray()).doesNotContain(0);
        float[] expected = ONES.linear(linear.parameter("weight"), linear.parameter("bias"))
                .toArray();
        assertThat(expected).doesNotContain(0);
        assertThat(linear.forward(ONES).toArray()).isEqualTo(expected);
        assertThat(linear.forward(ONES).toArray()).isEqualTo(expected);
        assertThat(Columns.values(linear.transform(Columns.frame(ONES, 3)), "out"))
                .isEqualTo(expected);
    }

    @Test
    @Upstream(8)
    void aLazyLinearTravelsAndIsSavedInBothStates() throws Exception {
        LazyLinear lazy = new LazyLinear(10).setSeed(3);
        lazy.save(directory + "/lazy");
        Linear ready = lazy.build(ONES.shape());
        ready.save(directory + "/ready");
        float[] expected = ready.forward(ONES).toArray();
        for (LazyLayer<?> other : new LazyLayer<?>[] {Sent.copy(lazy), LazyLinear.load(directory + "/lazy")}) {
            assertThat(other).isExactlyInstanceOf(LazyLinear.class).hasToString("LazyLinear(10)");
            assertThatThrownBy(() -> other.parameter("weight")).isInstanceOf(IllegalStateException.class);
            assertThat(other.build(ONES.shape()).forward(ONES).toArray()).isEqualTo(expected);
        }
        for (Layer other : new Layer[] {Sent.copy(ready), Linear.load(directory + "/ready")}) {
            assertThat(other).isExactlyInstanceOf(Linear.class).hasToString("Linear(5, 10)");
            assertThat(other.forward(ONES).toArray()).isEqualTo(expected);
        }
    }

    @Test
    @Upstream(9)
    void aLazyLinearIsReadyOnceWeightsAreLoaded() {
        Linear source = new Linear(5, 10);
        source.saveWeights(directory + "/ready");
        Module loaded = new LazyLinear(10).loadWeights(directory + "/ready");
        assertThat(loaded).isExactlyInstanceOf(Linear.class).hasToString("Linear(5, 10)");
        assertThat(((Linear) loaded).parameter("weight").shape()).isEqualTo(Shape.of(10, 5));
        assertThat(((Linear) loaded).parameter("weight").toArray())
                .isEqualTo(source.parameter("weight").toArray());
        assertThat(((Linear) loaded).parameter("bias").toArray())
                .isEqualTo(source.parameter("bias").toArray());
        new LazyLinear(10).saveWeights(directory + "/lazy");
        assertThatThrownBy(() -> source.loadWeights(directory + "/lazy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a lazy LazyLinear, which has none; fit it before saving");
    }

    @Test
    @Upstream(10)
    void aLazyLinearComputesWhatItsWeightsComputed() {
        Linear source = new Linear(5, 10);
        source.saveWeights(directory + "/ready");
        Linear loaded = (Linear) new LazyLinear(10).loadWeights(directory + "/ready");
        loaded.setInputCol("features").setOutputCol("out");
        Dataset<Row> out = loaded.transform(Columns.frame(ONES, 2));
        assertThat(Columns.values(out, "out")).isEqualTo(source.forward(ONES).toArray());
        assertThat(loaded.build(ONES.shape())).isSameAs(loaded).hasToString("Linear(5, 10)");
        Tensor other = Tensor.ones(5, 7);
        assertThatThrownBy(() -> loaded.build(other.shape())).hasMessageContaining("expects vectors of 5, got 7");
    }

    @Test
    @Upstream(58)
    void aChainOfLazyLinearsFindsAllItsWidthsInOneDataFrame() {
        LazySequential lazy = new LazySequential(new LazyLinear(15), new LazyLinear(10));
        lazy.setInputCol("features").setOutputCol("out");
        Sequential net = lazy.fit(Columns.frame(Tensor.ones(5, 10), 2));
        assertThat(net.parameter("0.weight").shape()).isEqualTo(Shape.of(15, 10));
        assertThat(net.parameter("0.bias").shape()).isEqualTo(Shape.of(15));
        assertThat(net.parameter("1.weight").shape()).isEqualTo(Shape.of(10, 15));
        assertThat(net.parameter("1.bias").shape()).isEqualTo(Shape.of(10));
        assertThat(Columns.values(net.transform(Columns.frame(Tensor.ones(5, 10), 2)), "out"))
                .isEqualTo(net.forward(Tensor.ones(5, 10)).toArray());
    }
}
