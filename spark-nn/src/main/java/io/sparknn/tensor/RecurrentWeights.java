package io.sparknn.tensor;

import java.util.Arrays;

/** The weights of a recurrent layer, packed gate by gate: for the way forward transposed, for the way back as they are. */
final class RecurrentWeights {
    private final Gemm gemm;
    private final int apart;
    private final int width;
    private final int size;
    private final PackedMatrix[] ofElements;
    private final PackedMatrix[] ofState;

    /**
     * Packs weights.
     *
     * @param gates how many there are
     * @param apart the gate to which the state contributes by a function of its own; -1 if there is none
     * @param elements (gates · size, width)
     * @param state (gates · size, size)
     */
    RecurrentWeights(int gates, int apart, int width, int size, boolean transposed, float[] elements, float... state) {
        this.gemm = Gemm.get();
        this.apart = apart;
        this.width = width;
        this.size = size;
        this.ofElements = new PackedMatrix[gates];
        this.ofState = new PackedMatrix[gates];
        for (int g = 0; g < gates; g++) {
            ofElements[g] = packed(transposed, width, elements, g * size * width);
            ofState[g] = packed(transposed, size, state, g * size * size);
        }
    }

    private PackedMatrix packed(boolean transposed, int columns, float[] matrix, int from) {
        return transposed
                ? gemm.pack(columns, size, matrix, from, 1, columns)
                : gemm.pack(size, columns, matrix, from, columns, 1);
    }

    /** The state's part of a gate: behind the gates where it is apart. */
    private float[] ofState(int g, float[]... gate) {
        return gate[g == apart ? ofState.length : g];
    }

    /** What rows of elements and of states contribute to the gates, on top of what is in them. */
    void addTo(float[][] gate, int rows, float[] x, float[] h) {
        for (int g = 0; g < ofState.length; g++) {
            gemm.multiply(rows, x, 0, width, 1, ofElements[g], gate[g], 0, true);
            gemm.multiply(rows, h, 0, size, 1, ofState[g], ofState(g, gate), 0, true);
        }
    }

    /** The gradient of the states, on top of what is there. */
    void addBack(float[][] d, int rows, float[] dh) {
        for (int g = 0; g < ofState.length; g++) {
            gemm.multiply(rows, ofState(g, d), 0, size, 1, ofState[g], dh, 0, true);
        }
    }

    /** The gradient of the elements. */
    void back(float[][] d, int rows, float[] dx) {
        Arrays.fill(dx, 0, rows * width, 0f);
        for (int g = 0; g < ofState.length; g++) {
            gemm.multiply(rows, d[g], 0, size, 1, ofElements[g], dx, 0, true);
        }
    }
}
