package io.sparknn.tensor;

/** {@code h' = tanh(W_ih x + b_ih + W_hh h + b_hh)} over the elements of each row. */
final class RnnOp extends Recurrent {
    RnnOp(Unroll unroll, Lengths lengths) {
        super("rnn", 1, unroll, lengths);
    }

    @Override
    int extras() {
        return 0;
    }

    @Override
    void step(int n, float[][] gate, float[] h) {
        FloatMath.tanh(n, gate[0], gate[0]);
        System.arraycopy(gate[0], 0, h, 0, n);
    }

    @Override
    void stepBack(int n, float[][] gate, float[] h, float[] dh, float[][] d) {
        float[] next = gate[0];
        float[] dGate = d[0];
        for (int i = 0; i < n; i++) {
            dGate[i] = dh[i] * (1f - next[i] * next[i]);
            dh[i] = 0f;
        }
    }
}
