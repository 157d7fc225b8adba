package io.sparknn.train.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What workers do together gives the same in one JVM, and over sockets between several. */
@Tag("fast")
@Timeout(120)
final class WorkersTest {
    private static final Answers ECHO = (rank, question) ->
            (rank + ":" + new String(question, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);

    /** Lengths of arrays: none, one element, less than a block, uneven ones, and enough to be dealt out. */
    private static final int[][] LENGTHS = {
        {}, {0}, {1}, {5, 0, 9}, {1023}, {1024, 1}, {3000, 7, 2048, 1}, {4096, 99_000}, {70_001, 128, 60_000}
    };

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".", "..", "...", "....", ".......", "ab", "aabb", "abab", "abc", "abcb", "aabacbc", "abcde", "aaab"
            })
    void sumsHaveTheBitsOfPairwiseAddition(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<List<float[][]>> results = crew.run(placement, workers -> {
                List<float[][]> totals = new ArrayList<>();
                for (int[] lengths : LENGTHS) {
                    float[][] total = workers.shared("total" + Arrays.toString(lengths), () -> zeros(lengths));
                    double[] numbers = {1e16 * (workers.rank() % 2), workers.rank() + 0.1};
                    workers.sum(values(lengths, workers.rank()), total, numbers);
                    workers.meet();
                    totals.add(total);
                    assertThat(numbers).containsExactly(numbersOf(placement.length()));
                }
                return totals;
            });
            for (int i = 0; i < LENGTHS.length; i++) {
                float[][] expected = expected(placement, LENGTHS[i]);
                for (List<float[][]> totals : results) {
                    assertThat(totals.get(i)).isDeepEqualTo(expected);
                }
            }
        }
    }

    private static double[] numbersOf(int size) {
        double[] sums = {0, 0.1};
        for (int rank = 1; rank < size; rank++) {
            sums[0] += 1e16 * (rank % 2);
            sums[1] += rank + 0.1;
        }
        return sums;
    }

    private static float[][] zeros(int[] lengths) {
        return Arrays.stream(lengths).mapToObj(float[]::new).toArray(float[][]::new);
    }

    private static float[][] values(int[] lengths, int rank) {
        Random random = new Random(rank);
        float[][] values = zeros(lengths);
        for (float[] array : values) {
            for (int i = 0; i < array.length; i++) {
                array[i] = (float) random.nextGaussian();
            }
        }
        return values;
    }

    /** Neighbours in pairs, again and again: first in each JVM, then over JVMs in order of appearance. */
    private static float[][] expected(String placement, int[] lengths) {
        List<float[][]> groups = placement
                .chars()
                .distinct()
                .mapToObj(site -> pairwise(IntStream.range(0, placement.length())
                        .filter(rank -> placement.charAt(rank) == site)
                        .mapToObj(rank -> values(lengths, rank))
                        .collect(Collectors.toList())))
                .toList();
        return pairwise(groups);
    }

    private static float[][] pairwise(List<float[][]> parts) {
        List<float[][]> left = new ArrayList<>(parts);
        while (left.size() > 1) {
            List<float[][]> next = new ArrayList<>();
            for (int i = 0; i < left.size(); i += 2) {
                next.add(i + 1 < left.size() ? plus(left.get(i), left.get(i + 1)) : left.get(i));
            }
            left = next;
        }
        return left.get(0);
    }

    private static float[][] plus(float[][] a, float[][] b) {
        float[][] sum = new float[a.length][];
        for (int k = 0; k < a.length; k++) {
            sum[k] = new float[a[k].length];
            for (int i = 0; i < a[k].length; i++) {
                sum[k][i] = a[k][i] + b[k][i];
            }
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "...", "ab", "abab", "aabcb"})
    void gatheringGivesAllPartsInOrderOfRank(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<List<String>> results = crew.run(placement, workers -> {
                List<String> seen = new ArrayList<>();
                for (int turn = 0; turn < 50; turn++) {
                    String mine = workers.rank() == 1 ? "" : "x".repeat(workers.rank() * turn) + turn;
                    for (byte[] part : workers.gather(mine.getBytes(StandardCharsets.UTF_8))) {
                        seen.add(new String(part, StandardCharsets.UTF_8));
                    }
                }
                return seen;
            });
            List<String> expected = new ArrayList<>();
            for (int turn = 0; turn < 50; turn++) {
                for (int rank = 0; rank < placement.length(); rank++) {
                    expected.add(rank == 1 ? "" : "x".repeat(rank * turn) + turn);
                }
            }
            assertThat(results).allMatch(expected::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab", "aab"})
    void partsLongerThanAPieceArrive(String placement) throws Exception {
        int length = 3 * Post.PIECE + 1;
        try (Crew crew = new Crew(placement, (rank, question) -> question)) {
            List<Boolean> results = crew.run(placement, workers -> {
                byte[] mine = new byte[length];
                new Random(workers.rank()).nextBytes(mine);
                boolean same = true;
                byte[][] parts = workers.gather(mine);
                for (int rank = 0; rank < parts.length; rank++) {
                    byte[] expected = new byte[length];
                    new Random(rank).nextBytes(expected);
                    same &= Arrays.equals(parts[rank], expected);
                }
                return same && Arrays.equals(workers.ask(mine), mine);
            });
            assertThat(results).containsOnly(true);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab", "abb"})
    void theDriverAnswersEachWorker(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<String> answers = crew.run(placement, workers -> {
                String all = "";
                for (int i = 0; i < 3; i++) {
                    all += new String(workers.ask(("q" + i).getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
                }
                return all + new String(workers.ask(new byte[0]), StandardCharsets.UTF_8);
            });
            assertThat(answers).startsWith("0:q00:q10:q20:", "1:q01:q11:q21:");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void whatTheDriverThrowsReachesTheWorkerThatAsked(String placement) throws Exception {
        Answers failing = (rank, question) -> {
            if (rank == 1) {
                throw new IllegalArgumentException("no answer to that");
            }
            return question;
        };
        try (Crew crew = new Crew(placement, failing)) {
            List<String> messages = crew.run(placement, workers -> {
                try {
                    workers.ask(new byte[] {1});
                    return "answered";
                } catch (IllegalStateException e) {
                    return e.getMessage();
                }
            });
            assertThat(messages)
                    .containsExactly(
                            "answered",
                            "the driver could not answer worker 1: java.lang.IllegalArgumentException: no answer to that");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"....", "abab"})
    void workersOfAJvmShareOneObject(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<Object> shared = crew.run(placement, workers -> workers.shared("it", Object::new));
            assertThat(shared.get(0)).isSameAs(shared.get(2));
            assertThat(shared.get(0) == shared.get(1)).isEqualTo(placement.startsWith("."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "...."})
    void whatWasWrittenBeforeAMeetingIsSeenAfterIt(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            crew.run(placement, workers -> {
                int[] counts = workers.shared("counts", () -> new int[placement.length()]);
                for (int turn = 1; turn <= 10_000; turn++) {
                    counts[workers.rank()] = turn;
                    workers.meet();
                    for (int count : counts) {
                        if (count != turn) {
                            throw new AssertionError("met in turn " + turn + " and saw " + Arrays.toString(counts));
                        }
                    }
                    workers.meet();
                }
                return null;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "aab"})
    void slicesCoverTheWholeWithoutOverlap(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            crew.run(placement, workers -> {
                for (int length : new int[] {0, 1, 1023, 1024, 5000, Integer.MAX_VALUE}) {
                    assertThat(workers.from(length)).isLessThanOrEqualTo(workers.to(length));
                    assertThat(workers.from(length) % 1024 == 0 || workers.from(length) == length)
                            .isTrue();
                    if (workers.localRank() == 0) {
                        assertThat(workers.from(length)).isZero();
                    }
                    if (workers.localRank() == workers.localSize() - 1) {
                        assertThat(workers.to(length)).isEqualTo(length);
                    }
                }
                return null;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void whoAddsOtherArraysThanTheTotalIsTold(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<Crew.Running<Object>> running = crew.start(placement, workers -> {
                workers.sum(new float[][] {{1}, {2}}, new float[][] {{0}});
                return null;
            });
            for (Crew.Running<Object> each : running) {
                assertThatThrownBy(each::get)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("adds 2 arrays that are not as long as the 1 of the total");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "ab"})
    void workersThatDoDifferentThingsAreTold(String placement) throws Exception {
        try (Crew crew = new Crew(placement, ECHO)) {
            List<Crew.Running<Object>> running = crew.start(placement, workers -> {
                workers.gather(new byte[1]);
                workers.sum(new float[][] {{1}}, new float[][] {{0}}, 1.0);
                if (workers.rank() == 0) {
                    workers.gather(new byte[9]);
                }
                workers.sum(new float[][] {{1}}, new float[][] {{0}}, 1.0);
                return null;
            });
            List<String> messages = new ArrayList<>();
            for (Crew.Running<Object> each : running) {
                messages.add(catchThrowable(each::get).getMessage());
            }
            assertThat(messages)
                    .anyMatch(message -> message.contains("all workers must call the same methods in the same order"));
        }
    }
}
