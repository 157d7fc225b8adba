package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ports and threads: opened when needed, shared, and closed with the last fit. */
@Tag("fast")
@Timeout(300)
final class SharedEndpointTest {
    private static final Answers ECHO = (rank, question) -> question;
    private static final Limits LIMITS = new Limits(20_000, 20_000);

    private Set<Integer> before;

    @BeforeEach
    void waitForTheLastTestToBeForgotten() throws Exception {
        assertThat(Traces.becomes(() -> Traces.threads().isEmpty()))
                .as(Traces.describe())
                .isTrue();
        before = Traces.ports();
    }

    private List<Integer> opened() {
        List<Integer> ports = new ArrayList<>(Traces.ports());
        ports.removeAll(before);
        return ports;
    }

    private void nothingIsLeft() throws InterruptedException {
        assertThat(Traces.becomes(() -> opened().isEmpty() && Traces.threads().isEmpty()))
                .as(Traces.describe())
                .isTrue();
    }

    @Test
    void inOneJvmNoPortIsOpened() throws Exception {
        try (Crew crew = new Crew("..", ECHO)) {
            crew.run("..", workers -> {
                workers.ask(new byte[1]);
                assertThat(opened()).isEmpty();
                assertThat(Traces.threads()).containsExactly("spark-nn answers");
                return null;
            });
        }
        nothingIsLeft();
    }

    @Test
    void afterTheLastFitNothingIsLeft() throws Exception {
        Crew crew = new Crew("aabc", ECHO);
        crew.run("aabc", workers -> workers.gather(new byte[1]));
        assertThat(opened()).hasSize(4);
        crew.run("cab", workers -> workers.gather(new byte[1]));
        assertThat(opened()).hasSize(4);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void afterAFailureNothingIsLeft() throws Exception {
        Crew crew = new Crew("ab", ECHO);
        List<Crew.Running<Object>> running = crew.start("ab", workers -> {
            if (workers.rank() == 0) {
                throw new ArithmeticException();
            }
            return workers.gather(new byte[1]);
        });
        assertThatThrownBy(running.get(0)::get).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(running.get(1)::get).isInstanceOf(WorkerLostException.class);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void aRefusedWorkerLeavesThePortOpenForTheOthersHere() throws Exception {
        CountDownLatch joined = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Crew crew = new Crew("ab", ECHO);
        Address address = crew.coordinator().next(2);
        Crew.Job<Object> job = workers -> {
            joined.countDown();
            end.await();
            return null;
        };
        List<Crew.Running<Object>> running =
                List.of(crew.start(address, 0, 'a', job), crew.start(address, 1, 'b', job));
        joined.await();
        assertThatThrownBy(crew.start(address, 1, 'b', job)::get).isInstanceOf(IllegalStateException.class);
        end.countDown();
        for (Crew.Running<Object> each : running) {
            each.get();
            each.thread().join();
        }
        assertThat(opened()).as("what was sent last may still be under way").hasSize(3);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void aPortOpenedForARefusedWorkerAloneIsClosed() throws Exception {
        Crew crew = new Crew("ab", ECHO);
        Address old = crew.coordinator().next(1);
        crew.coordinator().next(1);
        Crew.Running<Object> refused = crew.start(old, 0, 'a', workers -> null);
        assertThatThrownBy(refused::get).isInstanceOf(IllegalStateException.class);
        refused.thread().join();
        assertThat(opened()).as("the coordinator's").hasSize(1);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void fitsAtTheSameTimeShareOnePort() throws Exception {
        Crew crew = new Crew("ab", ECHO);
        Coordinator other = new Coordinator(crew.site('.'), ECHO, LIMITS, true);
        Address address = other.next(2);
        CountDownLatch both = new CountDownLatch(4);
        Crew.Job<List<Integer>> job = workers -> {
            both.countDown();
            both.await();
            workers.gather(new byte[1]);
            return opened();
        };
        List<Crew.Running<List<Integer>>> running = new ArrayList<>(crew.start("ab", job));
        running.add(crew.start(address, 0, 'a', job));
        running.add(crew.start(address, 1, 'b', job));
        for (Crew.Running<List<Integer>> each : running) {
            assertThat(each.get()).hasSize(3);
        }
        other.close();
        assertThat(crew.run("ba", Workers::size)).containsExactly(2, 2);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void aPortThatIsNotUsedIsClosedThoughTheDriverSaysNothing() throws Exception {
        SparkConf conf = new SparkConf(false).set("spark.sparknn.idleTimeout", "300ms");
        Crew crew = new Crew(conf, "ab", ECHO, LIMITS);
        crew.run("ab", Workers::size);
        assertThat(opened()).hasSize(3);
        assertThat(Traces.becomes(() -> opened().size() == 1))
                .as(Traces.describe())
                .isTrue();
        assertThat(crew.run("ab", Workers::size)).containsExactly(2, 2);
        crew.close();
        nothingIsLeft();
    }

    @Test
    void thePortIsTheOneThatIsSetOrOneOfTheNext() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SparkConf conf = new SparkConf(false)
                    .set("spark.sparknn.port", "" + taken.getLocalPort())
                    .set("spark.port.maxRetries", "20");
            try (Crew crew = new Crew(conf, "ab", ECHO, LIMITS)) {
                assertThat(crew.coordinator().next(2).port())
                        .isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 20);
                assertThat(crew.run("ab", Workers::size)).containsExactly(2, 2);
            }
            conf.set("spark.port.maxRetries", "0");
            assertThatThrownBy(() -> new Crew(conf, "ab", ECHO, LIMITS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("training needs a port on 127.0.0.1, and " + taken.getLocalPort())
                    .hasMessageContaining("set spark.sparknn.port or spark.port.maxRetries");
        }
        nothingIsLeft();
    }
}
