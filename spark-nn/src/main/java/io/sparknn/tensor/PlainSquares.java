package io.sparknn.tensor;

/** {@link Squares} in plain Java. */
final class PlainSquares extends Squares {
    @Override
    void largest(int planes, int height, int width, float[] x, float[] y) {
        int lines = height / 2;
        int places = width / 2;
        for (int line = 0; line < planes * lines; line++) {
            int from = (line / lines * height + line % lines * 2) * width;
            largest(0, places, x, from, width, y, line * places);
        }
    }

    @Override
    void spread(int planes, int height, int width, float[] x, float[] y, float[] gy, float[] gx) {
        int lines = height / 2;
        int places = width / 2;
        for (int line = 0; line < planes * lines; line++) {
            int from = (line / lines * height + line % lines * 2) * width;
            spread(0, places, x, from, width, y, gy, line * places, gx);
        }
    }

    /** Some squares of a line. */
    static void largest(int first, int end, float[] x, int from, int width, float[] y, int at) {
        for (int place = first; place < end; place++) {
            int a = from + 2 * place;
            int b = a + width;
            y[at + place] = Math.max(Math.max(x[a], x[a + 1]), Math.max(x[b], x[b + 1]));
        }
    }

    /** Some squares of a line. */
    static void spread(int first, int end, float[] x, int from, int width, float[] y, float[] gy, int at, float[] gx) {
        for (int place = first; place < end; place++) {
            float value = y[at + place];
            int a = from + 2 * place;
            int b = a + width;
            int found = select(value - x[b + 1], b + 1, -1);
            found = select(value - x[b], b, found);
            found = select(value - x[a + 1], a + 1, found);
            found = select(value - x[a], a, found);
            found = Float.isFinite(value) ? found : findSpecial(x, a, b, value);
            gx[found] += gy[at + place];
        }
    }

    /** The place if the difference from the largest is 0, of bits 0: no branch, which no processor could foresee. */
    static int select(float difference, int place, int otherwise) {
        int equal = (Float.floatToRawIntBits(difference) - 1) >> 31;
        return (place & equal) | (otherwise & ~equal);
    }

    /** The first element that is infinite, or the last that is NaN. */
    private static int findSpecial(float[] x, int a, int b, float value) {
        int[] places = {a, a + 1, b, b + 1};
        int found = -1;
        for (int place : places) {
            if (x[place] == value) {
                return place;
            }
            found = Float.isNaN(x[place]) ? place : found;
        }
        return found;
    }
}
