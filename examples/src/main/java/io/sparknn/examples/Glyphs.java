package io.sparknn.examples;

import java.util.Arrays;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Draws digits of 28 × 28 pixels: a 5 × 7 glyph, enlarged, moved, faded, and with noise. */
final class Glyphs {
    private static final int SIZE = 28;
    private static final int COLUMNS = 5;
    private static final int LINES = 7;
    private static final int SCALE = 3;

    /** The lines of each digit, top down; the highest of five bits is the left column. */
    private static final int[][] DIGITS = {
        {14, 17, 19, 21, 25, 17, 14},
        {4, 12, 4, 4, 4, 4, 14},
        {14, 17, 1, 2, 4, 8, 31},
        {31, 2, 4, 2, 1, 17, 14},
        {2, 6, 10, 18, 31, 2, 2},
        {31, 16, 30, 1, 1, 17, 14},
        {6, 8, 16, 30, 17, 17, 14},
        {31, 1, 2, 4, 8, 8, 8},
        {14, 17, 17, 14, 17, 17, 14},
        {14, 17, 17, 15, 1, 2, 12}
    };

    private Glyphs() {}

    /** A digit; the same seed draws the same pixels. */
    static Vector draw(int digit, long seed) {
        Random random = new Random(seed);
        double[] pixels = new double[SIZE * SIZE];
        Arrays.setAll(pixels, i -> Math.max(0, 0.25 * random.nextGaussian()));
        int left = 3 + random.nextInt(7);
        int top = 1 + random.nextInt(5);
        double ink = 0.5 + 0.5 * random.nextDouble();
        for (int y = 0; y < LINES * SCALE; y++) {
            for (int x = 0; x < COLUMNS * SCALE; x++) {
                if ((DIGITS[digit][y / SCALE] >> (COLUMNS - 1 - x / SCALE) & 1) == 1) {
                    pixels[(top + y) * SIZE + left + x] += ink;
                }
            }
        }
        return Vectors.dense(Arrays.stream(pixels).map(p -> Math.min(1, p)).toArray());
    }
}
