package io.sparknn.train.net;

import org.apache.spark.network.client.TransportClient;

/** What the driver tells the workers of one JVM. Never blocks: it is called on threads of the network. */
interface WorkerLine {
    /** All are there. */
    void assembled(Roster roster);

    /** A worker is lost, or with rank -1 the whole attempt is over. */
    void lost(int rank, String what);

    /** The answer to the question of a worker. */
    void answered(int rank, byte[] answer);

    /** The question of a worker has no answer. */
    void unanswered(int rank, String why);

    /** The fit is over: nobody will come from the driver any more. */
    void over();

    /** Whether that is the connection it goes over. */
    boolean uses(TransportClient connection);
}
