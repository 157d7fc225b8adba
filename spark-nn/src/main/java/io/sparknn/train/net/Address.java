package io.sparknn.train.net;

import java.io.Serializable;

/** Where the workers of an attempt find its coordinator. Travels to them in the closure of their tasks. */
public final class Address implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Ticket ticket;
    private final int workers;
    private final Limits limits;
    private final String host;
    private final int port;

    /** Of a coordinator that listens; port 0 says that it does not, and that all workers run in its JVM. */
    Address(Ticket ticket, int workers, Limits limits, String host, int port) {
        this.ticket = ticket;
        this.workers = workers;
        this.limits = limits;
        this.host = host;
        this.port = port;
    }

    /**
     * How many workers the attempt has.
     *
     * @return at least 1
     */
    public int workers() {
        return workers;
    }

    /**
     * The number of the attempt.
     *
     * @return from 1
     */
    public int attempt() {
        return ticket.attempt();
    }

    Ticket ticket() {
        return ticket;
    }

    Limits limits() {
        return limits;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }
}
