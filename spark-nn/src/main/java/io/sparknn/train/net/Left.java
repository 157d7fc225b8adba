package io.sparknn.train.net;

/** What a worker leaves for the others of its JVM in a round: bytes, or floats with numbers. */
final class Left {
    private final int round;
    private final float[][] floats;
    private final double[] numbers;
    private final byte[] bytes;

    private Left(int round, float[][] floats, double[] numbers, byte[] bytes) {
        this.round = round;
        this.floats = floats;
        this.numbers = numbers;
        this.bytes = bytes;
    }

    static Left bytes(int round, byte[] bytes) {
        return new Left(round, null, null, bytes);
    }

    static Left floats(int round, float[][] floats, double[] numbers) {
        return new Left(round, floats, numbers, null);
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
    boolean matches(Left other) {
        return round == other.round && (bytes == null) == (other.bytes == null);
    }
}
