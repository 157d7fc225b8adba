package io.sparknn.nn;

import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.spark.TaskContext;

/** Layers as a user would write them, good and bad ones. */
final class CustomLayers {
    private CustomLayers() {}

    public static final class CenteredLayer extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    public static final class MyLinear extends Layer {
        private final Parameter weight;
        private final Parameter bias;

        public MyLinear(int inUnits, int units) {
            super(inUnits, units);
            weight = addParameter("weight", Init.normal(), inUnits, units);
            bias = addParameter("bias", Init.normal(), units);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.matmul(weight).add(bias).relu();
        }
    }

    public static final class LazyMyLinear extends LazyLayer<MyLinear> {
        private final int units;

        public LazyMyLinear(int units) {
            super(units);
            this.units = units;
        }

        @Override
        public MyLinear build(Shape input) {
            return new MyLinear(input.last(), units);
        }
    }

    /** Two reductions over the rows, the second of what the first made. */
    public static final class Standardise extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor centered = x.sub(x.mean(0));
            return centered.div(centered.mul(centered).mean(0).sqrt());
        }
    }

    /** A loop whose length depends on the data. */
    public static final class Halving extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            while (y.abs().sum().item() > 1) {
                y = y.div(2);
            }
            return y;
        }
    }

    /** A loop that would not end on values of 0. */
    public static final class Doubling extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            while (y.abs().sum().item() < 1000) {
                y = y.mul(2);
            }
            return y;
        }
    }

    /** A loop that never ends. */
    public static final class Endless extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor y = x;
            while (!(y.abs().sum().item() < 0)) {
                y = y.mul(0.5);
            }
            return y;
        }
    }

    /** Decorrelates columns: the inverse of the Cholesky factor of xᵀx is found in plain Java. */
    public static final class Whitening extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            Tensor gram = x.transpose(0, 1).matmul(x);
            return x.matmul(Tensor.of(inverseFactor(gram.toArray(), gram.size(0)), gram.shape()));
        }

        /** Upper triangular u with uᵀ gram u = 1. */
        private static float[] inverseFactor(float[] gram, int n) {
            double[][] l = new double[n][n];
            double[][] inverse = new double[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j <= i; j++) {
                    double sum = gram[i * n + j];
                    for (int k = 0; k < j; k++) {
                        sum -= l[i][k] * l[j][k];
                    }
                    l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
                }
                for (int j = 0; j <= i; j++) {
                    double sum = i == j ? 1 : 0;
                    for (int k = j; k < i; k++) {
                        sum -= l[i][k] * inverse[k][j];
                    }
                    inverse[i][j] = sum / l[i][i];
                }
            }
            float[] upper = new float[n * n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    upper[i * n + j] = (float) inverse[j][i];
                }
            }
            return upper;
        }
    }

    public static final class BelowMaximum extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.max(0));
        }
    }

    /** Uses the number of rows. */
    public static final class ShareOfRows extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.div(x.size(0));
        }
    }

    /** Reduces over rows if its parameter says so. */
    public static final class Gated extends Layer {
        private final Parameter gate;

        public Gated() {
            gate = addParameter("gate", Init.ones(), 1);
        }

        @Override
        public Tensor forward(Tensor x) {
            return gate.item() > 0 ? x.sub(x.mean()) : x;
        }
    }

    public static final class Product extends Layer {
        @Override
        public Tensor forward(Tensor... x) {
            return x[0].mul(x[1]).sub(x[1].mean());
        }
    }

    public static final class Unflattened extends Layer {
        private final int[] sizes;

        public Unflattened(int... sizes) {
            super((Object) sizes);
            this.sizes = sizes.clone();
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.reshape(-1, sizes[0], sizes[1]);
        }
    }

    public static final class FirstRow extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.slice(0, 0, 1));
        }
    }

    public static final class ReadsValues extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.mul(x.get(0, 0));
        }
    }

    public static final class OneRow extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.mean(true, 0);
        }
    }

    public static final class Nothing extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return null;
        }
    }

    /** Fails on executors only, where a mistake in user code is harder to find. */
    public static final class Failing extends Layer {
        private final String how;

        public Failing(String how) {
            super(how);
            this.how = how;
        }

        @Override
        public Tensor forward(Tensor x) {
            if (TaskContext.get() == null) {
                return x;
            }
            return switch (how) {
                case "null" -> null;
                case "rows" -> Tensor.ones(3, 2);
                case "checked" -> throw sneaky(new java.io.IOException("the disk is full"));
                default -> throw new UnsupportedOperationException("no luck today");
            };
        }

        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // what Scala code does every day
        private static <E extends Exception> E sneaky(Exception e) throws E {
            throw (E) e;
        }
    }

    /** Swallows the end of a pass, or hides it behind an exception of its own. */
    public static final class CatchesAll extends Layer {
        private final boolean rethrows;

        public CatchesAll(boolean rethrows) {
            super(rethrows);
            this.rethrows = rethrows;
        }

        @Override
        @SuppressWarnings("CatchAndPrintStackTrace")
        public Tensor forward(Tensor x) {
            try {
                return x.sub(x.mean());
            } catch (Throwable e) {
                if (rethrows) {
                    throw new IllegalArgumentException("wrapped", e);
                }
                return x;
            }
        }
    }

    public static final class Noise extends Layer {
        @Override
        public Tensor forward(Tensor x) {
            return x.add(rand(x.shape()));
        }
    }

    /** Notes which arrays of weights forward saw in this JVM. */
    public static final class Witness extends Layer {
        static final Set<Object> SEEN = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

        private final Parameter weight;

        public Witness() {
            weight = addParameter("weight", Init.normal(), 2);
        }

        @Override
        public Tensor forward(Tensor x) {
            if (TaskContext.get() != null) {
                SEEN.add(weight.load(true));
            }
            return x.mul(weight);
        }
    }
}
