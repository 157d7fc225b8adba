package io.sparknn.nn;

import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;

/** The initialisers behind the factories of {@link Init}. */
final class Inits {
    private Inits() {}

    static final class Constant extends Init {
        private final double value;

        Constant(double value) {
            super(value);
            this.value = value;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            java.util.Arrays.fill(values, (float) value);
        }
    }

    static final class Uniform extends Init {
        private final double low;
        private final double high;

        Uniform(double low, double high) {
            super(low, high);
            if (!(low <= high)) {
                throw new IllegalArgumentException("Init.uniform expects low <= high, got " + low + " and " + high);
            }
            this.low = low;
            this.high = high;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            fillUniform(values, low, high, random);
        }
    }

    static final class Normal extends Init {
        private final double mean;
        private final double std;

        Normal(double mean, double std) {
            super(mean, std);
            if (!(std >= 0)) {
                throw new IllegalArgumentException("Init.normal expects a standard deviation of 0 or more, got " + std);
            }
            this.mean = mean;
            this.std = std;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            fillNormal(values, mean, std, random);
        }
    }

    static final class TruncatedNormal extends Init {
        /** Bounds so far out that fewer than one draw in this many is kept are refused rather than waited for. */
        private static final int MAX_DRAWS = 1_000_000;

        private final double mean;
        private final double std;
        private final double low;
        private final double high;

        TruncatedNormal(double mean, double std, double low, double high) {
            super(mean, std, low, high);
            if (!(std > 0) || !(low < high)) {
                throw new IllegalArgumentException("Init.truncatedNormal expects a standard deviation above 0 and low <"
                        + " high, got " + std + ", " + low + " and " + high);
            }
            this.mean = mean;
            this.std = std;
            this.low = low;
            this.high = high;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            for (int i = 0; i < values.length; i++) {
                double value = Double.NaN;
                for (int draw = 0; !(value >= low && value <= high); draw++) {
                    if (draw == MAX_DRAWS) {
                        throw new IllegalArgumentException(this + " expects bounds that values reach, got none in "
                                + MAX_DRAWS + " draws; widen them");
                    }
                    value = mean + std * random.normal();
                }
                values[i] = (float) value;
            }
        }
    }

    static final class Xavier extends Init {
        private final double gain;
        private final boolean normal;

        Xavier(double gain, boolean normal) {
            super(gain, normal);
            this.gain = gain;
            this.normal = normal;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            double std = gain * Math.sqrt(2.0 / (Fan.IN.of(shape) + Fan.OUT.of(shape)));
            fillStd(values, std, normal, random);
        }
    }

    static final class Kaiming extends Init {
        private final double gain;
        private final Fan fan;
        private final boolean normal;

        Kaiming(double gain, Fan fan, boolean normal) {
            super(gain, fan, normal);
            this.gain = gain;
            this.fan = fan;
            this.normal = normal;
        }

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            fillStd(values, gain / Math.sqrt(fan.of(shape)), normal, random);
        }
    }

    static final class Orthogonal extends Init {
        private final double gain;

        Orthogonal(double gain) {
            super(gain);
            this.gain = gain;
        }

        /** Gram and Schmidt, twice, on normal vectors: as many as the smaller side, each as long as the larger one. */
        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            Fan.IN.of(shape);
            int rows = shape.dim(0);
            int columns = values.length / Math.max(1, rows);
            int count = Math.min(rows, columns);
            int length = Math.max(rows, columns);
            double[][] basis = new double[count][length];
            for (int i = 0; i < count; i++) {
                for (int j = 0; j < length; j++) {
                    basis[i][j] = random.normal();
                }
                for (int turn = 0; turn < 2; turn++) {
                    for (int before = 0; before < i; before++) {
                        addScaled(basis[i], basis[before], -dot(basis[i], basis[before]));
                    }
                }
                double norm = Math.sqrt(dot(basis[i], basis[i]));
                addScaled(basis[i], basis[i], 1 / norm - 1);
            }
            for (int i = 0; i < values.length; i++) {
                int row = i / columns;
                int column = i % columns;
                values[i] = (float) (gain * (rows <= columns ? basis[row][column] : basis[column][row]));
            }
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int i = 0; i < a.length; i++) {
                sum += a[i] * b[i];
            }
            return sum;
        }

        private static void addScaled(double[] to, double[] from, double factor) {
            for (int i = 0; i < to.length; i++) {
                to[i] += factor * from[i];
            }
        }
    }

    static final class Eye extends Init {
        Eye() {}

        @Override
        public void fill(float[] values, Shape shape, RandomStream random) {
            if (shape.rank() != 2) {
                throw new IllegalArgumentException("Init.eye expects a parameter of rank 2, got shape " + shape);
            }
            for (int i = 0; i < Math.min(shape.dim(0), shape.dim(1)); i++) {
                values[i * shape.dim(1) + i] = 1;
            }
        }
    }

    /** Values of a standard deviation: normal, or uniform, whose bound is √3 times as large. */
    private static void fillStd(float[] values, double std, boolean normal, RandomStream random) {
        if (normal) {
            fillNormal(values, 0, std, random);
        } else {
            fillUniform(values, -Math.sqrt(3) * std, Math.sqrt(3) * std, random);
        }
    }

    private static void fillUniform(float[] values, double low, double high, RandomStream random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = random.uniform(low, high);
        }
    }

    private static void fillNormal(float[] values, double mean, double std, RandomStream random) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (mean + std * random.normal());
        }
    }
}
