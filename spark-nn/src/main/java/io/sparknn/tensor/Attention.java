package io.sparknn.tensor;

/**
 * {@code y = softmax(q · kᵀ / √w) · v} within each row and head, w being the width of a head. The weights of a row are
 * computed again in backward, so that what is kept does not grow with the square of its length.
 */
final class Attention extends Operation {
    private final int heads;
    private final Lengths queries;
    private final Lengths keys;
    private Gemm gemm;
    private int width;
    private int head;
    private float scale;

    private Attention(int heads, Lengths queries, Lengths keys) {
        this.heads = heads;
        this.queries = queries;
        this.keys = keys;
    }

    static Tensor of(Tensor q, Tensor k, Tensor v, int heads) {
        checkShapes(q, k, v, heads);
        Lengths queries = Lengths.ofSequence(q);
        Lengths keys = Lengths.ofSequence(k);
        Attention attention = new Attention(heads, queries, keys);
        if (carriesRows(q, k, v)) {
            attention.rowAxis(q, k, v);
        }
        if (queries.rows() != keys.rows() || !keys.sameAs(Lengths.ofSequence(v))) {
            throw new IllegalArgumentException("attention of " + shapes(q, k, v)
                    + " expects as many rows of keys as of queries, and values of the lengths of the keys");
        }
        Tensor y = attention.apply(elements(q), elements(k), elements(v));
        return q.lengths() == null ? y : new Tensor(y, q.lengths());
    }

    /** As it was recorded. */
    static Tensor again(int heads, Lengths queries, Lengths keys, Tensor... in) {
        Lengths q = queries == null ? Lengths.ofSequence(in[0]) : queries;
        Lengths k = keys == null ? Lengths.ofSequence(in[1]) : keys;
        if (heads < 1 || in[0].localShape().last() % heads != 0 || q.rows() != k.rows()) {
            throw new IllegalArgumentException("attention of " + shapes(in) + " does not fit " + heads + " heads");
        }
        return new Attention(heads, q, k).apply(in);
    }

    private static Tensor elements(Tensor x) {
        return x.lengths() == null ? x : x.flat();
    }

    private static void checkShapes(Tensor q, Tensor k, Tensor v, int heads) {
        for (Tensor x : new Tensor[] {q, k, v}) {
            if (x.localShape().rank() != 3
                    || x.localShape().last() != q.localShape().last()) {
                throw new IllegalArgumentException(
                        "attention of " + shapes(q, k, v) + " expects sequences (rows, *, width) of one width");
            }
        }
        if (heads < 1 || q.localShape().last() % heads != 0) {
            throw new IllegalArgumentException("attention of " + shapes(q, k, v)
                    + " expects heads that divide the width, got " + heads + "; choose a divisor of "
                    + q.localShape().last());
        }
    }

    @Override
    void describe(Note note) {
        note.integer("heads", heads).lengths("queries", queries, note.input(0)).lengths("keys", keys, note.input(1));
    }

    @Override
    String name() {
        return "attention";
    }

    @Override
    Shape shape(Tensor... in) {
        width = in[0].localShape().last();
        head = width / heads;
        scale = (float) (1 / Math.sqrt(head));
        return in[0].localShape();
    }

    @Override
    int rowAxis(Tensor... in) {
        for (Tensor x : in) {
            if (x.rowAxis() != 0) {
                throw mixesRows(in);
            }
        }
        return 0;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        gemm = Gemm.get();
        float[] p = Recurrent.spare(largest());
        float[] part = Recurrent.spare(queries.longest() * head);
        for (int row = 0; row < queries.rows(); row++) {
            int m = queries.length(row);
            int n = keys.length(row);
            for (int h = 0; h < heads; h++) {
                int q = queries.offset(row) * width + h * head;
                int k = keys.offset(row) * width + h * head;
                weights(m, n, in[0].values(), q, in[1].values(), k, p);
                gemm.multiply(m, head, n, p, 0, n, 1, in[2].values(), k, width, 1, part, 0, false);
                for (int i = 0; i < m; i++) {
                    System.arraycopy(part, i * head, y, q + i * width, head);
                }
            }
        }
    }

    private int largest() {
        int largest = 0;
        for (int row = 0; row < queries.rows(); row++) {
            largest = Math.max(largest, Math.multiplyExact(queries.length(row), keys.length(row)));
        }
        return largest;
    }

    /** The weights of a row in a head, (m, n). */
    private void weights(int m, int n, float[] q, int qAt, float[] k, int kAt, float[] p) {
        gemm.multiply(m, n, head, q, qAt, width, 1, k, kAt, 1, width, p, 0, false);
        for (int i = 0; i < m; i++) {
            float max = Float.NEGATIVE_INFINITY;
            for (int at = i * n; at < (i + 1) * n; at++) {
                p[at] *= scale;
                max = Math.max(max, p[at]);
            }
            for (int at = i * n; at < (i + 1) * n; at++) {
                p[at] -= max;
            }
        }
        FloatMath.exp(m * n, p, p);
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int at = i * n; at < (i + 1) * n; at++) {
                sum += p[at];
            }
            float total = (float) sum;
            for (int at = i * n; at < (i + 1) * n; at++) {
                p[at] /= total;
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] p = Recurrent.spare(largest());
        float[] dp = Recurrent.spare(largest());
        float[] dy = Recurrent.spare(queries.longest() * head);
        float[] part = Recurrent.spare(Math.max(queries.longest(), keys.longest()) * head);
        for (int row = 0; row < queries.rows(); row++) {
            int m = queries.length(row);
            int n = keys.length(row);
            for (int h = 0; h < heads; h++) {
                int q = queries.offset(row) * width + h * head;
                int k = keys.offset(row) * width + h * head;
                for (int i = 0; i < m; i++) {
                    System.arraycopy(gy, q + i * width, dy, i * head, head);
                }
                weights(m, n, in[0].values(), q, in[1].values(), k, p);
                gemm.multiply(m, n, head, dy, 0, head, 1, in[2].values(), k, 1, width, dp, 0, false);
                toScores(m, n, p, dp);
                gemm.multiply(m, head, n, dp, 0, n, 1, in[1].values(), k, width, 1, part, 0, false);
                add(part, m, gradients[0], q);
                gemm.multiply(n, head, m, dp, 0, 1, n, in[0].values(), q, width, 1, part, 0, false);
                add(part, n, gradients[1], k);
                gemm.multiply(n, head, m, p, 0, 1, n, dy, 0, head, 1, part, 0, false);
                add(part, n, gradients[2], k);
            }
        }
    }

    /** From the gradient of the weights to that of what the softmax was taken of, before the scale. */
    private void toScores(int m, int n, float[] p, float[] dp) {
        for (int i = 0; i < m; i++) {
            double sum = 0;
            for (int at = i * n; at < (i + 1) * n; at++) {
                sum += (double) dp[at] * p[at];
            }
            for (int at = i * n; at < (i + 1) * n; at++) {
                dp[at] = (float) (p[at] * (dp[at] - sum)) * scale;
            }
        }
    }

    private void add(float[] part, int rows, float[] gradient, int to) {
        for (int i = 0; gradient != null && i < rows; i++) {
            for (int j = 0; j < head; j++) {
                gradient[to + i * width + j] += part[i * head + j];
            }
        }
    }
}
