package io.sparknn.train.net;

/** What a message is for. */
enum Kind {
    // from a worker to the driver
    REGISTER(1),
    ASK(2),
    LEAVE(3),
    // from the driver to the workers of a JVM
    ASSEMBLED(4),
    LOST(5),
    ANSWER(6),
    NO_ANSWER(7),
    OVER(8),
    // from worker to worker
    DATA(9),
    LEFT(10);

    private final int code;

    Kind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Kind of(int code) {
        for (Kind kind : ALL) {
            if (kind.code == code) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "a message of training has a kind from 1 to " + ALL.length + ", got " + code + "; who is calling?");
    }

    private static final Kind[] ALL = values();
}
