package io.sparknn.nn;

import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.param.IntParam;

/** Layers as users write them. */
public final class OwnLayers {
    private OwnLayers() {}

    /** Multiplies by its only argument. */
    public static final class Scale extends Layer {
        private final double factor;

        public Scale(double factor) {
            super(factor);
            this.factor = factor;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(factor);
        }
    }

    /** Can be loaded from weights alone. */
    public static final class LazyTold extends LazyLayer<CustomLayers.MyLinear> {
        private final int units;

        public LazyTold(int units) {
            super(units);
            this.units = units;
        }

        @Override
        public CustomLayers.MyLinear build(Shape input) {
            return new CustomLayers.MyLinear(input.last(), units);
        }

        @Override
        protected Shape inputShape(Map<String, Shape> weights) {
            return Shape.of(Shape.UNKNOWN, weights.get("weight").dim(0));
        }
    }

    public enum Mode {
        PLAIN,
        LOUD {
            @Override
            public String toString() {
                return "!";
            }
        }
    }

    /** Something of every type that can be an argument. */
    public static final class Everything extends Layer {
        public Everything(
                int whole,
                long large,
                float small,
                double real,
                boolean flag,
                char letter,
                String text,
                String absent,
                Mode mode,
                int[] sizes,
                float[] floats,
                double[] doubles,
                String[] names,
                int[][] table,
                List<?> list,
                Shape shape,
                Init init,
                Layer layer,
                Layer[] layers,
                Module lazy) {
            super(
                    whole, large, small, real, flag, letter, text, absent, mode, sizes, floats, doubles, names, table,
                    list, shape, init, layer, layers, lazy);
            addLayer("one", layer);
            for (int i = 0; i < layers.length; i++) {
                addLayer("layer" + i, layers[i]);
            }
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }

        static Everything make(float small, double real, String text) {
            Linear shared = new Linear(2, 2);
            return new Everything(
                    -3,
                    Long.MIN_VALUE,
                    small,
                    real,
                    true,
                    'ß',
                    text,
                    null,
                    Mode.LOUD,
                    new int[] {1, -2},
                    new float[] {0.1f, Float.NaN},
                    new double[] {0.1, Double.NEGATIVE_INFINITY},
                    new String[] {"a", null, ""},
                    new int[][] {{1}, {}},
                    List.of(1, "two", List.of(3.0)),
                    Shape.of(2, Shape.UNKNOWN),
                    new Halves(0.5),
                    shared,
                    new Layer[] {shared, new Relu()},
                    new LazySequential(new CustomLayers.LazyMyLinear(3), shared));
        }
    }

    /** An initialiser of the user's own. */
    public static final class Halves extends Init {
        private final double value;

        public Halves(double value) {
            super(value);
            this.value = value;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            java.util.Arrays.fill(values, (float) value);
        }
    }

    public static final class Names extends Layer {
        public Names(String... names) {
            super((Object[]) names); // as javac reads super(names), but for the warning
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    public static final class Objects extends Layer {
        public Objects(Object... values) {
            super(values);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x;
        }
    }

    /** Makes its children by itself, and one of them within another. */
    public static final class Block extends Layer {
        private final Layer first;
        private final Layer net;
        private final IntParam times;

        public Block(int width) {
            super(width);
            Linear made = new Linear(width, width);
            first = addLayer("first", new CustomLayers.MyLinear(width, width));
            net = addLayer("net", new Sequential(made, new Relu(), made));
            times = new IntParam(id(), "times", "how often the net is applied");
            setDefault(times, 1);
        }

        public IntParam times() {
            return times;
        }

        Layer first() {
            return first;
        }

        @Override
        public Tensor forward(Tensor x) {
            Tensor y = first.forward(x);
            for (int i = 0; i < (Integer) getOrDefault(times); i++) {
                y = net.forward(y);
            }
            return y;
        }
    }

    /** Undoes another layer with that layer's own weight. */
    public static final class TiedDecoder extends Layer {
        private final Layer encoder;

        public TiedDecoder(Layer encoder) {
            super(encoder);
            this.encoder = encoder;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.matmul(encoder.parameter("weight"));
        }
    }
}
