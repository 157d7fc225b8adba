package io.sparknn.tensor;

import java.util.Arrays;

/** {@code h' = f(W_ih x + b_ih + W_hh h + b_hh)} over the elements of each row, where f is tanh or relu. */
final class RnnOp extends Recurrent {
    private final boolean relu;

    RnnOp(boolean relu, Unroll unroll, Lengths lengths) {
        super(relu ? "rnnRelu" : "rnn", 1, unroll, lengths);
        this.relu = relu;
    }

    @Override
    int extras() {
        return 0;
    }

    @Override
    void step(int n, float[][] gate, float[] h) {
        float[] next = gate[0];
        if (relu) {
            for (int i = 0; i < n; i++) {
                next[i] = Math.max(next[i], 0f);
            }
        } else {
            FloatMath.tanh(n, next, next);
        }
        System.arraycopy(next, 0, h, 0, n);
    }

    @Override
    void stepBack(int n, float[][] gate, float[] h, float[] dh, float[][] d) {
        float[] next = gate[0];
        float[] dGate = d[0];
        if (relu) {
            for (int i = 0; i < n; i++) {
                dGate[i] = next[i] > 0f ? dh[i] : 0f;
            }
        } else {
            for (int i = 0; i < n; i++) {
                dGate[i] = dh[i] * (1f - next[i] * next[i]);
            }
        }
        Arrays.fill(dh, 0, n, 0f);
    }
}
