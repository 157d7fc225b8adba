package io.sparknn.train.net;

import java.io.Serializable;
import java.security.SecureRandom;

/** Names an attempt of a fit. Who does not know the 128 bits of the fit is not heard. */
final class Ticket implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long high;
    private final long low;
    private final int attempt;

    Ticket(long high, long low, int attempt) {
        this.high = high;
        this.low = low;
        this.attempt = attempt;
    }

    /** The ticket of a new fit, of no attempt yet. */
    static Ticket draw() {
        SecureRandom random = new SecureRandom();
        return new Ticket(random.nextLong(), random.nextLong(), 0);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }

    int attempt() {
        return attempt;
    }

    /** The fit, whatever the attempt. */
    Ticket fit() {
        return attempt(0);
    }

    Ticket attempt(int number) {
        return new Ticket(high, low, number);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ticket that && high == that.high && low == that.low && attempt == that.attempt;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(low) + attempt;
    }

    /** Not the token: logs are read by others. */
    @Override
    public String toString() {
        return "attempt " + attempt;
    }
}
