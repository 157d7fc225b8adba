package io.sparknn.train.net;

import org.apache.spark.network.client.TransportClient;

/**
 * The workers of an attempt in another JVM, as the driver reaches them: over the connection they opened.
 *
 * @param client the connection
 * @param ticket the attempt
 */
record RemoteWorkers(TransportClient client, Ticket ticket) implements WorkerLine {
    @Override
    public void assembled(Roster roster) {
        Post.send(client, Kind.ASSEMBLED, ticket, -1, -1, roster.bytes());
    }

    @Override
    public void lost(int rank, String what) {
        Post.send(client, Kind.LOST, ticket, rank, -1, what);
    }

    @Override
    public void answered(int rank, byte[] answer) {
        Post.send(client, Kind.ANSWER, ticket, -1, rank, answer);
    }

    @Override
    public void unanswered(int rank, String why) {
        Post.send(client, Kind.NO_ANSWER, ticket, -1, rank, why);
    }

    /** Waits until it is sent: the connection is closed next. */
    @Override
    public void over() {
        Post.sendLast(client, Kind.OVER, ticket);
    }

    @Override
    public boolean uses(TransportClient connection) {
        return client == connection;
    }
}
