package io.sparknn.train.net;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.network.client.TransportClient;

/** One attempt of a fit on the driver: which workers have come, how to reach them, which have gone. */
final class Attempt {
    private final int number;
    private final Member[] members;
    private final WorkerLine[] lines;
    private int present;
    private int most;
    private boolean complete;
    private String over;

    Attempt(int number, int workers) {
        this.number = number;
        this.members = new Member[workers];
        this.lines = new WorkerLine[workers];
    }

    int number() {
        return number;
    }

    int workers() {
        return members.length;
    }

    /** How many workers were there at the same time. */
    synchronized int most() {
        return most;
    }

    /** Takes a worker in, and tells all who is where when it is the last. */
    synchronized void register(Member member, WorkerLine line) {
        int rank = member.rank();
        if (over != null) {
            throw new IllegalStateException("attempt " + number + " takes no workers any more: " + over);
        }
        if (complete) {
            throw new IllegalStateException("attempt " + number + " is complete and has a worker " + rank
                    + " already; a task that failed cannot join again");
        }
        if (members[rank] == null) {
            present++;
        }
        members[rank] = member;
        lines[rank] = line;
        most = Math.max(most, present);
        if (present == members.length) {
            complete = true;
            Roster roster = new Roster(members.clone());
            lines().forEach(each -> each.assembled(roster));
        }
    }

    /**
     * A worker goes, with its work done or not. Those that still wait for it hear of it from itself, after all else that it
     * had to say; unless it tells why, because it has failed before it could reach them.
     */
    synchronized void leave(int rank, String why) {
        remove(rank);
        if (complete && over == null && !why.isEmpty()) {
            fail(rank, members[rank] + " failed: " + why);
        }
    }

    private void remove(int rank) {
        if (lines[rank] != null) {
            lines[rank] = null;
            present--;
            if (!complete) {
                members[rank] = null;
            }
        }
    }

    /** A JVM is gone. Before all were there others may take the place of its workers; later the attempt has failed. */
    synchronized void lose(TransportClient connection, String why) {
        for (int rank = 0; rank < lines.length; rank++) {
            if (lines[rank] != null && lines[rank].uses(connection)) {
                Member member = members[rank];
                remove(rank);
                if (complete && over == null) {
                    fail(rank, member + " is lost: " + why);
                }
            }
        }
    }

    synchronized void end(String why) {
        if (over == null) {
            fail(-1, why);
        }
    }

    private void fail(int rank, String what) {
        over = what;
        lines().forEach(line -> line.lost(rank, what));
    }

    private Set<WorkerLine> lines() {
        Set<WorkerLine> distinct = new LinkedHashSet<>(Arrays.asList(lines));
        distinct.removeIf(Objects::isNull);
        return distinct;
    }
}
