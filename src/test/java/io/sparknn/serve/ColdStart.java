package io.sparknn.serve;

import java.util.Arrays;

/** Scores one row in a JVM that knows nothing but the library, and prints the time and the outputs. */
public final class ColdStart {
    private ColdStart() {}

    /** The directory of a model, and the width of its rows; nothing for a JVM that does nothing. */
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        float[] outputs = new float[0];
        if (arguments.length > 0) {
            float[] row = new float[Integer.parseInt(arguments[1])];
            Arrays.fill(row, 0.5f);
            outputs = Predictor.load(arguments[0]).predict(row);
        }
        long nanos = System.nanoTime() - start;
        System.out.println(nanos);
        System.out.println(Arrays.toString(outputs));
    }
}
