package io.sparknn.tensor;

/**
 * The random numbers of a pass. Those of a tensor of rows depend on the number of each row in the data and on the place
 * within the row: so a row gets the same ones from whatever worker, in whatever block.
 */
final class Chance {
    private final long key;
    private final long[] rowNumbers;
    private long draws;

    /**
     * The numbers of a key.
     *
     * @param rowNumbers the numbers of a block's rows, or null if a tensor with rows is like any other
     */
    Chance(long key, long[] rowNumbers) {
        this.key = key;
        this.rowNumbers = rowNumbers;
    }

    /** Where the numbers drawn in a shape carry rows: nowhere if rows are not known by number. */
    int rowAxis(Shape shape) {
        return rowNumbers == null ? -1 : shape.rowAxis();
    }

    /** The next numbers of a path. */
    void draw(String path, Shape shape, boolean normal, float[] values) {
        long drawn = RandomStream.key(RandomStream.key(key, path), draws++);
        int axis = rowAxis(shape);
        if (axis < 0) {
            fill(drawn, 0, normal, values, 0, values.length);
            return;
        }
        Lengths lengths = shape.lengths();
        if (lengths != null) {
            int width = shape.dropFirst(2).size();
            for (int row = 0; row < lengths.rows(); row++) {
                long ofRow = RandomStream.key(drawn, rowNumbers[row]);
                fill(ofRow, 0, normal, values, lengths.offset(row) * width, lengths.length(row) * width);
            }
            return;
        }
        Lanes rows = new Lanes(shape, axis);
        for (int row = 0; row < rows.size; row++) {
            long ofRow = RandomStream.key(drawn, rowNumbers[row]);
            for (int o = 0; o < rows.outer; o++) {
                fill(ofRow, o * rows.inner, normal, values, (o * rows.size + row) * rows.inner, rows.inner);
            }
        }
    }

    private static void fill(long key, int place, boolean normal, float[] values, int to, int length) {
        if (!normal) {
            RandomStream.uniforms(key, place, values, to, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            values[to + i] = RandomStream.normalAt(key, place + i);
        }
    }
}
