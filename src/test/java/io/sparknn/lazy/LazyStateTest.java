package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.Jobs;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Module;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyBatchNorm1d;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Transformer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PyTorch tests of parameters and buffers whose shape is not known yet, here. */
final class LazyStateTest {
    @TempDir
    private Path directory;

    private String file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("weights").toString();
    }

    @Test
    @Upstream(1)
    void aParameterIsLoadedInAllFourDirections() {
        checkDirections(true);
    }

    @Test
    @Upstream(2)
    void aBufferIsLoadedInAllFourDirections() {
        checkDirections(false);
    }

    private void checkDirections(boolean trained) {
        LazyHeld lazy = new LazyHeld(trained);
        Held ready = new Held(5, trained);
        lazy.saveWeights(file);
        assertThat(new LazyHeld(trained).loadWeights(file)).isInstanceOf(LazyHeld.class);
        assertThat(lazy.loadWeights(file)).isSameAs(lazy);
        assertThatThrownBy(() -> ready.loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a lazy LazyHeld, which has none; fit it before saving");
        assertThat(ready.parameter("held").toArray()).containsOnly(0);

        ready.parameter("held").set(Tensor.ones(5, 5));
        ready.saveWeights(file);
        Module loaded = lazy.loadWeights(file);
        assertThat(loaded).isExactlyInstanceOf(Held.class).isNotSameAs(ready);
        checkOnes((Held) loaded, trained);
        checkOnes((Held) new Held(5, trained).loadWeights(file), trained);
        assertThatThrownBy(() -> new Held(4, trained).loadWeights(file))
                .hasMessageContaining("expects shape (4, 4), got (5, 5) for \"held\"");
    }

    private static void checkOnes(Held held, boolean trained) {
        assertThat(held.parameter("held").shape()).isEqualTo(Shape.of(5, 5));
        assertThat(held.parameter("held").toArray()).containsOnly(1);
        assertThat(held.parameters()).hasSize(trained ? 1 : 0);
        assertThat(held.buffers()).hasSize(trained ? 0 : 1);
    }

    /** What leaves Spark are weights in a file; a lazy network's holds none, and whoever needs them is told. */
    @Test
    @Upstream(3)
    void weightsOfALazyNetworkCannotBeExported() throws IOException {
        checkExport(
                new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear(2)),
                new Sequential(new Linear(4, 3), new Relu(), new Linear(3, 2)));
        checkExport(new LazyHeld(true), new Held(3, true));
    }

    @Test
    @Upstream(4)
    void buffersOfALazyNetworkCannotBeExported() throws IOException {
        LazyLayer<?> norm = new LazyBatchNorm1d(1e-5, 0.1, false, true);
        checkExport(norm, norm.build(Shape.of(2, 3)));
        checkExport(new LazyHeld(false), new Held(3, false));
    }

    private void checkExport(LazyLayer<?> lazy, Module reader) throws IOException {
        lazy.saveWeights(file);
        assertThat(Safetensors.read(Files.readAllBytes(Path.of(file))).names()).isEmpty();
        assertThatThrownBy(() -> reader.loadWeights(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("of a lazy " + lazy.getClass().getSimpleName())
                .hasMessageEndingWith("fit it before saving");
    }

    @Test
    @Upstream(5)
    void parametersOfALazyLayerCannotBeShared() {
        checkShared(new LazyHeld(true), "held");
        checkShared(new LazyLinear(3), "weight");
    }

    @Test
    @Upstream(6)
    void buffersOfALazyLayerCannotBeShared() {
        checkShared(new LazyHeld(false), "held");
        checkShared(new LazyBatchNorm1d(), "running_mean");
    }

    /** Refused on the driver, before any job; and what scores, a Transformer, a lazy layer is not. */
    private static void checkShared(LazyLayer<?> lazy, String name) {
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());
        int jobs = Jobs.count(() -> assertThatThrownBy(
                        () -> context.broadcast(lazy.parameter(name).toArray()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(lazy.uid())
                .hasMessageContaining("has no parameter \"" + name + "\" yet")
                .hasMessageEndingWith("fit it on a DataFrame, or build(shape) it"));
        assertThat(jobs).isZero();
        assertThat(lazy).isNotInstanceOf(Transformer.class);
    }
}
