package io.sparknn.tensor;

/** Rows of a table by ids; the gradient is added to the rows that were looked up, but for the padding's. */
final class EmbeddingOp extends Operation {
    private final int paddingIdx;
    private int[] places = new int[0];
    private int width;

    EmbeddingOp(int paddingIdx) {
        this.paddingIdx = paddingIdx;
    }

    @Override
    void describe(Note note) {
        note.integer("paddingIdx", paddingIdx);
    }

    @Override
    String name() {
        return "embedding";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape table = in[1].localShape();
        if (table.rank() != 2) {
            throw new IllegalArgumentException(
                    "embedding of " + shapes(in) + " expects a table of rank 2, one row for each id");
        }
        width = table.dim(1);
        int[] ids = in[0].localShape().local();
        int[] dims = java.util.Arrays.copyOf(ids, ids.length + 1);
        dims[ids.length] = width;
        return Shape.of(dims);
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return onlyFlat(1, in);
    }

    @Override
    int rowAxis(Tensor... in) {
        if (in[1].rowAxis() >= 0) {
            throw mixesRows(in);
        }
        return in[0].rowAxis();
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] table = in[1].values();
        places = Indices.into(places, "embedding", in[0], in[1].localShape().dim(0));
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(table, places[i] * width, y, i * width, width);
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        float[] table = gradients[1];
        for (int i = 0; table != null && i < places.length; i++) {
            int to = places[i] * width;
            for (int j = 0; places[i] != paddingIdx && j < width; j++) {
                table[to + j] += gy[i * width + j];
            }
        }
    }
}
