package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.nn.layers.Bilinear;
import io.sparknn.nn.layers.LazyBilinear;
import io.sparknn.nn.layers.LazyConcat;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.LazyResidual;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.PRelu;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From where the first values of parameters come, and what fixes them. */
@Tag("fast")
final class InitialValuesTest {
    private static final Shape INPUT = Shape.of(2, 40);

    @TempDir
    private Path directory;

    @Test
    void layersStartAsPyTorchsDo() {
        fillsBound(new Linear(400, 300), "weight", 1.0 / 20);
        fillsBound(new Linear(400, 3000), "bias", 1.0 / 20);
        fillsBound(new Bilinear(64, 30, 40), "weight", 1.0 / 8);
        fillsBound(new Bilinear(64, 3, 3000), "bias", 1.0 / 8);
        fillsBound(new LazyLinear(300).build(Shape.of(5, 400)), "weight", 1.0 / 20);
        assertThat(new PRelu(3).parameter("weight").value().toArray()).containsOnly(0.25f);
    }

    private static void fillsBound(Layer layer, String name, double bound) {
        float[] values = layer.setSeed(3).parameter(name).value().toArray();
        double largest = 0;
        double sum = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
            sum += value;
        }
        assertThat(largest).isBetween(0.99 * bound, bound * (1 + 1e-6));
        assertThat(Math.abs(sum / values.length)).isLessThan(5 * bound / Math.sqrt(3.0 * values.length));
    }

    @Test
    void lazyReadyAndMixedNetworksOfOneSeedAreEqual() {
        List<Supplier<Layer>> networks = List.of(
                () -> new Sequential(new Linear(40, 20), new Relu(), new Linear(20, 5)).setSeed(9),
                () -> new LazySequential(new LazyLinear(20), new Relu(), new LazyLinear(5))
                        .setSeed(9)
                        .build(INPUT),
                () -> new LazySequential(new Linear(40, 20), new Relu(), new LazyLinear(5))
                        .setSeed(9)
                        .build(INPUT),
                () -> new LazySequential(new LazyLinear(20), new Relu(), new Linear(20, 5))
                        .setSeed(9)
                        .build(INPUT),
                () -> new Sequential(new LazyLinear(20).build(INPUT), new Relu(), new Linear(20, 5)).setSeed(9));
        Map<String, List<Float>> expected = values(networks.get(0).get());
        networks.forEach(network -> assertThat(values(network.get())).isEqualTo(expected));
        assertThat(values(networks.get(0).get().setSeed(10))).isNotEqualTo(expected);
    }

    @Test
    void theOrderOfMakingAndReadingChangesNothing() {
        Linear second = new Linear(20, 5);
        Linear first = new Linear(40, 20);
        Sequential one = new Sequential(first, second).setSeed(9);
        float[] bias = one.parameter("1.bias").value().toArray();
        Sequential other = new Sequential(new Linear(40, 20), new Linear(20, 5)).setSeed(9);
        assertThat(values(other)).isEqualTo(values(one));
        assertThat(bias).isEqualTo(other.parameter("1.bias").value().toArray());
    }

    @Test
    void noTwoParametersShareAStream() {
        Layer[] same = {new Linear(30, 30), new Linear(30, 30), new Sequential(new Linear(30, 30))};
        Sequential network = new Sequential(same).setSeed(4);
        network.parameters().values().forEach(parameter -> parameter.init(Init.uniform(0, 1)));
        Set<Float> starts = new HashSet<>();
        network.parameters()
                .forEach((path, parameter) -> starts.add(parameter.value().toArray()[0]));
        assertThat(starts).hasSize(6);
        for (Parameter parameter : network.parameters().values()) {
            Set<Float> distinct = new HashSet<>();
            for (float value : parameter.value().toArray()) {
                distinct.add(value);
            }
            assertThat(distinct.size()).isGreaterThan(parameter.shape().size() * 99 / 100);
        }
    }

    @Test
    void readingFixesAndTheOuterSeedDrawsTheRest() {
        Sequential network = new Sequential(new Linear(40, 20), new Linear(20, 5)).setSeed(1);
        float[] read = network.parameter("0.weight").value().toArray();
        network.parameter("1.bias").set(Tensor.ones(5));
        network.setSeed(2);
        Sequential fresh = new Sequential(new Linear(40, 20), new Linear(20, 5)).setSeed(2);
        assertThat(network.parameter("0.weight").value().toArray()).isEqualTo(read);
        assertThat(network.parameter("1.bias").value().toArray()).containsOnly(1f);
        assertThat(network.parameter("0.bias").value().toArray())
                .isEqualTo(fresh.parameter("0.bias").value().toArray());
        assertThat(network.parameter("1.weight").value().toArray())
                .isEqualTo(fresh.parameter("1.weight").value().toArray());
    }

    @Test
    void loadingFixes() {
        String file = directory.resolve("weights.safetensors").toString();
        Linear saved = new Linear(4, 3).setSeed(1);
        saved.saveWeights(file);
        Linear loaded = new Linear(4, 3).loadWeights(file).setSeed(2);
        assertThat(values(loaded)).isEqualTo(values(saved));
    }

    @Test
    void aLayersOwnSeedGoesBeforeThatOfTheNetwork() {
        Sequential one = new Sequential(new Linear(4, 3).setSeed(5), new Linear(3, 2)).setSeed(1);
        Sequential other = new Sequential(new Linear(4, 3).setSeed(5), new Linear(3, 2)).setSeed(2);
        assertThat(one.parameter("0.weight").value().toArray())
                .isEqualTo(other.parameter("0.weight").value().toArray());
        assertThat(one.parameter("1.weight").value().toArray())
                .isNotEqualTo(other.parameter("1.weight").value().toArray());
    }

    @Test
    void aLazyLayerTakesInitialisersByName() {
        Linear linear = new LazyLinear(3)
                .setWeightInit(Init.constant(2))
                .setBiasInit(Init.ones())
                .build(INPUT);
        assertThat(linear.parameter("weight").value().toArray()).containsOnly(2f);
        assertThat(linear.parameter("bias").value().toArray()).containsOnly(1f);
        Bilinear bilinear = new LazyBilinear(3).setWeightInit(Init.zeros()).build(INPUT, INPUT);
        assertThat(bilinear.parameter("weight").value().toArray()).containsOnly(0f);
    }

    @Test
    void aLazyNetworkTakesInitialisersByNameAndByPath() {
        Layer network = new LazySequential(
                        new LazyLinear(3),
                        new LazyResidual(new LazyLinear(3)),
                        new LazyConcat(new LazyLinear(2), new LazyLinear(2)))
                .setWeightInit(Init.constant(2))
                .setInit("2.1.bias", new Ramp(3))
                .build(INPUT);
        network.parameters().forEach((path, parameter) -> {
            if (path.endsWith("weight")) {
                assertThat(parameter.value().toArray()).as(path).containsOnly(2f);
            }
        });
        assertThat(network.parameter("2.1.bias").value().toArray()).containsExactly(0, 3);
        assertThat(network.parameter("2.0.bias").value().toArray()).isNotEqualTo(new float[] {0, 3});
    }

    @Test
    void anInitialiserForNoParameterIsRefused() {
        assertThatThrownBy(
                        () -> new LazyLinear(3).setInit("wieght", Init.ones()).build(INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects an initialiser for one of [weight, bias], got one for \"wieght\"");
    }

    @Test
    void aUsersOwnInitialiserIsCopiedAndKeptInTheParam() {
        LazyLinear lazy = new LazyLinear(3).setWeightInit(new Ramp(2));
        LazyLinear copy = (LazyLinear) lazy.copy(ParamMap.empty());
        assertThat(copy.build(Shape.of(1, 2)).parameter("weight").value().toArray())
                .containsExactly(0, 2, 4, 6, 8, 10);
        InitsParam param = lazy.inits();
        assertThat(param.jsonDecode(param.jsonEncode(lazy.getOrDefault(param)))).isEqualTo(lazy.getOrDefault(param));
    }

    @Test
    void loadedWeightsGoBeforeInitialisers() {
        String file = directory.resolve("weights.safetensors").toString();
        Sequential saved = new Sequential(new Linear(4, 3), new Relu()).setSeed(1);
        saved.saveWeights(file);
        Layer loaded = (Layer) new LazySequential(new LazyLinear(3), new Relu())
                .setWeightInit(Init.zeros())
                .loadWeights(file);
        assertThat(values(loaded)).isEqualTo(values(saved));
    }

    private static Map<String, List<Float>> values(Layer layer) {
        Map<String, List<Float>> values = new LinkedHashMap<>();
        layer.parameters().forEach((path, parameter) -> {
            Float[] boxed = new Float[parameter.shape().size()];
            float[] floats = parameter.value().toArray();
            Arrays.setAll(boxed, i -> floats[i]);
            values.put(path, List.of(boxed));
        });
        return values;
    }

    /** An initialiser as users write one. */
    static final class Ramp extends Init {
        private final double step;

        Ramp(double step) {
            super(step);
            this.step = step;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (step * i);
            }
        }
    }
}
