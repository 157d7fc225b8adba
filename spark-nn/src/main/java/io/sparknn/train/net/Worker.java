package io.sparknn.train.net;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A worker among those of its JVM and those elsewhere. */
final class Worker implements Workers {
    private static final int SUM = 0;
    private static final int GATHER = 1;

    private final Site site;
    private final Party party;
    private final int rank;
    private final Patience patience;
    private Endpoint endpoint;
    private DriverLine driver;
    private Company all;
    private int localRank;
    private Meeting.Arrival arrival;
    private Exchange exchange;
    private int round;
    private boolean closed;

    Worker(Site site, Party party, int rank, Patience patience) {
        this.site = site;
        this.party = party;
        this.rank = rank;
        this.patience = patience;
    }

    /** Registers and waits for all; the coordinator is null if it is in another JVM. */
    void join(Coordinator coordinator, Wire wire, long siteId) {
        Patience.workerComes();
        try {
            driver = register(line(coordinator), wire, siteId);
            gather();
        } catch (RuntimeException | Error e) {
            close(e.toString());
            throw e;
        }
    }

    private DriverLine register(DriverLine line, Wire wire, long siteId) {
        int port = endpoint == null ? 0 : endpoint.port();
        try {
            line.register(new Member(rank, siteId, wire.executor(), wire.host(), port), patience);
            return line;
        } catch (IllegalStateException e) {
            site.endpoint().refused(party.address().ticket());
            throw e;
        }
    }

    private DriverLine line(Coordinator coordinator) {
        Address address = party.address();
        if (address.port() == 0 && coordinator == null) {
            throw new IllegalStateException(
                    "worker " + rank + " finds no fit in this JVM, and the driver does not listen;"
                            + " is the fit over, or the library on the class path twice?");
        }
        if (address.port() == 0) {
            return new DirectLine(coordinator, address.ticket(), party);
        }
        endpoint = site.endpoint().acquire(address.ticket());
        return new RemoteLine(party.links(endpoint).driver(patience), address.ticket());
    }

    private void gather() {
        Patience.Condition gathered = new Patience.Condition() {
            @Override
            public boolean met() {
                return party.company() != null;
            }

            @Override
            public int awaited() {
                return Patience.ANYONE;
            }
        };
        patience.await(gathered, "gathering", party.limits().joinMillis());
        all = party.company();
        localRank = all.roster().localRankOf(rank);
        arrival = all.meeting().arrival(localRank);
        if (all.roster().groups() > 1) {
            Links links = party.links(endpoint);
            links.connect(all, localRank, patience);
            arrival.meet(patience, "connecting");
            exchange = new Exchange(party, links, rank, patience);
        }
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return all.roster().size();
    }

    @Override
    public int localRank() {
        return localRank;
    }

    @Override
    public int localSize() {
        return all.locals().length;
    }

    @Override
    public <T> T shared(String name, Supplier<T> make) {
        return party.shared(name, make);
    }

    @Override
    public void meet() {
        meet("meet");
    }

    private void meet(String where) {
        patience.checkKilled(where);
        arrival.meet(patience, where);
    }

    @Override
    public byte[][] gather(byte[] mine) {
        Contribution[] here = leave(Contribution.bytes(next(GATHER), mine), "gather");
        byte[][] parts = new byte[size()][];
        for (int i = 0; i < here.length; i++) {
            parts[all.locals()[i]] = here[i].bytes();
        }
        if (exchange != null) {
            exchange.gather(parts, round);
        }
        return parts;
    }

    @Override
    public void sum(float[][] mine, float[][] total, double... numbers) {
        Spans spans = Spans.of(total);
        if (!spans.fits(mine)) {
            throw new IllegalArgumentException("worker " + rank + " adds " + mine.length
                    + " arrays that are not as long as the " + total.length + " of the total; make them alike");
        }
        Contribution[] here = leave(Contribution.floats(next(SUM), mine, numbers.clone()), "sum");
        spans.each(from(spans.length()), to(spans.length()), (array, from, to) -> {
            float[][] parts = new float[here.length][];
            for (int i = 0; i < parts.length; i++) {
                parts[i] = here[i].floats()[array];
            }
            PairwiseSum.add(parts, total[array], from, to);
        });
        double[][] all = numbersByRank(here);
        if (exchange != null) {
            exchange.sum(spans, total, all, numbers.length, round);
        }
        addInOrder(all, numbers);
    }

    private double[][] numbersByRank(Contribution[] here) {
        double[][] byRank = new double[size()][];
        for (int i = 0; i < here.length; i++) {
            byRank[all.locals()[i]] = here[i].numbers();
        }
        return byRank;
    }

    private static void addInOrder(double[][] byRank, double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            double sum = byRank[0][i];
            for (int other = 1; other < byRank.length; other++) {
                sum += byRank[other][i];
            }
            numbers[i] = sum;
        }
    }

    /** The number of the next round, which says what is done in it, so that no message is taken for another. */
    private int next(int what) {
        round = (round & ~1) + 2 + what;
        return round;
    }

    /** Leaves something for the others here, meets them, and takes what they left. */
    private Contribution[] leave(Contribution mine, String where) {
        Object[] slots = all.slots(round >>> 1);
        slots[localRank] = mine;
        meet(where);
        Contribution[] here = new Contribution[slots.length];
        for (int i = 0; i < slots.length; i++) {
            here[i] = (Contribution) slots[i];
            if (!here[i].matches(mine)) {
                throw new IllegalStateException("worker " + rank + " is in round " + (round >>> 1) + " (" + where
                        + "), worker " + all.locals()[i]
                        + " is not; all workers must call the same methods in the same order");
            }
        }
        return here;
    }

    @Override
    public int from(int length) {
        return Slices.from(length, localRank, localSize());
    }

    @Override
    public int to(int length) {
        return Slices.from(length, localRank + 1, localSize());
    }

    @Override
    public byte[] ask(byte[] question) {
        patience.checkKilled("ask");
        CompletableFuture<byte[]> answer = party.question(rank);
        driver.ask(rank, question);
        return patience.result(answer, Patience.DRIVER, "ask");
    }

    /** Bytes of messages that the workers of this JVM sent to others so far. */
    long bytesSent() {
        return party.bytesSent();
    }

    @Override
    public void close() {
        close("");
    }

    private void close(String why) {
        if (closed) {
            return;
        }
        closed = true;
        Patience.workerGoes();
        if (all != null) {
            party.left(rank);
        }
        if (exchange != null) {
            exchange.leave(party, party.links(endpoint), rank);
        }
        if (driver != null) {
            driver.leave(rank, why);
        }
        site.leave(party);
        if (endpoint != null) {
            site.endpoint().release(endpoint);
        }
    }
}
