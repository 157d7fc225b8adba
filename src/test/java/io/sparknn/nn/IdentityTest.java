package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sparknn.nn.OwnLayers.Everything;
import io.sparknn.nn.OwnLayers.Names;
import io.sparknn.nn.OwnLayers.Objects;
import io.sparknn.nn.OwnLayers.Scale;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a layer is lies in its constructor's arguments; whatever would be lost is refused by name. */
@Tag("fast")
final class IdentityTest {
    private static Layer copy(Layer layer) {
        return layer.copy(ParamMap.empty());
    }

    @Test
    void aCopyHasTheArguments() {
        Layer copy = copy(copy(new Scale(3)));
        assertThat(copy).hasToString("Scale(3.0)");
        assertThat(copy.forward(Tensor.of(1, 2)).toArray()).containsExactly(3, 6);
    }

    @Test
    void argumentsOfEveryTypeSurviveACopyAndItsDefinition() {
        float[] smalls = {1.1f, Float.NaN, Float.POSITIVE_INFINITY, -0f, Float.MIN_VALUE};
        double[] reals = {0.1, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        String[] texts = {"", "quote\" back\\ \n\u0000\u2028 ü 😀", "null", "😀", "x"};
        for (int i = 0; i < smalls.length; i++) {
            Everything layer = Everything.make(smalls[i], reals[i], texts[i]);
            assertSame(layer, copy(layer));
            assertSame(layer, (Layer) Definition.decode(Definition.encode(layer), (number, type) -> null));
        }
    }

    private static void assertSame(Layer layer, Layer other) {
        List<Object> before = layer.recipe().arguments();
        List<Object> after = other.recipe().arguments();
        for (int i = 0; i < before.size() - 3; i++) {
            assertThat(java.util.Arrays.deepEquals(new Object[] {after.get(i)}, new Object[] {before.get(i)}))
                    .as("argument " + i + ": " + after.get(i))
                    .isTrue();
        }
        assertThat(other).hasToString(layer.toString());
        assertThat(other.uid()).isEqualTo(layer.uid());
        Layer tied = other.layers().get("one");
        assertThat(other.layers().get("layer0"))
                .isSameAs(tied)
                .isNotSameAs(layer.layers().get("one"));
        assertThat(((LazySequential) after.get(after.size() - 1)).module(1)).isSameAs(tied);
    }

    @Test
    void anArrayPassedAsVarargsIsOneArgument() {
        assertThat(copy(new Names("a", "b"))).hasToString("Names(a, b)");
        assertThat(copy(new Names())).hasToString("Names()");
        assertThat(copy(new Objects(1, "b"))).hasToString("Objects(1, b)");
    }

    @Test
    void laterChangesOfAnArrayOrListChangeNoLayer() {
        String[] names = {"a", "b"};
        Layer layer = new Names(names);
        names[0] = "changed";
        assertThat(copy(layer)).hasToString("Names(a, b)");
        List<Object> list = new ArrayList<>(List.of(1, 2));
        Layer holder = new Lists(list);
        list.clear();
        assertThat(copy(holder)).hasToString("Lists([1, 2])");
    }

    static final class Lists extends Layer {
        Lists(List<Object> list) {
            super(list);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    static final class Forgetful extends Layer {
        private final double factor;

        Forgetful(double factor) {
            this.factor = factor;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(factor);
        }
    }

    static final class HalfForgetful extends Layer {
        private final double factor;

        HalfForgetful() {
            this(1);
        }

        HalfForgetful(double factor) {
            this.factor = factor;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(factor);
        }
    }

    static final class LazyForgetful extends LazyLayer<Linear> {
        LazyForgetful(int units) {
            assertThat(units).isPositive();
        }

        @Override
        public Linear build(io.sparknn.tensor.Shape input) {
            return new Linear(input.last(), 1);
        }
    }

    @Test
    void aClassThatPassesNothingUpIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Forgetful(3))
                .withMessage("Forgetful expects all arguments of the constructor (double), in order, in its call of"
                        + " super, got (); write super(inUnits, units) for a constructor (int inUnits, int units). A"
                        + " class that captures local variables must become a named one");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LazyForgetful(3))
                .withMessageStartingWith("LazyForgetful expects all arguments of the constructor (int)");
    }

    /** Its copy would silently be made by the other constructor. */
    @Test
    void aClassThatPassesNothingUpIsRefusedEvenIfItHasAnEmptyConstructor() {
        assertThatIllegalArgumentException()
                .isThrownBy(HalfForgetful::new)
                .withMessageStartingWith("HalfForgetful expects all arguments of the constructor (double)");
    }

    static final class Overloaded extends Layer {
        private final String made;

        Overloaded(double value) {
            super(value);
            made = "double";
        }

        Overloaded(int value) {
            super(value);
            made = "int";
        }

        Overloaded(Object value) {
            super(value);
            made = "object";
        }

        @Override
        public Tensor forward(Tensor x) {
            throw new IllegalStateException(made);
        }
    }

    @Test
    void theConstructorThatMadeItMakesItAgain() {
        for (Overloaded layer : new Overloaded[] {new Overloaded(1), new Overloaded(1.0), new Overloaded("x")}) {
            assertThat(((Overloaded) copy(layer)).made).isEqualTo(layer.made);
        }
    }

    static final class Ambiguous extends Layer {
        Ambiguous(String value) {
            super(value);
        }

        Ambiguous(int[] value) {
            super(value);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    @Test
    void argumentsThatTwoConstructorsTakeAreRefused() {
        assertThat(copy(new Ambiguous("x"))).hasToString("Ambiguous(x)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ambiguous((String) null))
                .withMessageContaining("expects one constructor that takes (null)");
    }

    static final class OfAnything extends Layer {
        OfAnything(Object value) {
            super(value);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    @Test
    void argumentsThatCannotBeSavedAreRefused() {
        for (Object value : new Object[] {
            Map.of(),
            Optional.empty(),
            new Thread(),
            Tensor.of(1),
            new Linear(1, 1).parameter("weight"),
            List.of(Map.of())
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new OfAnything(value))
                    .withMessageStartingWith("a layer expects constructor arguments that can be saved");
        }
    }

    abstract static class Fielded extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    static final class Counting extends Fielded {
        private int count;

        int next() {
            return ++count;
        }
    }

    static final class Hider extends Layer {
        private final Object held;

        Hider(int kind) {
            super(kind);
            held = held(kind);
        }

        private static Object held(int kind) {
            Layer layer = new Linear(1, 1);
            return switch (kind) {
                case 0 -> layer;
                case 1 -> new Layer[] {layer};
                case 2 -> List.of(layer);
                case 3 -> Map.of("a", layer);
                case 4 -> new Layer[][] {{layer}};
                case 5 -> List.of(Map.of(1, List.of(layer)));
                case 6 -> Tensor.of(1);
                case 7 -> new Tensor[] {Tensor.of(1)};
                case 8 -> layer.parameter("weight");
                case 9 -> Optional.of(layer);
                default -> Map.of(layer, 1);
            };
        }

        Object held() {
            return held;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    @Test
    void fieldsThatWouldBeLostAreRefusedByName() {
        Counting counting = new Counting();
        assertThat(counting.next()).isEqualTo(1);
        assertThatIllegalStateException()
                .isThrownBy(() -> copy(counting))
                .withMessage("Counting.count would be lost when the layer is copied or saved; make it final and set it"
                        + " from the constructor's arguments, or mark it transient if it is only a cache");
    }

    @Test
    void layersAndTensorsThatAreNotRegisteredAreRefusedByField() {
        for (int kind = 0; kind <= 10; kind++) {
            Hider hider = new Hider(kind);
            assertThat(hider.held()).isNotNull();
            assertThatIllegalStateException()
                    .as("kind " + kind)
                    .isThrownBy(() -> copy(hider))
                    .withMessageStartingWith("Hider.held holds a ")
                    .withMessageContaining("not registered");
            assertThatIllegalStateException()
                    .as("within a chain, kind " + kind)
                    .isThrownBy(() -> Definition.encode(new Sequential(new Relu(), hider)))
                    .withMessageStartingWith("Hider.held");
        }
    }

    @Test
    void localClassesThatCaptureAreRefused() {
        double factor = Math.random();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Layer() {
                    @Override
                    public Tensor forward(Tensor x) {
                        return x.mul(factor);
                    }
                })
                .withMessageContaining("A class that captures local variables must become a named one");
        class Local extends Layer {
            Local(int units) {
                super(units);
            }

            @Override
            public Tensor forward(Tensor x) {
                return x.mul(factor);
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new Local(3)).withMessageStartingWith("Local expects");
    }

    private final double state = 2;

    /** An inner class, whose object lives inside the test. */
    final class Inner extends Layer {
        private final double factor;

        Inner(double factor) {
            super(factor);
            this.factor = factor;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(factor * state);
        }
    }

    @Test
    void aCopyOfAnInnerClassLivesInTheSameObject() {
        assertThat(copy(new Inner(3)).forward(Tensor.of(1)).toArray()).containsExactly(6);
    }

    @Test
    void anAnonymousClassThatCapturesNothingIsCopied() {
        Layer layer = new Layer() {
            @Override
            public Tensor forward(Tensor x) {
                return x.add(1);
            }
        };
        assertThat(copy(layer).forward(Tensor.of(1)).toArray()).containsExactly(2);
    }
}
