package io.sparknn.train.net;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.util.TaskCompletionListener;

/** A JVM as a place where workers and coordinators of several fits are. Tests have several in one JVM. */
final class Site {
    private static final Site HERE = new Site(Wire::ofSpark);

    private final long id = new SecureRandom().nextLong();
    private final Map<Ticket, Coordinator> coordinators = new ConcurrentHashMap<>();
    private final Map<Ticket, Party> parties = new ConcurrentHashMap<>();
    private final Supplier<Wire> wires;
    private final SharedEndpoint endpoint;

    Site(Supplier<Wire> wires) {
        this.wires = wires;
        this.endpoint = new SharedEndpoint(wires, new Receiver(this));
    }

    static Site here() {
        return HERE;
    }

    SharedEndpoint endpoint() {
        return endpoint;
    }

    void opened(Ticket fit, Coordinator coordinator) {
        coordinators.put(fit.fit(), coordinator);
    }

    void closed(Ticket fit) {
        coordinators.remove(fit.fit());
    }

    /** Null if the fit is not one of this JVM, or over. */
    Coordinator coordinator(Ticket ticket) {
        return coordinators.get(ticket.fit());
    }

    Party party(Ticket ticket) {
        return parties.get(ticket);
    }

    /** A fit has ended, so says the driver. */
    void over(Ticket fit) {
        endpoint.over(fit);
    }

    /** A connection is closed, at whichever end. */
    void disconnected(TransportClient client) {
        coordinators.values().forEach(each -> each.lost(client, "its connection to the driver closed"));
        parties.values().forEach(each -> each.disconnected(client));
    }

    /** Joins the workers of an attempt; see {@link Workers#join}. */
    Workers join(Address address, int rank) {
        if (rank < 0 || rank >= address.workers()) {
            throw new IllegalArgumentException(
                    "a worker joins with a rank from 0 to " + (address.workers() - 1) + ", got " + rank);
        }
        Wire wire = wires.get();
        TaskContext task = TaskContext.get();
        Party party = parties.compute(address.ticket(), (ticket, there) -> {
            Party mine = there != null ? there : new Party(address, id);
            mine.enter();
            return mine;
        });
        Worker worker = new Worker(this, party, rank, new Patience(party, rank, task));
        worker.join(coordinator(address.ticket()), wire, id);
        if (task != null) {
            task.addTaskCompletionListener(new Closing(worker));
        }
        return worker;
    }

    /** Sees to it that a worker leaves with its task, whatever that forgets. */
    private static final class Closing implements TaskCompletionListener {
        private final Worker worker;

        Closing(Worker worker) {
            this.worker = worker;
        }

        @Override
        public void onTaskCompletion(TaskContext context) {
            worker.close();
        }
    }

    /** A worker has left; the last one takes the party with it. */
    void leave(Party party) {
        parties.compute(party.address().ticket(), (ticket, there) -> {
            boolean last = party.exit();
            return last && there == party ? null : there;
        });
    }
}
