package io.sparknn.train;

import org.apache.spark.SparkContext;

/** What Spark's UI says of the jobs of a fit; afterwards, what it said before. */
final class JobDescription {
    private static final String KEY = "spark.job.description";

    private final SparkContext spark;
    private final String before;

    JobDescription(SparkContext spark) {
        this.spark = spark;
        before = spark.getLocalProperty(KEY);
    }

    void set(String text) {
        spark.setJobDescription(text);
    }

    void restore() {
        spark.setLocalProperty(KEY, before);
    }
}
