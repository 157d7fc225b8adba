package io.sparknn.tensor;

/**
 * Sums and sums of squares of the columns of a matrix, each in two doubles, as {@link TwoSum} keeps them; laid out so that
 * the compiler turns the loops over a row into vector code.
 */
final class ColumnMoments {
    private final int columns;
    private final double[] row;
    private final double[] sums;
    private final double[] sumsLow;
    private final double[] squares;
    private final double[] squaresLow;

    ColumnMoments(int columns) {
        this.columns = columns;
        this.row = new double[columns];
        this.sums = new double[columns];
        this.sumsLow = new double[columns];
        this.squares = new double[columns];
        this.squaresLow = new double[columns];
    }

    ColumnMoments add(float[] x, int rows) {
        for (int r = 0, from = 0; r < rows; r++, from += columns) {
            for (int i = 0; i < columns; i++) {
                row[i] = x[from + i];
            }
            add(columns, row, sums, sumsLow);
            for (int i = 0; i < columns; i++) {
                row[i] *= row[i];
            }
            add(columns, row, squares, squaresLow);
        }
        return this;
    }

    private static void add(int n, double[] x, double[] high, double[] low) {
        for (int i = 0; i < n; i++) {
            double old = high[i];
            double sum = old + x[i];
            double part = sum - old;
            low[i] += (old - (sum - part)) + (x[i] - part);
            high[i] = sum;
        }
    }

    /** Four doubles a column: sum and what rounding lost, sum of squares and what rounding lost. */
    void into(double[] state) {
        for (int i = 0; i < columns; i++) {
            into(state, 4 * i, sums[i], sumsLow[i]);
            into(state, 4 * i + 2, squares[i], squaresLow[i]);
        }
    }

    private static void into(double[] state, int at, double high, double low) {
        TwoSum.add(state, at, high);
        // An infinite sum loses nothing, see TwoSum; checked here, once, for a check in the loop would keep it scalar.
        TwoSum.add(state, at, Double.isFinite(low) ? low : 0);
    }
}
