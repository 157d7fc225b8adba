package io.sparknn.tensor;

/** One value of each row, (rows, 1, ...), for every element of the row; the gradient is summed over the row. */
final class RepeatRows extends Operation {
    private final Lengths lengths;
    private int width;

    RepeatRows(Lengths lengths) {
        this.lengths = lengths;
    }

    @Override
    void describe(Note note) {
        note.lengths("lengths", lengths);
    }

    @Override
    String name() {
        return "repeating rows";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape element = in[0].localShape().dropFirst(2);
        width = element.size();
        int[] dims = new int[element.rank() + 1];
        dims[0] = lengths.total();
        System.arraycopy(element.local(), 0, dims, 1, element.rank());
        return Shape.of(dims);
    }

    @Override
    int rowAxis(Tensor... in) {
        return 0;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        float[] x = in[0].values();
        for (int row = 0; row < lengths.rows(); row++) {
            for (int at = lengths.offset(row); at < lengths.offset(row + 1); at++) {
                System.arraycopy(x, row * width, y, at * width, width);
            }
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        for (int row = 0; row < lengths.rows(); row++) {
            for (int i = 0; i < width; i++) {
                double sum = 0;
                for (int at = lengths.offset(row); at < lengths.offset(row + 1); at++) {
                    sum += gy[at * width + i];
                }
                gradients[0][row * width + i] += (float) sum;
            }
        }
    }
}
