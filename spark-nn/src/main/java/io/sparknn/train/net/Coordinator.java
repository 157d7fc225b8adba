package io.sparknn.train.net;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClient;

/**
 * The driver's end of a fit: it tells the workers of each attempt where the others are and answers their questions.
 *
 * <p>In local mode workers reach it directly. Elsewhere it listens on a port of the driver ({@code spark.sparknn.port}, or
 * any) with the security settings of the cluster, for as long as a fit is open.
 */
public final class Coordinator implements AutoCloseable {
    private final Site site;
    private final Answers answers;
    private final Limits limits;
    private final Ticket fit = Ticket.draw();
    private final ExecutorService answering;
    private final Endpoint endpoint;
    private volatile Attempt attempt = new Attempt(0, 0);
    private final Set<WorkerLine> lines = ConcurrentHashMap.newKeySet();

    /** On a site; the endpoint is null where workers need none. */
    Coordinator(Site site, Answers answers, Limits limits, boolean listens) {
        this.site = site;
        this.answers = answers;
        this.limits = limits;
        this.answering = Executors.newSingleThreadExecutor(Threads.named("spark-nn answers"));
        this.endpoint = listens ? site.endpoint().acquire(fit) : null;
        site.opened(fit, this);
    }

    /**
     * Opens the coordinator of a new fit in the Spark application of this JVM.
     *
     * @param answers answers the workers' questions, on a thread of its own
     * @return the coordinator, of no attempt yet
     */
    public static Coordinator open(Answers answers) {
        SparkConf conf = SparkEnv.get().conf();
        String master = conf.get("spark.master", "");
        boolean local = master.equals("local") || master.startsWith("local[");
        return new Coordinator(Site.here(), answers, Limits.of(conf), !local);
    }

    /**
     * Starts an attempt. The workers of the one before are told that it is over, and are not heard any more.
     *
     * @param workers how many there will be
     * @return where they find this coordinator
     */
    public synchronized Address next(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException("a fit expects at least 1 worker, got " + workers);
        }
        int number = attempt.number() + 1;
        attempt.end("attempt " + attempt.number() + " was given up for the next one");
        attempt = new Attempt(number, workers);
        String host = endpoint == null ? "" : endpoint.host();
        return new Address(fit.attempt(number), workers, limits, host, endpoint == null ? 0 : endpoint.port());
    }

    /**
     * How many workers of the current attempt were there at the same time.
     *
     * @return from 0 to the number expected
     */
    public int registered() {
        return attempt.most();
    }

    void register(Ticket ticket, Member member, WorkerLine line) {
        lines.add(line);
        current(ticket, member.rank()).register(member, line);
    }

    void leave(Ticket ticket, int rank, String why) {
        if (ticket.attempt() == attempt.number()) {
            current(ticket, rank).leave(rank, why);
        }
    }

    void ask(Ticket ticket, int rank, byte[] question, WorkerLine line) {
        current(ticket, rank);
        answering.execute(() -> answer(rank, question, line));
    }

    @SuppressWarnings("IllegalCatch") // whatever the engine throws is an answer to the worker
    private void answer(int rank, byte[] question, WorkerLine line) {
        try {
            line.answered(rank, answers.answer(rank, question));
        } catch (Throwable e) {
            line.unanswered(rank, "the driver could not answer worker " + rank + ": " + e);
        }
    }

    private Attempt current(Ticket ticket, int rank) {
        Attempt now = attempt;
        if (ticket.attempt() != now.number()) {
            throw new IllegalStateException("worker " + rank + " belongs to attempt " + ticket.attempt()
                    + ", but attempt " + now.number() + " is running; its task should have ended");
        }
        if (rank < 0 || rank >= now.workers()) {
            throw new IllegalArgumentException(
                    "attempt " + now.number() + " expects ranks from 0 to " + (now.workers() - 1) + ", got " + rank);
        }
        return now;
    }

    /** A JVM is gone. */
    void lost(TransportClient connection, String why) {
        lines.removeIf(line -> line.uses(connection));
        attempt.lose(connection, why);
    }

    /** Ends the fit: workers that are still there fail, and the port is closed unless another fit uses it. */
    @Override
    public synchronized void close() {
        attempt.end("the fit is over");
        lines.forEach(WorkerLine::over);
        lines.clear();
        site.closed(fit);
        answering.shutdown();
        if (endpoint != null) {
            site.endpoint().over(fit);
            site.endpoint().release(endpoint);
        }
    }
}
