package io.sparknn.train.net;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.spark.network.client.TransportClient;

/** The connections of a JVM for one attempt: to the driver, and to each other JVM. */
final class Links {
    private final Endpoint endpoint;
    private final Party party;
    private volatile TransportClient driver;
    private volatile AtomicReferenceArray<TransportClient> others;

    Links(Endpoint endpoint, Party party) {
        this.endpoint = endpoint;
        this.party = party;
    }

    int port() {
        return endpoint.port();
    }

    TransportClient driver(Patience patience) {
        Address address = party.address();
        driver = connect(address.host(), address.port(), patience, Patience.DRIVER, "connecting");
        if (!driver.isActive()) {
            party.disconnected(driver);
        }
        return driver;
    }

    /** Connects this worker's share of the JVMs; the others are done by the other workers here. */
    void connect(Company company, int localRank, Patience patience) {
        Roster roster = company.roster();
        AtomicReferenceArray<TransportClient> clients = others(roster.groups());
        for (int group = localRank; group < roster.groups(); group += company.locals().length) {
            if (group != company.group()) {
                Member there = roster.member(roster.group(group)[0]);
                // One that has left is no reason to fail: there may be nothing to say to it.
                TransportClient client =
                        connect(there.host(), there.port(), patience, Patience.ANYONE, "connecting to " + there);
                clients.set(group, client);
                if (!client.isActive()) {
                    party.disconnected(client);
                }
            }
        }
    }

    private synchronized AtomicReferenceArray<TransportClient> others(int groups) {
        if (others == null) {
            others = new AtomicReferenceArray<>(groups);
        }
        return others;
    }

    /** On a thread of its own, since connecting cannot be interrupted by killing the task. */
    private TransportClient connect(String host, int port, Patience patience, int whom, String where) {
        CompletableFuture<TransportClient> connected = new CompletableFuture<>();
        Threads.start("spark-nn connect", () -> {
            try {
                connected.complete(endpoint.connect(host, port));
            } catch (Exception e) {
                connected.completeExceptionally(e);
            }
        });
        return patience.result(connected, whom, where);
    }

    TransportClient other(int group) {
        return others.get(group);
    }

    boolean isDriver(TransportClient client) {
        return client == driver;
    }

    /** The JVM at the other end of a connection, -1 for none of this attempt. */
    int groupOf(TransportClient client) {
        AtomicReferenceArray<TransportClient> known = others;
        for (int group = 0; known != null && group < known.length(); group++) {
            if (known.get(group) == client) {
                return group;
            }
        }
        return -1;
    }
}
