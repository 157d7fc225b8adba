package io.sparknn.ml;

import io.sparknn.nn.SupportedSpark;

/**
 * The uid of an estimator or model that is still being made: constructors of Spark's Predictor family ask for it before
 * a subclass can have a field. It is stashed while the arguments of {@code this(...)} are evaluated, and taken when the
 * field is there.
 */
final class PendingUid {
    private static final ThreadLocal<String> PENDING = new ThreadLocal<>();

    private final String uid;

    private PendingUid(String uid) {
        this.uid = uid;
    }

    /** Gives the uid to the constructors that run next: Spark's, and then those of Params. */
    static PendingUid stash(String uid) {
        SupportedSpark.check();
        PENDING.set(uid);
        return new PendingUid(uid);
    }

    static String get() {
        return PENDING.get();
    }

    /** The uid, which the object now has itself. */
    String taken() {
        PENDING.remove();
        return uid;
    }
}
