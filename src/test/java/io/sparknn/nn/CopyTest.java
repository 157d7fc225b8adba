package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.sparknn.nn.CustomLayers.CenteredLayer;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.OwnLayers.Block;
import io.sparknn.nn.OwnLayers.Everything;
import io.sparknn.nn.OwnLayers.Halves;
import io.sparknn.nn.OwnLayers.Scale;
import io.sparknn.nn.OwnLayers.TiedDecoder;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.Params;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a layer is survives copying and every way into another JVM. */
@Tag("fast")
final class CopyTest {
    @TempDir
    private Path folder;

    /** Ways to a second object. */
    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    enum Way {
        COPY(module -> (Module) ((Params) module).copy(ParamMap.empty())),
        COPY_OF_A_COPY(module -> COPY.way.apply(COPY.way.apply(module))),
        JAVA(CopyTest::throughJava),
        KRYO(CopyTest::throughKryo),
        KRYO_OF_JAVA(module -> KRYO.way.apply(JAVA.way.apply(module)));

        private final UnaryOperator<Module> way;

        Way(UnaryOperator<Module> way) {
            this.way = way;
        }

        @SuppressWarnings("unchecked")
        <M extends Module> M of(M module) {
            M other = (M) way.apply(module);
            assertThat(other).isNotSameAs(module);
            return other;
        }
    }

    private static Module throughJava(Module module) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
                out.writeObject(module);
            }
            return (Module) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Module throughKryo(Module module) {
        Kryo kryo = new KryoSerializer(new SparkConf(false)).newKryo();
        Output out = new Output(1024, -1);
        kryo.writeClassAndObject(out, module);
        return (Module) kryo.readClassAndObject(new Input(out.toBytes()));
    }

    private static Tensor input(int... sizes) {
        float[] values = new float[Shape.of(sizes).size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i + 1);
        }
        return Tensor.of(values, Shape.of(sizes));
    }

    private static float[] bits(Layer layer, int width) {
        return layer.forward(input(3, width)).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void keepsArguments(Way way) {
        assertThat(way.of(new Scale(3)).forward(Tensor.of(1, 2)).toArray()).containsExactly(3, 6);
        Everything layer = Everything.make(Float.NaN, Double.NEGATIVE_INFINITY, "ü\n");
        assertThat(way.of(layer)).hasToString(layer.toString());
        assertThat(way.of(new LazyMyLinear(3))).hasToString("LazyMyLinear(3)");
        assertThat(way.of(new CenteredLayer()).forward(Tensor.of(1, 3)).toArray())
                .containsExactly(-1, 1);
    }

    @ParameterizedTest
    @EnumSource
    void keepsValuesAndUidsAtEveryDepth(Way way) {
        Sequential net = new Sequential(new MyLinear(4, 4), new Block(4), new Sequential(new Linear(4, 2)));
        assertThat(bits(way.of(net), 4)).containsExactly(bits(net, 4));
        assertThat(uids(way.of(net))).isEqualTo(uids(net));
    }

    private static List<String> uids(Layer layer) {
        List<String> uids = new ArrayList<>();
        layer.apply(each -> uids.add(each.uid()));
        return uids;
    }

    /** A layer within a network draws by its place there; alone, its copy has another place. */
    @ParameterizedTest
    @EnumSource
    void keepsValuesOfAPartThatNobodyReadYet(Way way) {
        Sequential net = new Sequential(new Relu(), new Linear(4, 2));
        Layer part = way.of(net.layer(1));
        assertThat(part.parameter("weight").value().toArray())
                .containsExactly(net.parameter("1.weight").value().toArray());
    }

    @ParameterizedTest
    @EnumSource
    void keepsParamsOfChildrenThatAConstructorMade(Way way) {
        Block block = new Block(2);
        block.set(block.times(), 3);
        block.first().setOutputCol("named").setTrainable(false);
        Layer within = block.layers().get("net").layers().get("0");
        within.setSeed(5);
        Layer copy = way.of(new Sequential(block)).layer(0);
        assertThat(bits(copy, 2)).containsExactly(bits(block, 2));
        assertThat(((Block) copy).first().getOrDefault(((Block) copy).first().outputCol()))
                .isEqualTo("named");
        assertThat(copy.parameter("first.weight").requiresGrad()).isFalse();
        assertThat(copy.parameter("net.0.weight").requiresGrad()).isTrue();
        Layer withinCopy = copy.layers().get("net").layers().get("0");
        assertThat(withinCopy.getOrDefault(withinCopy.seed())).isEqualTo(5L);
        assertThat(copy.layers().get("net").layers().get("2")).isSameAs(withinCopy);
    }

    @ParameterizedTest
    @EnumSource
    void keepsDefaultsAndWhatIsSetApart(Way way) {
        Block copy = way.of(new Block(2));
        assertThat(copy.isSet(copy.times())).isFalse();
        assertThat(copy.getOrDefault(copy.times())).isEqualTo(1);
        assertThat(copy.getOrDefault(copy.outputCol())).isEqualTo(copy.uid() + "__output");
    }

    @ParameterizedTest
    @EnumSource
    void keepsTies(Way way) {
        Linear shared = new Linear(2, 2);
        Sequential net = way.of(new Sequential(shared, new Relu(), shared));
        assertThat(net.layer(0)).isSameAs(net.layer(2));
        assertThat(net.parameters()).containsOnlyKeys("0.weight", "0.bias");
        LazySequential lazy = way.of(new LazySequential(shared, new LazyLinear(2), shared));
        assertThat(lazy.module(0)).isSameAs(lazy.module(2));
    }

    @ParameterizedTest
    @EnumSource
    void keepsAnothersParameterTied(Way way) {
        Linear encoder = new Linear(3, 2, false);
        for (Layer net : Arrays.asList(
                new Sequential(encoder, new TiedDecoder(encoder)), new Sequential(new TiedDecoder(encoder), encoder))) {
            Sequential copy = way.of((Sequential) net);
            copy.parameter((copy.layer(0) instanceof Linear ? "0" : "1") + ".weight")
                    .set(Tensor.ones(2, 3));
            Layer decoder = copy.layer(copy.layer(0) instanceof Linear ? 1 : 0);
            assertThat(decoder.forward(Tensor.ones(1, 2)).toArray()).containsExactly(2, 2, 2);
        }
    }

    /** The encoder is made by one constructor and used by the argument of another one. */
    @ParameterizedTest
    @EnumSource
    void keepsTiesToLayersThatAConstructorMade(Way way) {
        for (boolean before : new boolean[] {true, false}) {
            Block block = new Block(2);
            TiedDecoder decoder = new TiedDecoder(block.first());
            Sequential net = before ? new Sequential(decoder, block) : new Sequential(block, decoder);
            Sequential copy = way.of(net);
            assertThat(bits(copy, 2)).containsExactly(bits(net, 2));
            copy.parameter((before ? "1" : "0") + ".first.weight").set(Tensor.ones(2, 2));
            assertThat(copy.layer(before ? 0 : 1).forward(Tensor.ones(1, 2)).toArray())
                    .containsExactly(2, 2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheValuesOfAnEncoderOutsideTheNetwork(Way way) {
        Linear encoder = new Linear(3, 2, false);
        Sequential net = new Sequential(new Relu(), new TiedDecoder(encoder));
        assertThat(bits(way.of(net), 2)).containsExactly(bits(net, 2));
        Sequential other = new Sequential(new TiedDecoder(new Block(2).first()));
        assertThat(bits(way.of(other), 2)).containsExactly(bits(other, 2));
    }

    @ParameterizedTest
    @EnumSource
    void keepsFrozenAndUntrained(Way way) {
        Sequential net = new Sequential(new Linear(2, 2), new Linear(2, 2));
        net.layer(0).setTrainable(false);
        Sequential copy = way.of(net);
        assertThat(copy.parameter("0.weight").requiresGrad()).isFalse();
        assertThat(copy.parameter("1.weight").requiresGrad()).isTrue();
        assertThat(copy.isUntrained()).isTrue();
        net.parameter("1.bias").set(Tensor.ones(2));
        assertThat(way.of(net).isUntrained()).isFalse();
        assertThat(way.of(net).parameter("0.bias").isGiven()).isFalse();
        assertThat(way.of(net).parameter("1.bias").isGiven()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void keepsSettingsOfLazyLayers(Way way) {
        LazySequential net = new LazySequential(
                new LazyLinear(3).setWeightInit(new Halves(0.5)).setSeed(3), new Linear(3, 2));
        net.set(net.setting("0.outFeatures"), 3);
        LazySequential copy = way.of(net);
        assertThat(bits(copy.setSeed(1).build(Shape.of(-1, 2)), 2))
                .containsExactly(bits(net.setSeed(1).build(Shape.of(-1, 2)), 2));
        assertThat(copy.uid()).isEqualTo(net.uid());
    }

    @ParameterizedTest
    @EnumSource
    void isIndependent(Way way) {
        MyLinear layer = new MyLinear(2, 2);
        float[] before = bits(layer, 2);
        MyLinear copy = way.of(layer);
        copy.parameter("weight").set(Tensor.zeros(2, 2));
        copy.setOutputCol("other");
        assertThat(bits(layer, 2)).containsExactly(before);
        assertThat(layer.isSet(layer.outputCol())).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void paramsOfNestedLayersReachThroughACopy(Way way) {
        Block block = new Block(2);
        Linear argument = new Linear(2, 2);
        Sequential net = new Sequential(block, argument);
        Param<String> within = block.first().outputCol();
        ParamMap extra =
                new ParamMap().put(block.times(), 4).put(within, "deep").put(argument.outputCol(), "flat");
        Sequential copy = (Sequential) way.of(net).copy(extra);
        Block copied = (Block) copy.layer(0);
        assertThat(copied.getOrDefault(copied.times())).isEqualTo(4);
        assertThat(copied.first().getOrDefault(copied.first().outputCol())).isEqualTo("deep");
        assertThat(copy.layer(1).getOrDefault(copy.layer(1).outputCol())).isEqualTo("flat");
        assertThat(block.isSet(block.times())).isFalse();
    }

    /** All of it again by way of files, without a Spark session. */
    @ParameterizedTest
    @EnumSource
    void weightsFitTheCopy(Way way) {
        Sequential net = new Sequential(new Block(3), new TiedDecoder(new Linear(3, 2, false)), new Linear(3, 1));
        String path = folder.resolve("w.safetensors").toString();
        net.saveWeights(path);
        Sequential copy = way.of(net);
        copy.apply(layer -> layer.members()
                .own()
                .values()
                .forEach(p -> p.set(Tensor.zeros(p.shape().dims()))));
        copy.loadWeights(path);
        assertThat(copy.parameter("0.first.weight").value().toArray())
                .containsExactly(net.parameter("0.first.weight").value().toArray());
    }

    @ParameterizedTest
    @EnumSource
    void aLayerThatForgetsItsChildIsRefused(Way way) {
        Fickle layer = new Fickle(1);
        if (way == Way.COPY) {
            org.assertj.core.api.Assertions.assertThatIllegalStateException()
                    .isThrownBy(() -> way.of(layer))
                    .withMessageContaining("let it depend on the constructor's arguments only");
        } else if (way == Way.JAVA) {
            assertThatIllegalArgumentException().isThrownBy(() -> way.of(layer));
        }
    }

    /** Depends on more than its arguments. */
    static final class Fickle extends Layer {
        private static int made;

        Fickle(int width) {
            super(width);
            addParameter("weight" + made++, Init.zeros(), width);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }
}
