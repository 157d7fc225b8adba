package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chapter "Parameter management". */
@SuppressWarnings("try")
final class ParametersTest {
    private static final Tensor X = Data.normal(1, 2, 4);

    private static Sequential net() {
        return new LazySequential(new LazyLinear(8), new Relu(), new LazyLinear(1)).build(X.shape());
    }

    private static Map<String, Shape> shapes(Layer layer) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        layer.parameters().forEach((path, parameter) -> shapes.put(path, parameter.shape()));
        return shapes;
    }

    @Test
    @D2l(10)
    void aLayerOfAChainShowsItsParameters() {
        Layer last = net().layer(2);
        assertThat(shapes(last)).isEqualTo(Map.of("weight", Shape.of(1, 8), "bias", Shape.of(1)));
        Parameter bias = last.parameter("bias");
        assertThat(bias).isInstanceOf(Tensor.class);
        assertThat(bias.value().toArray()).hasSize(1).isEqualTo(bias.toArray());
        assertThat(last.summary()).contains("Linear(8, 1)").contains("weight (1, 8), bias (1)");
    }

    @Test
    @D2l(10)
    void thereIsNoGradientBeforeBackward() {
        Sequential net = net();
        Parameter weight = net.layer(2).parameter("weight");
        assertThat(weight.grad()).isNull();
        try (Pass pass = Pass.training(0)) {
            Tensor sum = net.forward(X).sum();
            assertThat(weight.grad()).isNull();
            sum.backward();
        }
        assertThat(weight.grad().shape()).isEqualTo(weight.shape());
    }

    @Test
    @D2l(11)
    void allParametersAreListedWithTheirShapes() {
        assertThat(shapes(net()))
                .containsExactly(
                        Map.entry("0.weight", Shape.of(8, 4)),
                        Map.entry("0.bias", Shape.of(8)),
                        Map.entry("2.weight", Shape.of(1, 8)),
                        Map.entry("2.bias", Shape.of(1)));
    }

    /** One lazy object at places 2 and 4. */
    private static Sequential tied() {
        LazyLinear shared = new LazyLinear(8);
        return new LazySequential(
                        new LazyLinear(8), new Relu(), shared, new Relu(), shared, new Relu(), new LazyLinear(1))
                .build(X.shape());
    }

    @Test
    @D2l(12)
    void aLazyLayerAtTwoPlacesIsOneLayer() {
        Sequential net = tied();
        assertThat(net.layer(2)).isSameAs(net.layer(4));
        assertThat(net.parameters()).hasSize(6).doesNotContainKey("4.weight");
        assertThat(net.parameter("4.weight").toArray())
                .isEqualTo(net.parameter("2.weight").toArray());
        net.parameter("2.weight").set(Tensor.full(100, 8, 8));
        assertThat(net.parameter("4.weight").toArray()).containsOnly(100);
    }

    @Test
    @D2l(12)
    void gradientsOfBothUsesAreSummed() {
        Sequential net = tied();
        Layer second = net.layer(4).copy(ParamMap.empty());
        Layer first = net.layer(2).copy(ParamMap.empty());
        Sequential apart =
                new Sequential(net.layer(0), net.layer(1), first, net.layer(3), second, net.layer(5), net.layer(6));
        // Of the same sign, or the rectifiers could let no gradient through.
        net.parameters()
                .values()
                .forEach(parameter -> parameter.set(parameter.value().abs()));
        first.parameters()
                .forEach((name, parameter) ->
                        parameter.set(net.parameter("2." + name).value()));
        second.parameters()
                .forEach((name, parameter) ->
                        parameter.set(net.parameter("2." + name).value()));
        try (Pass pass = Pass.training(0)) {
            net.forward(X.abs()).sum().backward();
            apart.forward(X.abs()).sum().backward();
        }
        float[] both = net.parameter("2.weight").grad().toArray();
        float[] sum = first.parameter("weight")
                .grad()
                .add(second.parameter("weight").grad())
                .toArray();
        for (int i = 0; i < sum.length; i++) {
            assertThat(both[i]).isCloseTo(sum[i], within(1e-5f * Math.abs(sum[i])));
        }
        assertThat(first.parameter("weight").grad().abs().sum().item()).isPositive();
        assertThat(second.parameter("weight").grad().abs().sum().item()).isPositive();
    }

    @Test
    @D2l(12)
    void whatIsTiedStaysTiedInCopiesInFilesAndOnExecutors(@TempDir Path dir) throws IOException {
        Sequential net = tied();
        net.save(dir + "/net");
        for (Layer same : List.of(net.copy(ParamMap.empty()), Layer.load(dir + "/net"))) {
            same.parameter("2.weight").set(Tensor.eye(8));
            assertThat(same.parameter("4.weight").toArray())
                    .isEqualTo(Tensor.eye(8).toArray());
            assertThat(Data.scored(same, X, 3).toArray())
                    .isEqualTo(same.forward(X).toArray());
        }
        assertThat(net.parameter("2.weight").toArray())
                .isNotEqualTo(Tensor.eye(8).toArray());
    }

    @Test
    @D2l(13)
    void parametersOfInnerLayersAreReadByPathOrStepByStep() {
        NestMlp nest = new NestMlp(20);
        Parameter byPath = nest.parameter("net.2.bias");
        Sequential inner = (Sequential) nest.layers().get("net");
        assertThat(inner.layer(2).parameter("bias")).isSameAs(byPath);
        assertThat(inner.parameters()).hasSize(4);
        assertThat(byPath.name()).isEqualTo("bias");
    }

    @Test
    @D2l(14)
    void anMlpWithASharedLayerTrainsAndShowsItsGradients() {
        Linear shared = new Linear(8, 8);
        Layer net = new Sequential(
                        new Linear(4, 8), new Relu(), shared, new Relu(), shared, new Relu(), new Linear(8, 1))
                .setSeed(3);
        Tensor x = Data.normal(5, 64, 4);
        Tensor y = x.slice(1, 0, 1).mul(2).sub(x.slice(1, 1, 2));
        List<Float> losses = new ArrayList<>();
        Map<String, List<Float>> norms = new LinkedHashMap<>();
        for (int step = 0; step < 60; step++) {
            losses.add(step(net, x, y, 0.05));
            net.parameters().forEach((path, parameter) -> norms.computeIfAbsent(path, none -> new ArrayList<>())
                    .add(parameter.grad().norm().item()));
        }
        assertThat(losses.get(59)).isLessThan(losses.get(0) / 4);
        // Six tensors for eight places, each with a gradient at every step, the shared one among them.
        assertThat(norms.keySet()).containsExactly("0.weight", "0.bias", "2.weight", "2.bias", "6.weight", "6.bias");
        assertThat(norms.values())
                .allSatisfy(observed -> assertThat(observed).hasSize(60).allSatisfy(norm -> assertThat(norm)
                        .isPositive()));
        assertThat(net.parameter("4.weight").toArray())
                .isEqualTo(net.parameter("2.weight").toArray());
        assertThat(Data.scored(net, x, 4).toArray()).isEqualTo(net.forward(x).toArray());
    }

    /** A step of plain gradient descent on the squared error. */
    static float step(Layer net, Tensor x, Tensor y, double rate) {
        net.parameters().values().forEach(Parameter::zeroGrad);
        float value;
        try (Pass pass = Pass.training(7)) {
            Tensor error = net.forward(x).sub(y);
            Tensor loss = error.mul(error).mean();
            loss.backward();
            value = loss.item();
        }
        net.parameters()
                .values()
                .forEach(parameter ->
                        parameter.set(parameter.value().sub(parameter.grad().mul(rate))));
        return value;
    }

    /**
     * Why sharing helps: there is less to learn, and what is learnt in one place holds in the other, as for
     * the steps of a recurrent net, the places of a convolution, or an embedding and the map back to words.
     */
    @Test
    @D2l(15)
    void sharingLeavesLessToLearn() {
        LazyLinear[] shared = new LazyLinear[8];
        LazyLinear[] apart = new LazyLinear[8];
        Arrays.fill(shared, new LazyLinear(32));
        Arrays.setAll(apart, i -> new LazyLinear(32));
        Sequential one = new LazySequential(shared).build(Shape.of(1, 32));
        Sequential eight = new LazySequential(apart).build(Shape.of(1, 32));
        assertThat(one.numParameters()).isEqualTo(32 * 32 + 32);
        assertThat(eight.numParameters()).isEqualTo(8 * one.numParameters());
    }
}
