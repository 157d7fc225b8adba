package io.sparknn.train.net;

import java.io.Serializable;
import org.apache.spark.SparkConf;

/** How long the workers of a fit wait. */
final class Limits implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The setting for each wait, which errors name. */
    static final String TIMEOUT = "spark.sparknn.timeout";

    /** The setting for how long the first worker waits for the last to come. */
    static final String GATHERING = "spark.sparknn.registrationTimeout";

    private final long joinMillis;
    private final long waitMillis;

    Limits(long joinMillis, long waitMillis) {
        this.joinMillis = joinMillis;
        this.waitMillis = waitMillis;
    }

    static Limits of(SparkConf conf) {
        return new Limits(conf.getTimeAsMs(GATHERING, "60s"), conf.getTimeAsMs(TIMEOUT, "120s"));
    }

    /** Until all workers are there. */
    long joinMillis() {
        return joinMillis;
    }

    /** For another worker or the driver. */
    long waitMillis() {
        return waitMillis;
    }
}
