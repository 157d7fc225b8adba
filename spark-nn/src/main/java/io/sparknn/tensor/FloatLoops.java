package io.sparknn.tensor;

/** The functions of {@link FloatMath} over the first n elements of an array; the result may go to the same array. */
abstract class FloatLoops {
    abstract void exp(int n, float[] x, float[] y);

    abstract void expm1(int n, float[] x, float[] y);

    abstract void log(int n, float[] x, float[] y);

    abstract void log1p(int n, float[] x, float[] y);

    abstract void tanh(int n, float[] x, float[] y);

    abstract void sigmoid(int n, float[] x, float[] y);

    abstract void erf(int n, float[] x, float[] y);

    /** Whether none of the n elements from a place on is NaN or infinite. */
    abstract boolean allFinite(int from, int n, float[] x);
}
