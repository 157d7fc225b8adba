package io.sparknn.train.net;

/** A piece of what one worker sends another: the round in which it was sent, and bytes in an array of the pool. */
final class Frame {
    private final int round;
    private final byte[] bytes;
    private final int length;

    Frame(int round, byte[] bytes, int length) {
        this.round = round;
        this.bytes = bytes;
        this.length = length;
    }

    int round() {
        return round;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How much of the array counts. */
    int length() {
        return length;
    }
}
