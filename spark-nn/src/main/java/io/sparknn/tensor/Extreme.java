package io.sparknn.tensor;

/** The gradient that largest and smallest values have in common. */
final class Extreme {
    private Extreme() {}

    /** Shares the gradient of each result equally among the elements equal to it. */
    static void backward(float[] x, float[] y, float[] gy, float[] gx, int outer, int size, int inner) {
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < inner; i++) {
                int result = o * inner + i;
                int first = o * size * inner + i;
                int ties = 0;
                for (int s = 0; s < size; s++) {
                    ties += x[first + s * inner] == y[result] ? 1 : 0;
                }
                for (int s = 0; s < size; s++) {
                    int at = first + s * inner;
                    gx[at] += x[at] == y[result] ? gy[result] / ties : 0f;
                }
            }
        }
    }
}
