package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.layers.LayerCase;
import io.sparknn.nn.layers.LayerCases;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What PyTorch's tests of lazy modules leave open, for every lazy layer of the catalogue. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class LazyTwinsTest {
    static Stream<LayerCase> lazyLayers() {
        return LayerCases.lazy();
    }

    private static Tensor[] inputs(LayerCase c) {
        Tensor[] x = new Tensor[c.inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = input(c.inputs[i], RandomStream.of(5, "input " + i));
        }
        return x;
    }

    /** Normal numbers or ids; where rows differ in length, of 0, 1, 2 elements in turn. */
    private static Tensor input(Shape shape, RandomStream random) {
        int[] lengths = new int[shape.dim(0)];
        Arrays.setAll(lengths, row -> row % 3);
        Shape elements = shape.isRagged()
                ? shape.dropFirst(1).with(0, Arrays.stream(lengths).sum())
                : shape;
        float[] values = new float[elements.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.ids() == Shape.UNKNOWN ? random.normal() : i % shape.ids();
        }
        Tensor x = Tensor.of(values, Shape.of(elements.dims()));
        return shape.isRagged() ? Tensor.ragged(x, lengths) : x;
    }

    /** Output of one pass in training; afterwards there are gradients. */
    private static float[] trained(Layer layer, Tensor... x) {
        try (Pass pass = Pass.training(1)) {
            Tensor y = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
            Tensor loss = y.mul(y).sum();
            if (loss.requiresGrad()) {
                loss.backward();
            }
            return y.toArray();
        }
    }

    /** Equal only to the same bits. */
    private static List<Float> bits(Tensor x) {
        List<Float> bits = new ArrayList<>();
        for (float value : x.toArray()) {
            bits.add(value);
        }
        return bits;
    }

    private static Map<String, List<Float>> gradients(Layer layer) {
        Map<String, List<Float>> gradients = new TreeMap<>();
        layer.parameters().forEach((path, p) -> gradients.put(path, bits(p.grad())));
        return gradients;
    }

    private static Map<String, List<Float>> state(Layer layer) {
        Map<String, List<Float>> state = new TreeMap<>();
        layer.parameters().forEach((path, p) -> state.put(path, bits(p.value())));
        layer.buffers().forEach((path, p) -> state.put(path, bits(p.value())));
        return state;
    }

    /** In PyTorch, copying a lazy normalisation fails. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyLayers")
    @Gap('E')
    void aCopyIsOfItsOwnAndBuildsTheSame(LayerCase c) throws Exception {
        LazyLayer<?> lazy = c.lazy.get();
        lazy.setSeed(3).setTrainable(false).setInputCol("a").setOutputCol("b");
        checkCopy(lazy, lazy.copy(ParamMap.empty()), c);
        checkCopy(lazy, Sent.copy(lazy), c);
    }

    private static void checkCopy(LazyLayer<?> lazy, LazyLayer<?> copy, LayerCase c) {
        assertThat(copy).isNotSameAs(lazy).hasSameClassAs(lazy).hasToString(lazy.toString());
        assertThat(settings(copy)).isEqualTo(settings(lazy));
        assertThat(state(copy.build(c.inputs))).isEqualTo(state(lazy.build(c.inputs)));
        copy.setSeed(4);
        assertThat(lazy.getOrDefault(lazy.seed())).isEqualTo(3L);
    }

    private static Map<String, String> settings(LazyLayer<?> lazy) {
        Map<String, String> settings = new TreeMap<>();
        for (Param<?> param : lazy.params()) {
            put(lazy, param, settings);
        }
        return settings;
    }

    private static <T> void put(LazyLayer<?> lazy, Param<T> param, Map<String, String> settings) {
        if (lazy.isSet(param)) {
            settings.put(param.name(), param.jsonEncode(lazy.getOrDefault(param)));
        }
    }

    /** In PyTorch, a lazy layer cannot be frozen. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyLayers")
    @Gap('I')
    void aLazyLayerIsFrozenBeforeItsFirstInput(LayerCase c) {
        Layer frozen = c.lazy.get().setTrainable(false).build(c.inputs);
        Map<String, List<Float>> before = state(frozen);
        trained(frozen, inputs(c));
        assertThat(frozen.parameters().values()).noneMatch(Parameter::requiresGrad);
        assertThat(frozen.parameters().values())
                .allSatisfy(parameter -> assertThat(parameter.grad()).isNull());
        assertThat(state(frozen)).isEqualTo(before);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyLayers")
    @Gap('J')
    void theReadyTwinStartsFromTheSameValues(LayerCase c) {
        Layer built = c.lazy.get().setSeed(3).build(c.inputs);
        Layer ready = c.layer.get().setSeed(3);
        assertThat(state(built)).isEqualTo(state(ready));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lazyLayers")
    @Gap('L')
    void theFirstBatchGivesOutputGradientsAndBuffersOfTheReadyTwin(LayerCase c) {
        Layer built = c.lazy.get().setSeed(3).build(c.inputs);
        Layer ready = c.layer.get().setSeed(3);
        assertThat(trained(built, inputs(c))).isEqualTo(trained(ready, inputs(c)));
        assertThat(gradients(built)).isEqualTo(gradients(ready));
        assertThat(state(built)).isEqualTo(state(ready));
    }
}
