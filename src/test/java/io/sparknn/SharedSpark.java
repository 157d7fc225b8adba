package io.sparknn;

import org.apache.spark.sql.SparkSession;

/** The Spark session that all tests of this JVM share: starting one takes seconds, and there can only be one. */
public final class SharedSpark {
    private static SparkSession session;

    private SharedSpark() {}

    /** The session, started by the first test that asks; Spark's own shutdown hook stops it. */
    public static synchronized SparkSession session() {
        if (session == null || session.sparkContext().isStopped()) {
            session = SparkSession.builder()
                    .master("local[2]")
                    .appName("spark-nn tests")
                    .config("spark.ui.enabled", "false")
                    .config("spark.sql.shuffle.partitions", "2")
                    .getOrCreate();
        }
        return session;
    }
}
