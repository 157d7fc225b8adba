package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.TaskKilledException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every wait ends, soon, with an error that says whom it was for. */
@Tag("fast")
@Timeout(60)
final class FailureTest {
    private static final Answers ECHO = (rank, question) -> question;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration FIFTH_OF_A_SECOND = Duration.ofMillis(200);

    private static Throwable failure(Crew.Running<?> running) {
        long start = System.nanoTime();
        Throwable failure = catchThrowable(running::get);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        return failure;
    }

    @ParameterizedTest
    @CsvSource({"..,meet", "..,sum", "..,gather", "ab,sum", "ab,gather", "aabb,sum", "abc,gather"})
    void waitingForAWorkerThatFailedNamesIt(String placement, String what) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<Crew.Running<Object>> running = crew.start(placement, workers -> {
                workers.gather(new byte[1]);
                if (workers.rank() == 1) {
                    throw new ArithmeticException("of its own");
                }
                act(workers, what);
                act(workers, what);
                return null;
            });
            assertThat(failure(running.get(1))).isInstanceOf(ArithmeticException.class);
            Throwable other = failure(running.get(0));
            assertThat(other)
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("worker 0 waits in " + what + " for worker 1 on 127.0.0.1")
                    .hasMessageContaining("which has left");
            assertThat(((WorkerLostException) other).rank()).isEqualTo(1);
            assertThat(((WorkerLostException) other).host()).isEqualTo("127.0.0.1");
        }
    }

    private static void act(Workers workers, String what) {
        switch (what) {
            case "meet" -> workers.meet();
            case "gather" -> workers.gather(new byte[9]);
            default -> workers.sum(new float[][] {new float[9000]}, new float[][] {new float[9000]}, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void waitingTooLongNamesTheWorkerAndTheSetting(String placement) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Crew crew = new Crew(placement, ECHO, 20_000, 3_000)) {
            List<Crew.Running<Object>> running = crew.start(placement, workers -> {
                if (workers.rank() == 0) {
                    workers.gather(new byte[1]);
                } else {
                    end.await();
                }
                return null;
            });
            Throwable failure = failure(running.get(0));
            end.countDown();
            assertThat(failure)
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("worker 0 waited 3.0 s in gather for worker 1 on 127.0.0.1")
                    .hasMessageContaining("spark.sparknn.timeout");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void theDriversAnswerIsNotWaitedForForEver(String placement) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Answers slow = (rank, question) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return question;
        };
        try (Crew crew = new Crew(placement, slow, 20_000, 3_000)) {
            Throwable failure = failure(
                    crew.start(placement, workers -> workers.ask(new byte[1])).get(0));
            end.countDown();
            assertThat(failure)
                    .isInstanceOf(WorkerLostException.class)
                    .hasMessageContaining("worker 0 waited 3.0 s in ask for the driver");
        }
    }

    @ParameterizedTest
    @CsvSource({"..,meet", "..,ask", "ab,sum", "ab,ask"})
    void anInterruptedWorkerStopsWithinAFifthOfASecond(String placement, String what) throws Exception {
        Duration took = tookToStop(placement, what);
        for (int more = 0; more < 4 && took.compareTo(FIFTH_OF_A_SECOND) >= 0; more++) {
            took = tookToStop(placement, what); // the machine may have been busy with something else
        }
        assertThat(took).isLessThan(FIFTH_OF_A_SECOND);
    }

    private static Duration tookToStop(String placement, String what) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Answers slow = (rank, question) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return question;
        };
        try (Crew crew = new Crew(placement, slow)) {
            CountDownLatch waiting = new CountDownLatch(1);
            List<Crew.Running<Object>> running = crew.start(placement, workers -> {
                if (workers.rank() == 1) {
                    end.await();
                } else if (what.equals("ask")) {
                    waiting.countDown();
                    workers.ask(new byte[1]);
                } else {
                    waiting.countDown();
                    act(workers, what);
                }
                return null;
            });
            waiting.await();
            Thread.sleep(50);
            long start = System.nanoTime();
            running.get(0).thread().interrupt();
            Throwable failure = catchThrowable(running.get(0)::get);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            end.countDown();
            assertThat(failure).isInstanceOf(TaskKilledException.class).satisfies(e -> assertThat(
                            ((TaskKilledException) e).reason())
                    .isEqualTo("worker 0 was interrupted in " + what));
            return took;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "aab"})
    void whoComesCanBeCountedWhenNotAllDo(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO, 3_000, 20_000)) {
            Address address = crew.coordinator().next(3);
            assertThat(crew.coordinator().registered()).isZero();
            Crew.Running<Object> first = crew.start(address, 0, placement.charAt(0), workers -> null);
            Crew.Running<Object> last = crew.start(address, 2, placement.charAt(2), workers -> null);
            for (Crew.Running<Object> each : List.of(first, last)) {
                assertThat(failure(each))
                        .isInstanceOf(WorkerLostException.class)
                        .hasMessageContaining("waited 3.0 s for all 3 workers to come")
                        .hasMessageContaining("spark.sparknn.registrationTimeout");
            }
            assertThat(crew.coordinator().registered()).isEqualTo(2);
            String fewer = placement.substring(1);
            assertThat(crew.run(fewer, Workers::size)).containsExactly(2, 2);
            assertThat(crew.coordinator().registered()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void tasksMayComeOneAfterTheOther(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            Address address = crew.coordinator().next(2);
            Crew.Running<Integer> first = crew.start(address, 0, placement.charAt(0), Workers::size);
            Thread.sleep(500);
            assertThat(crew.coordinator().registered()).isEqualTo(1);
            Crew.Running<Integer> second = crew.start(address, 1, placement.charAt(1), Workers::size);
            assertThat(List.of(first.get(), second.get())).containsExactly(2, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void aWorkerThatGaveUpMayComeAgainBeforeAllAreThere(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            Address address = crew.coordinator().next(2);
            Crew.Running<Integer> first =
                    crew.start(address, 0, placement.charAt(0), workers -> workers.gather(new byte[1]).length);
            while (crew.coordinator().registered() == 0) {
                Thread.sleep(10);
            }
            first.thread().interrupt();
            assertThat(failure(first)).isInstanceOf(TaskKilledException.class);
            Crew.Running<Integer> again =
                    crew.start(address, 0, placement.charAt(0), workers -> workers.gather(new byte[1]).length);
            Crew.Running<Integer> second =
                    crew.start(address, 1, placement.charAt(1), workers -> workers.gather(new byte[1]).length);
            assertThat(List.of(again.get(), second.get())).containsExactly(2, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void aWorkerOfAnOlderAttemptIsRefused(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            Address old = crew.coordinator().next(2);
            assertThat(crew.run(placement, Workers::size)).containsExactly(2, 2);
            assertThat(failure(crew.start(old, 0, placement.charAt(0), Workers::size)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("worker 0 belongs to attempt 1, but attempt 2 is running");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void aSecondWorkerOfTheSameRankIsRefused(String placement) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (Crew crew = new Crew(placement, ECHO)) {
            Address address = crew.coordinator().next(2);
            CountDownLatch joined = new CountDownLatch(2);
            Crew.Job<Object> job = workers -> {
                joined.countDown();
                end.await();
                return workers.gather(new byte[1]).length;
            };
            Crew.Running<Object> first = crew.start(address, 0, placement.charAt(0), job);
            Crew.Running<Object> second = crew.start(address, 1, placement.charAt(1), job);
            joined.await();
            assertThat(failure(crew.start(address, 1, placement.charAt(1), job)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("attempt 1 is complete and has a worker 1 already");
            end.countDown();
            assertThat(List.of(first.get(), second.get())).containsExactly(2, 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void theNextAttemptEndsTheOneBefore(String placement) throws Exception {
        CountDownLatch joined = new CountDownLatch(2);
        try (Crew crew = new Crew(placement, ECHO)) {
            List<Crew.Running<Object>> old = crew.start(placement, workers -> {
                joined.countDown();
                if (workers.rank() == 0) {
                    workers.gather(new byte[1]);
                }
                return null;
            });
            joined.await();
            assertThat(crew.run(placement, Workers::size)).containsExactly(2, 2);
            assertThat(failure(old.get(0))).isInstanceOf(WorkerLostException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void theEndOfTheFitEndsItsWorkers(String placement) throws Exception {
        CountDownLatch joined = new CountDownLatch(2);
        CountDownLatch end = new CountDownLatch(1);
        Crew crew = new Crew(placement, ECHO);
        List<Crew.Running<Object>> running = crew.start(placement, workers -> {
            joined.countDown();
            if (workers.rank() == 0) {
                workers.gather(new byte[1]);
            } else {
                end.await();
            }
            return null;
        });
        joined.await();
        crew.close();
        assertThat(failure(running.get(0)))
                .isInstanceOf(WorkerLostException.class)
                .hasMessageContaining("worker 0 cannot go on with gather: ")
                .hasMessageMatching(".*(the fit is over|the connection to the driver closed).*");
        end.countDown();
    }

    @Test
    void aClosedConnectionNamesTheWorkersBehindIt() throws Exception {
        CountDownLatch joined = new CountDownLatch(3);
        CountDownLatch end = new CountDownLatch(1);
        try (Crew crew = new Crew("aab", ECHO)) {
            List<Crew.Running<Object>> running = crew.start("aab", workers -> {
                joined.countDown();
                if (workers.rank() == 2) {
                    end.await();
                }
                workers.sum(new float[][] {new float[9000]}, new float[][] {new float[9000]}, 1);
                return null;
            });
            joined.await();
            crew.site('b').endpoint().breakDown();
            for (int rank = 0; rank < 2; rank++) {
                assertThat(failure(running.get(rank)))
                        .isInstanceOf(WorkerLostException.class)
                        .hasMessageMatching("worker " + rank
                                + " cannot go on with sum: worker 2 on 127.0.0.1 \\(executor b\\) is lost: .*closed");
            }
            end.countDown();
        }
    }

    @Test
    void aWrongTokenIsRefused() throws Exception {
        try (Crew crew = new Crew("ab", ECHO)) {
            Address address = crew.coordinator().next(2);
            Ticket wrong =
                    new Ticket(address.ticket().high() + 1, address.ticket().low(), 1);
            Address forged = new Address(wrong, 2, address.limits(), address.host(), address.port());
            assertThat(failure(crew.start(forged, 0, 'a', Workers::size)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no fit with this token is open here");
            assertThat(crew.coordinator().registered()).isZero();
        }
    }

    @Test
    void ranksAreChecked() {
        try (Crew crew = new Crew("..", ECHO)) {
            Address address = crew.coordinator().next(2);
            assertThatThrownBy(() -> crew.site('.').join(address, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a worker joins with a rank from 0 to 1, got 2");
            assertThatThrownBy(() -> crew.coordinator().next(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a fit expects at least 1 worker, got 0");
        }
    }
}
