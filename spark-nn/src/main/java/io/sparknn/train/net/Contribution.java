package io.sparknn.train.net;

/** What a worker leaves for the others of its JVM in a round: bytes, or floats with numbers. */
final class Contribution {
    private final int round;
    private final float[][] floats;
    private final double[] numbers;
    private final byte[] bytes;

    private Contribution(int round, float[][] floats, double[] numbers, byte[] bytes) {
        this.round = round;
        this.floats = floats;
        this.numbers = numbers;
        this.bytes = bytes;
    }

    static Contribution bytes(int round, byte[] bytes) {
        return new Contribution(round, null, null, bytes);
    }

    static Contribution floats(int round, float[][] floats, double[] numbers) {
        return new Contribution(round, floats, numbers, null);
    }

    float[][] floats() {
        return floats;
    }

    double[] numbers() {
        return numbers;
    }

    byte[] bytes() {
        return bytes;
    }

    /** Whether another worker does the same thing in the same round. */
    boolean matches(Contribution other) {
        return round == other.round && (bytes == null) == (other.bytes == null);
    }
}
