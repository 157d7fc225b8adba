package io.sparknn.tensor;

/**
 * {@code r = σ(W_ir x + b_ir + W_hr h + b_hr)}, {@code z = σ(W_iz x + b_iz + W_hz h + b_hz)}, {@code n = tanh(W_in x + b_in
 * + r · (W_hn h + b_hn))}, {@code h' = (1 - z) · n + z · h} over the elements of each row; the gates in this order, which
 * is PyTorch's.
 */
final class GruOp extends Recurrent {
    private static final int RESET = 0;
    private static final int UPDATE = 1;
    private static final int NEW = 2;
    /** What the state contributes to the new gate. */
    private static final int STATE = 3;

    GruOp(Unroll unroll, Lengths lengths) {
        super("gru", 3, unroll, lengths);
    }

    @Override
    int extras() {
        return 1;
    }

    @Override
    int apart() {
        return NEW;
    }

    @Override
    void step(int n, float[][] gate, float[] h) {
        float[] r = gate[RESET];
        float[] z = gate[UPDATE];
        float[] next = gate[NEW];
        float[] state = gate[STATE];
        FloatMath.sigmoid(n, r, r);
        FloatMath.sigmoid(n, z, z);
        for (int i = 0; i < n; i++) {
            next[i] = Math.fma(r[i], state[i], next[i]);
        }
        FloatMath.tanh(n, next, next);
        for (int i = 0; i < n; i++) {
            h[i] = Math.fma(z[i], h[i] - next[i], next[i]);
        }
    }

    @Override
    void stepBack(int n, float[][] gate, float[] h, float[] dh, float[][] d) {
        toNew(n, gate[UPDATE], gate[NEW], dh, d[NEW]);
        toUpdate(n, gate[UPDATE], gate[NEW], h, dh, d[UPDATE]);
        float[] r = gate[RESET];
        float[] state = gate[STATE];
        float[] dNew = d[NEW];
        float[] dReset = d[RESET];
        float[] dState = d[STATE];
        for (int i = 0; i < n; i++) {
            dReset[i] = dNew[i] * state[i] * r[i] * (1f - r[i]);
            dState[i] = dNew[i] * r[i];
        }
    }

    private static void toNew(int n, float[] z, float[] next, float[] dh, float[] dNew) {
        for (int i = 0; i < n; i++) {
            dNew[i] = dh[i] * (1f - z[i]) * (1f - next[i] * next[i]);
        }
    }

    private static void toUpdate(int n, float[] z, float[] next, float[] h, float[] dh, float[] dUpdate) {
        for (int i = 0; i < n; i++) {
            dUpdate[i] = dh[i] * (h[i] - next[i]) * z[i] * (1f - z[i]);
            dh[i] *= z[i];
        }
    }
}
