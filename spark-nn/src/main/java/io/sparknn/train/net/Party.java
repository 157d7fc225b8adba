package io.sparknn.train.net;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.spark.network.client.TransportClient;

/** The workers of one attempt in one JVM: what they share, and what they have heard from elsewhere. */
final class Party implements WorkerLine {
    private final Address address;
    private final long site;
    private final Map<String, Object> shared = new ConcurrentHashMap<>();
    private final Map<Long, Incoming> incoming = new ConcurrentHashMap<>();
    private final AtomicIntegerArray left;
    private final AtomicReferenceArray<CompletableFuture<byte[]>> answers;
    private final BytePool pool = new BytePool();
    private final LongAdder sent = new LongAdder();
    private final AtomicInteger workers = new AtomicInteger();
    private Links links;
    private volatile Loss loss;
    private volatile Company company;

    Party(Address address, long site) {
        this.address = address;
        this.site = site;
        this.left = new AtomicIntegerArray(address.workers());
        this.answers = new AtomicReferenceArray<>(address.workers());
    }

    /** Whom the workers here are known to have lost. */
    private record Loss(int rank, String what) {}

    Address address() {
        return address;
    }

    Limits limits() {
        return address.limits();
    }

    BytePool pool() {
        return pool;
    }

    void enter() {
        workers.incrementAndGet();
    }

    /** Whether that was the last one here. */
    boolean exit() {
        return workers.decrementAndGet() == 0;
    }

    /** The connections of the workers here, which they share. */
    synchronized Links links(Endpoint endpoint) {
        if (links == null) {
            links = new Links(endpoint, this);
        }
        return links;
    }

    private synchronized Links links() {
        return links;
    }

    void countSent(int bytes) {
        sent.add(bytes);
    }

    /** Bytes of messages to workers elsewhere so far, without what Spark adds. */
    long bytesSent() {
        return sent.sum();
    }

    /** A connection is closed; if it led to workers that have not left, they are lost. */
    void disconnected(TransportClient client) {
        Links mine = links();
        if (mine == null) {
            return;
        }
        if (mine.isDriver(client)) {
            lost(Patience.DRIVER, "the connection to the driver closed");
        }
        int group = mine.groupOf(client);
        Company known = company;
        if (group >= 0 && known != null) {
            for (int rank : known.roster().group(group)) {
                if (!hasLeft(rank)) {
                    lost(rank, known.roster().member(rank) + " is lost: its connection closed");
                }
            }
        }
    }

    /** Null until all are there. */
    Company company() {
        return company;
    }

    @SuppressWarnings("unchecked") // a name stands for one class, by contract
    <T> T shared(String name, Supplier<T> make) {
        return (T) shared.computeIfAbsent(name, key -> make.get());
    }

    /** What one worker elsewhere sends to one here. */
    Incoming incoming(int from, int to) {
        return incoming.computeIfAbsent(((long) from << Integer.SIZE) | to, key -> new Incoming(pool));
    }

    boolean has(int rank) {
        return rank >= 0 && rank < address.workers();
    }

    @Override
    public void assembled(Roster roster) {
        for (int group = 0; group < roster.groups(); group++) {
            int[] locals = roster.group(group);
            if (roster.member(locals[0]).site() == site) {
                company = new Company(roster, group);
            }
        }
    }

    @Override
    public void lost(int rank, String what) {
        if (loss == null) {
            loss = new Loss(rank, what);
        }
    }

    /** A worker has gone, with its work done or not. */
    void left(int rank) {
        left.set(rank, 1);
    }

    boolean hasLeft(int rank) {
        return left.get(rank) == 1;
    }

    CompletableFuture<byte[]> question(int rank) {
        CompletableFuture<byte[]> answer = new CompletableFuture<>();
        answers.set(rank, answer);
        return answer;
    }

    @Override
    public void answered(int rank, byte[] answer) {
        CompletableFuture<byte[]> question = answers.getAndSet(rank, null);
        if (question != null) {
            question.complete(answer);
        }
    }

    @Override
    public void unanswered(int rank, String why) {
        CompletableFuture<byte[]> question = answers.getAndSet(rank, null);
        if (question != null) {
            question.completeExceptionally(new IllegalStateException(why));
        }
    }

    /** The endpoint looks after itself. */
    @Override
    public void over() {}

    @Override
    public boolean uses(TransportClient connection) {
        return false;
    }

    /** An error if a worker waits for one that cannot come any more. */
    void checkPresent(int rank, int awaited, Patience.Condition condition, String where) {
        Loss known = loss;
        if (known != null) {
            throw gone(known.rank(), "worker " + rank + " cannot go on with " + where + ": " + known.what());
        }
        // What it did before it left counts, so look once more.
        if (awaited >= 0 && hasLeft(awaited) && !condition.met()) {
            throw gone(
                    awaited,
                    "worker " + rank + " waits in " + where + " for " + name(awaited)
                            + ", which has left; its own error says why");
        }
    }

    WorkerLostException late(int rank, int awaited, String where, long limitMillis) {
        String waited = "worker " + rank + " waited " + limitMillis / 1000.0 + " s ";
        if (company == null && awaited == Patience.ANYONE) {
            return gone(
                    awaited,
                    waited + "for all " + address.workers() + " workers to come; free as many task slots, ask"
                            + " for fewer workers, or raise " + Limits.GATHERING);
        }
        return gone(
                awaited,
                waited + "in " + where + " for " + name(awaited) + "; raise " + Limits.TIMEOUT
                        + " if it may need longer");
    }

    /** What became of something that was asked of another. */
    RuntimeException failed(int rank, int awaited, String where, Throwable cause) {
        if (cause instanceof IllegalStateException answer) {
            return answer;
        }
        WorkerLostException lost = gone(
                awaited, "worker " + rank + " failed in " + where + ", waiting for " + name(awaited) + ": " + cause);
        lost.initCause(cause);
        return lost;
    }

    private WorkerLostException gone(int rank, String message) {
        Company known = company;
        String host = rank >= 0 && known != null ? known.roster().member(rank).host() : "";
        return new WorkerLostException(Math.max(rank, -1), host, message);
    }

    private String name(int awaited) {
        if (awaited == Patience.DRIVER) {
            return "the driver";
        }
        Company known = company;
        return known != null && awaited >= 0 ? known.roster().member(awaited).toString() : "the other workers";
    }
}
