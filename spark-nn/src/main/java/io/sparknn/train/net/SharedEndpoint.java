package io.sparknn.train.net;

import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.network.server.RpcHandler;

/**
 * The endpoint of this JVM, shared by all fits of its application. Opened for the first; closed when all are over, or when
 * it was not used for a minute, in case the driver could not say so.
 */
final class SharedEndpoint {
    private final Supplier<Wire> wires;
    private final RpcHandler handler;
    private final Set<Ticket> fits = new HashSet<>();
    private Wire wire;
    private Endpoint endpoint;
    private int users;
    private ScheduledFuture<?> closing;

    SharedEndpoint(Supplier<Wire> wires, RpcHandler handler) {
        this.wires = wires;
        this.handler = handler;
    }

    /** Each use ends with {@link #release}. */
    synchronized Endpoint acquire(Ticket fit) {
        Wire now = wires.get();
        if (endpoint != null && !endpoint.application().equals(now.application())) {
            close(takeEndpoint()); // of an application that has ended
        }
        if (endpoint == null) {
            endpoint = new Endpoint(now, handler);
            wire = now;
        }
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
        fits.add(fit.fit());
        users++;
        return endpoint;
    }

    void release(Endpoint used) {
        Endpoint unused = null;
        synchronized (this) {
            if (used == endpoint && --users == 0) {
                if (fits.isEmpty()) {
                    unused = takeEndpoint();
                } else {
                    closing = GlobalEventExecutor.INSTANCE.schedule(
                            this::closeIdle, wire.idleMillis(), TimeUnit.MILLISECONDS);
                }
            }
        }
        if (unused != null) {
            unused.close();
        }
    }

    /** A fit has ended. Called on threads of the network, which must not wait for the network to close. */
    synchronized void over(Ticket fit) {
        fits.remove(fit.fit());
        if (users == 0 && fits.isEmpty() && endpoint != null) {
            close(takeEndpoint());
        }
    }

    /**
     * A worker that uses the endpoint is not wanted, so nobody will come to say when its fit is over. Others here may be
     * wanted and in the middle of it: closing the connections with the first of them that is done would cut off the rest.
     */
    synchronized void refused(Ticket fit) {
        if (users == 1) {
            fits.remove(fit.fit());
        }
    }

    private synchronized void closeIdle() {
        if (users == 0 && endpoint != null) {
            close(takeEndpoint());
        }
    }

    /** What a crash looks like to others. For tests. */
    synchronized void breakDown() {
        endpoint.close();
    }

    private Endpoint takeEndpoint() {
        Endpoint taken = endpoint;
        endpoint = null;
        users = 0;
        fits.clear();
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
        return taken;
    }

    private static void close(Endpoint endpoint) {
        Threads.start("spark-nn close", endpoint::close);
    }
}
