package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.nn.check.LayerContract;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of layers, for the whole catalogue: the part that needs no Spark session. */
@Tag("fast")
final class LayerContractTest {
    static Stream<LayerCase> all() {
        return LayerCases.all();
    }

    static Stream<LayerCase> lazy() {
        return LayerCases.lazy();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void holdsTheContract(LayerCase c) {
        LayerContract.check(c.layer, c.inputs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void builtByTheLazyTwinHoldsTheContract(LayerCase c) {
        LayerContract.check(() -> c.lazy.get().build(c.inputs), c.inputs);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void theLazyTwinBuildsTheReadyOne(LayerCase c) {
        Layer built = c.lazy.get().setSeed(3).build(c.inputs);
        Layer ready = c.layer.get().setSeed(3);
        assertThat(built.getClass()).isEqualTo(ready.getClass());
        assertThat(built.toString()).isEqualTo(ready.toString());
        assertThat(built.parameters().keySet()).isEqualTo(ready.parameters().keySet());
        built.parameters()
                .forEach((name, parameter) -> assertThat(parameter.value().toArray())
                        .as(name)
                        .isEqualTo(ready.parameter(name).value().toArray()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void theLazyTwinDeclaresTheShapeOfTheReadyOne(LayerCase c) {
        Shape[] rows = Arrays.stream(c.inputs)
                .map(shape -> shape.with(0, Shape.UNKNOWN))
                .toArray(Shape[]::new);
        assertThat(c.lazy.get().outputShape(c.inputs)).isEqualTo(c.layer.get().outputShape(c.inputs));
        assertThat(c.lazy.get().outputShape(rows)).isEqualTo(c.layer.get().outputShape(rows));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void buildingTwiceSharesNothing(LayerCase c) {
        LazyLayer<?> lazy = c.lazy.get();
        Layer first = lazy.build(c.inputs);
        Layer second = lazy.build(c.inputs);
        Set<Object> shared =
                Stream.of(first).flatMap(l -> l.parameters().values().stream()).collect(Collectors.toSet());
        shared.retainAll(Set.copyOf(second.parameters().values()));
        assertThat(shared).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazy")
    void aCopyOfTheLazyTwinBuildsTheSame(LayerCase c) {
        LazyLayer<?> lazy = c.lazy.get();
        LazyLayer<?> copy = lazy.copy(ParamMap.empty());
        assertThat(copy).isNotSameAs(lazy);
        assertThat(copy.uid()).isEqualTo(lazy.uid());
        assertThat(copy.toString()).isEqualTo(lazy.toString());
        assertThat(values(copy.setSeed(5).build(c.inputs), c))
                .isEqualTo(values(lazy.setSeed(5).build(c.inputs), c));
    }

    /** Halves, or ids of 1; where rows differ in length, one element each. */
    private static Tensor halves(Shape shape) {
        Shape one = shape.isRagged() ? shape.with(1, 1) : shape;
        Tensor x = Tensor.full(shape.ids() == Shape.UNKNOWN ? 0.5 : 1, one.dims());
        int[] lengths = new int[shape.dim(0)];
        Arrays.fill(lengths, 1);
        return shape.isRagged() ? Tensor.ragged(x.squeeze(1), lengths) : x;
    }

    private static float[] values(Layer layer, LayerCase c) {
        Tensor[] x = Arrays.stream(c.inputs).map(LayerContractTest::halves).toArray(Tensor[]::new);
        return (x.length == 1 ? layer.forward(x[0]) : layer.forward(x)).toArray();
    }

    @Test
    void everyLayerOfTheLibraryIsInTheCatalogue() throws URISyntaxException {
        Path library = Path.of(
                Layer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Set<String> layers = new ClassFileImporter()
                .importPath(library).stream()
                        .filter(type -> type.isAssignableTo(Module.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        Set<String> cases = LayerCases.all()
                .flatMap(c -> c.lazy == null ? Stream.of(c.layer.get()) : Stream.of(c.layer.get(), c.lazy.get()))
                .map(module -> module.getClass().getName())
                .collect(Collectors.toSet());
        assertThat(layers).isNotEmpty().isSubsetOf(cases);
    }
}
