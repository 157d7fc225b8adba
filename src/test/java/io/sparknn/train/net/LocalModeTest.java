package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers in tasks of a session in local mode. */
@Timeout(120)
final class LocalModeTest {
    private static final Answers ECHO = (rank, question) -> question;
    private static final Duration FIFTH_OF_A_SECOND = Duration.ofMillis(200);
    private static final AtomicLong KILLED = new AtomicLong();
    private static volatile CountDownLatch waiting;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SharedSpark.session().sparkContext());

    @Test
    void tasksJoinWithoutAPort() {
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            Address address = coordinator.next(2);
            assertThat(address.port()).isZero();
            List<String> seen = spark.parallelize(List.of(0, 1), 2)
                    .map(rank -> {
                        try (Workers workers = Workers.join(address, rank)) {
                            double[] numbers = {rank + 1};
                            workers.sum(new float[0][], new float[0][], numbers);
                            return rank + " of " + workers.size() + " sees " + numbers[0] + " and "
                                    + workers.ask(new byte[3]).length;
                        }
                    })
                    .collect();
            assertThat(seen).containsExactly("0 of 2 sees 3.0 and 3", "1 of 2 sees 3.0 and 3");
            assertThat(coordinator.registered()).isEqualTo(2);
        }
    }

    /** Spark sets a flag and, by default, does not interrupt the thread. */
    @Test
    void aCancelledJobEndsItsWorkersWithinAFifthOfASecond() throws Exception {
        Duration took = tookToEnd();
        for (int more = 0; more < 4 && took.compareTo(FIFTH_OF_A_SECOND) >= 0; more++) {
            took = tookToEnd(); // the machine may have been busy with something else
        }
        assertThat(took).isLessThan(FIFTH_OF_A_SECOND);
    }

    private Duration tookToEnd() throws Exception {
        KILLED.set(0);
        waiting = new CountDownLatch(1);
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            Address address = coordinator.next(2);
            CompletableFuture<Void> job = CompletableFuture.runAsync(
                    () -> {
                        spark.setJobGroup("fit", "a fit that is cancelled", false);
                        spark.parallelize(List.of(0, 1), 2).foreach(rank -> waitForTheOther(address, rank));
                    },
                    work -> new Thread(work).start());
            waiting.await();
            Thread.sleep(100);
            long start = System.nanoTime();
            spark.cancelJobGroup("fit");
            assertThatThrownBy(() -> job.get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThat(Traces.becomes(() -> KILLED.get() != 0)).isTrue();
            return Duration.ofNanos(KILLED.get() - start);
        }
    }

    private static void waitForTheOther(Address address, int rank) throws InterruptedException {
        try (Workers workers = Workers.join(address, rank)) {
            if (rank == 1) {
                while (!TaskContext.get().isInterrupted()) {
                    Thread.sleep(10);
                }
                Thread.sleep(500); // so that it is not its leaving that ends the other
            } else {
                waiting.countDown();
                workers.gather(new byte[1]);
            }
        } catch (TaskKilledException e) {
            KILLED.set(System.nanoTime());
            throw e;
        }
    }

    /** Spark would start its task again, which finds out at once. */
    @Test
    void aWorkerThatIsNotClosedLeavesWithItsTask() {
        try (Coordinator coordinator = Coordinator.open(ECHO)) {
            Address address = coordinator.next(2);
            assertThatThrownBy(() -> spark.parallelize(List.of(0, 1), 2).foreach(rank -> {
                        @SuppressWarnings("resource") // on purpose
                        Workers workers = Workers.join(address, rank);
                        if (rank == 0) {
                            workers.gather(new byte[1]);
                        }
                    }))
                    .hasMessageContaining("worker 0 waits in gather for worker 1 on ")
                    .hasMessageContaining("which has left");
        }
    }
}
