package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.SharedSpark;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.check.LayerContract;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of layers, for the whole catalogue, over DataFrames. */
final class LayerContractStageTest {
    @TempDir
    private Path directory;

    static Stream<LayerCase> all() {
        return LayerCases.all();
    }

    static Stream<LayerCase> lazy() {
        return LayerCases.lazy();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void holdsTheContract(LayerCase c) {
        LayerContract.check(SharedSpark.session(), c.layer, c.inputs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void theLazyTwinIsSavedAndLoaded(LayerCase c) throws Exception {
        SharedSpark.session();
        LazyLayer<?> lazy = c.lazy.get().setSeed(3);
        lazy.save(directory.resolve("lazy").toString());
        LazyLayer<?> loaded = LazyLayer.load(directory.resolve("lazy").toString());
        assertThat(loaded.getClass()).isEqualTo(lazy.getClass());
        assertThat(loaded.uid()).isEqualTo(lazy.uid());
        assertThat(loaded.toString()).isEqualTo(lazy.toString());
        assertThat(loaded.summary()).isEqualTo(lazy.summary());
        lazy.build(c.inputs).parameters().forEach((name, parameter) -> assertThat(
                        loaded.build(c.inputs).parameter(name).value().toArray())
                .isEqualTo(parameter.value().toArray()));
    }
}
