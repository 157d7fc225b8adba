package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Fan;
import io.sparknn.nn.Gain;
import io.sparknn.nn.Init;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Chapter "Parameter initialization". */
final class InitTest {
    private static final Tensor X = Data.normal(1, 2, 4);

    private static LazySequential lazy() {
        return new LazySequential(new LazyLinear(64), new Relu(), new LazyLinear(16)).setSeed(1);
    }

    private static Sequential net() {
        return lazy().build(X.shape());
    }

    @Test
    @D2l(16)
    void aLazyNetIsInitialisedAsSoonAsItSeesItsInput() {
        Dataset<Row> rows = Data.frame(X, 3);
        Sequential net = lazy().setInputCol("features").setOutputCol("out").fit(rows);
        float[] weight = net.parameter("2.weight").toArray();
        assertThat(extreme(weight)).isBetween(0.115f, 0.125f); // uniform over +-1 / sqrt(64)
        assertThat(weight).isEqualTo(net().parameter("2.weight").toArray());
    }

    @Test
    @D2l(17)
    void weightsOfAllLinearLayersAreDrawnNormalAndBiasesZero() {
        Sequential net = net();
        net.apply(layer -> {
            if (layer instanceof Linear) {
                layer.parameter("weight").init(Init.normal(0, 0.01));
                layer.parameter("bias").init(Init.zeros());
            }
        });
        assertThat(net.parameter("0.bias").toArray()).containsOnly(0);
        assertThat(std(net.parameter("2.weight").toArray())).isCloseTo(0.01, within(0.001));
        assertThat(net.layer(0).parameter("weight").toArray()[0]).isNotZero();
    }

    @Test
    @D2l(17)
    void aLazyNetIsToldBeforehand() {
        Sequential told = lazy().setWeightInit(Init.normal(0, 0.01))
                .setBiasInit(Init.zeros())
                .build(X.shape());
        Sequential after = net();
        after.apply(layer -> {
            if (layer instanceof Linear) {
                layer.parameter("weight").init(Init.normal(0, 0.01));
                layer.parameter("bias").init(Init.zeros());
            }
        });
        assertThat(told.forward(X).toArray()).isEqualTo(after.forward(X).toArray());
    }

    @Test
    @D2l(18)
    void parametersTakeAConstant() {
        Sequential net =
                lazy().setWeightInit(Init.constant(1)).setBiasInit(Init.zeros()).build(X.shape());
        assertThat(net.parameter("0.weight").toArray()).containsOnly(1);
        assertThat(net.parameter("0.bias").toArray()).containsOnly(0);
        assertThat(net.layer(0).forward(Tensor.ones(1, 4)).toArray()).containsOnly(4);
    }

    @Test
    @D2l(19)
    void blocksAreInitialisedEachInItsOwnWay() {
        Sequential net = net();
        net.layer(0).parameter("weight").init(Init.xavierUniform());
        net.layer(2).parameter("weight").init(Init.constant(42));
        checkBlocks(net);
        checkBlocks(lazy().setInit("0.weight", Init.xavierUniform())
                .setInit("2.weight", Init.constant(42))
                .build(X.shape()));
        checkBlocks(new LazySequential(
                        new LazyLinear(64).setWeightInit(Init.xavierUniform()),
                        new Relu(),
                        new LazyLinear(16).setWeightInit(Init.constant(42)))
                .build(X.shape()));
    }

    private static void checkBlocks(Sequential net) {
        assertThat(extreme(net.parameter("0.weight").toArray())).isBetween(0.28f, 0.2970443f); // sqrt(6 / (4 + 64))
        assertThat(net.parameter("2.weight").toArray()).containsOnly(42);
    }

    /** Uniform over +-10, but small values are 0. */
    public static final class FarFromZero extends Init {
        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            for (int i = 0; i < values.length; i++) {
                float value = random.uniform(-10, 10);
                values[i] = Math.abs(value) >= 5 ? value : 0;
            }
        }
    }

    @Test
    @D2l(20)
    void anInitialiserOfOnesOwnDrawsAndItsUsePrintsNamesAndShapes() {
        List<String> printed = new ArrayList<>();
        Sequential net = net();
        net.apply(layer -> layer.parameters().forEach((name, parameter) -> {
            if (layer instanceof Linear && name.equals("weight")) {
                printed.add("Init " + name + " " + parameter.shape());
                parameter.init(new FarFromZero());
            }
        }));
        assertThat(printed).containsExactly("Init weight (64, 4)", "Init weight (16, 64)");
        checkFarFromZero(net.parameter("2.weight"));
    }

    @Test
    @D2l(20)
    void anInitialiserOfOnesOwnIsASettingOfALazyNet() {
        LazySequential lazy = lazy().setWeightInit(new FarFromZero()).setInputCol("features");
        Sequential net = lazy.setOutputCol("out").fit(Data.frame(X, 2));
        checkFarFromZero(net.parameter("2.weight"));
    }

    private static void checkFarFromZero(Parameter weight) {
        float[] values = weight.toArray();
        int zeros = 0;
        for (float value : values) {
            assertThat(value == 0 || (Math.abs(value) >= 5 && Math.abs(value) <= 10))
                    .as("value %s", value)
                    .isTrue();
            zeros += value == 0 ? 1 : 0;
        }
        // Each is 0 with probability 1/2; five standard deviations of 1024 draws are 80.
        assertThat(zeros).isCloseTo(values.length / 2, within(80));
    }

    @Test
    @D2l(21)
    void valuesAreSetDirectly() {
        Sequential net = net();
        Parameter weight = net.layer(0).parameter("weight");
        Tensor before = weight.value();
        weight.set(before.add(1));
        float[] values = weight.value().toArray();
        assertThat(values[5]).isEqualTo(before.toArray()[5] + 1);
        values[0] = 42;
        weight.set(Tensor.of(values, weight.shape()));
        assertThat(weight.get(0, 0)).isEqualTo(42);
        assertThat(weight.get(1, 1)).isEqualTo(before.get(1, 1) + 1);
        assertThat(before.get(0, 0)).isNotEqualTo(42);
    }

    @Test
    @D2l(21)
    void aValueSetAfterScoringCountsWhenScoringAgain() {
        Sequential net = net();
        Tensor first = Data.scored(net, X, 2);
        net.parameter("2.bias").set(net.parameter("2.bias").value().add(1));
        Tensor second = Data.scored(net, X, 2);
        assertThat(second.toArray()).isEqualTo(net.forward(X).toArray()).isNotEqualTo(first.toArray());
    }

    /** The further initialisers with the bounds or the deviation that a weight of (16, 64) then has. */
    static Stream<Arguments> initialisers() {
        return Stream.of(
                Arguments.of(Init.uniform(-2, 3), 1.4434, 3.0),
                Arguments.of(Init.truncatedNormal(0, 1, -1, 1), 0.5396, 1.0),
                Arguments.of(Init.xavierUniform(Gain.tanh()), 0.2635, 0.4565),
                Arguments.of(Init.xavierNormal(), 0.1581, 1.0),
                Arguments.of(Init.kaimingUniform(), 0.1768, 0.3062),
                Arguments.of(Init.kaimingNormal(Gain.relu(), Fan.OUT), 0.3536, 2.0),
                Arguments.of(Init.orthogonal(), 0.125, 1.0),
                Arguments.of(Init.zeros(), 0.0, 0.0),
                Arguments.of(Init.ones(), 0.0, 1.0),
                Arguments.of(Init.eye(), 0.1240, 1.0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("initialisers")
    @D2l(22)
    void furtherInitialisersKeepTheirDeviationAndBounds(Init init, double deviation, double bound) {
        Sequential net = lazy().setInit("2.weight", init).build(X.shape());
        float[] values = net.parameter("2.weight").toArray();
        assertThat(std(values)).isCloseTo(deviation, within(0.1 * deviation));
        assertThat((double) extreme(values)).isLessThanOrEqualTo(bound + 1e-4);
    }

    @Test
    @D2l(22)
    void orthogonalRowsAreOrthogonal() {
        Sequential net = lazy().setInit("2.weight", Init.orthogonal()).build(X.shape());
        Parameter weight = net.parameter("2.weight");
        Tensor product = weight.matmul(weight.transpose(0, 1));
        assertThat(product.sub(Tensor.eye(16)).abs().max().item()).isLessThan(1e-5f);
    }

    private static float extreme(float[] values) {
        return Tensor.of(values).abs().max().item();
    }

    private static double std(float[] values) {
        return Tensor.of(values).std().item();
    }
}
