package io.sparknn.nn;

import org.apache.spark.ml.param.Param;

/**
 * Refuses the one Spark that this library's class files cannot run on, before it breaks in the middle: 4.0.0 made Params
 * of its own kind only, by constructors that no Spark before and none after it has.
 */
public final class SupportedSpark {
    private static final String REFUSAL = paramsCanBeMade(Param.class)
            ? null
            : "spark-nn expects Spark 3.5, or 4.0.1 and newer, got " + org.apache.spark.package$.MODULE$.SPARK_VERSION()
                    + ", in which no Param can be made as in all others; use Spark 4.0.1 or newer";

    private SupportedSpark() {}

    /**
     * Checks the Spark on the class path; where Params are made first.
     *
     * @throws IllegalStateException if this is one that the library cannot run on
     */
    public static void check() {
        if (REFUSAL != null) {
            throw new IllegalStateException(REFUSAL);
        }
    }

    /** By what is missing, not by the number: a distribution may have mended its 4.0.0. */
    static boolean paramsCanBeMade(Class<?> param) {
        try {
            param.getConstructor(String.class, String.class, String.class);
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
