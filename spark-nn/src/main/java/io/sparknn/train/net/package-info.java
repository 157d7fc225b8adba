/**
 * How the workers of one fit talk to each other and to the driver: through shared memory within a JVM, through Spark's
 * own network layer between executors. The engine's own; nothing here is meant for users.
 */
package io.sparknn.train.net;
