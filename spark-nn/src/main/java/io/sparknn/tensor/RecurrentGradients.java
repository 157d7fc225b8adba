package io.sparknn.tensor;

/**
 * The gradients of a recurrent layer's weights. Steps hand in what they have; a product adds it up once there is enough
 * of it to keep a product busy, while it still is in the cache.
 */
final class RecurrentGradients {
    /** Elements that one product adds up. */
    private static final int PANEL = 256;

    private final Gemm gemm = Gemm.get();
    private final int gates;
    private final int apart;
    private final int width;
    private final int size;
    private final int room;

    /** Of the sequence, both weights and perhaps both biases; null where none is wanted. */
    private final float[][] gradients;

    private final float[][] d;
    private final float[] x;
    private final float[] h;
    private final double[][] sums;
    private float[][] packed = new float[0][];
    private int held;

    RecurrentGradients(int gates, int apart, int width, int size, int rowsAtOnce, float[][] gradients) {
        this.gates = gates;
        this.apart = apart;
        this.width = width;
        this.size = size;
        this.gradients = gradients;
        this.room = Math.max(PANEL, rowsAtOnce);
        this.d = new float[gates + (apart < 0 ? 0 : 1)][];
        for (int part = 0; part < d.length; part++) {
            d[part] = Recurrent.spare(room * size);
        }
        this.x = Recurrent.spare(room * width);
        this.h = Recurrent.spare(room * size);
        this.sums = new double[d.length][size];
    }

    /** Takes the gradients of the gates in one step, with the elements and the states before it. */
    void add(int rows, float[][] dGate, float[] elements, float[] states) {
        if (held + rows > room) {
            flush();
        }
        for (int part = 0; part < d.length; part++) {
            System.arraycopy(dGate[part], 0, d[part], held * size, rows * size);
        }
        System.arraycopy(elements, 0, x, held * width, rows * width);
        System.arraycopy(states, 0, h, held * size, rows * size);
        held += rows;
    }

    private void flush() {
        product(1, width, x);
        product(2, size, h);
        for (int part = 0; part < d.length; part++) {
            addUp(d[part], sums[part]);
        }
        held = 0;
    }

    /** One column of {@code columns} for each gradient of a gate, added up over the elements. */
    private void product(int input, int columns, float[] right) {
        if (gradients[input] == null || held == 0) {
            return;
        }
        packed = gemm.fill(packed, held, columns, right, 0, columns, 1);
        PackedMatrix matrix = new PackedMatrix(gemm, held, columns, packed);
        for (int g = 0; g < gates; g++) {
            float[] left = d[input == 2 && g == apart ? gates : g];
            gemm.multiply(size, left, 0, 1, size, matrix, gradients[input], g * size * columns, true);
        }
    }

    private void addUp(float[] values, double... sum) {
        for (int row = 0; row < held; row++) {
            int from = row * size;
            for (int i = 0; i < size; i++) {
                sum[i] += values[from + i];
            }
        }
    }

    /** Adds up the rest. */
    void finish() {
        flush();
        for (int g = 0; g < gates && gradients.length > 3; g++) {
            bias(g, sums[g], gradients[3]);
            bias(g, sums[g == apart ? gates : g], gradients[4]);
        }
    }

    private void bias(int g, double[] sum, float[] gradient) {
        for (int i = 0; gradient != null && i < size; i++) {
            gradient[g * size + i] += (float) sum[i];
        }
    }
}
