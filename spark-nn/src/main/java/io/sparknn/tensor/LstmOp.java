package io.sparknn.tensor;

import java.util.Arrays;

/**
 * {@code i, f, o = σ(W_i x + b_i + W_h h + b_h)}, {@code g = tanh(...)} likewise, {@code c' = f · c + i · g}, {@code h' = o
 * · tanh(c')} over the elements of each row; the gates in the order i, f, g, o, which is PyTorch's.
 */
final class LstmOp extends Recurrent {
    private static final int INPUT = 0;
    private static final int FORGET = 1;
    private static final int CELL = 2;
    private static final int OUTPUT = 3;
    /** The cell's content before the step, and the tanh of that after it. */
    private static final int BEFORE = 4;

    private static final int BOUNDED = 5;

    /** The cells of all rows; in backward, their gradients. */
    private float[] content;

    LstmOp(Unroll unroll, Lengths lengths) {
        super("lstm", 4, unroll, lengths);
    }

    @Override
    int extras() {
        return 2;
    }

    @Override
    void begin(int n) {
        content = spare(n);
        Arrays.fill(content, 0, n, 0f);
    }

    @Override
    void step(int n, float[][] gate, float[] h) {
        float[] input = gate[INPUT];
        float[] forget = gate[FORGET];
        float[] cell = gate[CELL];
        float[] output = gate[OUTPUT];
        float[] bounded = gate[BOUNDED];
        float[] c = content;
        FloatMath.sigmoid(n, input, input);
        FloatMath.sigmoid(n, forget, forget);
        FloatMath.tanh(n, cell, cell);
        FloatMath.sigmoid(n, output, output);
        System.arraycopy(c, 0, gate[BEFORE], 0, n);
        for (int i = 0; i < n; i++) {
            c[i] = Math.fma(forget[i], c[i], input[i] * cell[i]);
        }
        FloatMath.tanh(n, c, bounded);
        for (int i = 0; i < n; i++) {
            h[i] = output[i] * bounded[i];
        }
    }

    @Override
    void stepBack(int n, float[][] gate, float[] h, float[] dh, float[][] d) {
        toContent(n, gate[OUTPUT], gate[BOUNDED], dh, d[OUTPUT]);
        toGates(n, gate[INPUT], gate[CELL], d[INPUT], d[CELL]);
        float[] forget = gate[FORGET];
        float[] earlier = gate[BEFORE];
        float[] dForget = d[FORGET];
        float[] dc = content;
        for (int i = 0; i < n; i++) {
            dForget[i] = dc[i] * earlier[i] * forget[i] * (1f - forget[i]);
            dc[i] *= forget[i];
        }
    }

    private void toContent(int n, float[] output, float[] bounded, float[] dh, float[] dOutput) {
        float[] dc = content;
        for (int i = 0; i < n; i++) {
            dOutput[i] = dh[i] * bounded[i] * output[i] * (1f - output[i]);
            dc[i] += dh[i] * output[i] * (1f - bounded[i] * bounded[i]);
            dh[i] = 0f;
        }
    }

    private void toGates(int n, float[] input, float[] cell, float[] dInput, float[] dCell) {
        float[] dc = content;
        for (int i = 0; i < n; i++) {
            dInput[i] = dc[i] * cell[i] * input[i] * (1f - input[i]);
            dCell[i] = dc[i] * input[i] * (1f - cell[i] * cell[i]);
        }
    }
}
