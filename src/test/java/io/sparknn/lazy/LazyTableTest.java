package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code LAZY.md} true: every number and letter has tests, and the table names those and no others. */
@Tag("fast")
final class LazyTableTest {
    private static final int UPSTREAM = 62;

    @Test
    void everyTestOfPyTorchHasOneHere() throws Exception {
        List<String> numbers =
                IntStream.rangeClosed(1, UPSTREAM).mapToObj(String::valueOf).toList();
        assertThat(table().keySet().stream().filter(key -> key.matches("\\d+")))
                .containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(marked().keySet()).containsAll(numbers);
    }

    @Test
    void everyGapOfPyTorchHasATestHere() throws Exception {
        List<String> letters =
                IntStream.rangeClosed('A', 'M').mapToObj(Character::toString).toList();
        assertThat(table().keySet().stream().filter(key -> !key.matches("\\d+")))
                .containsExactlyInAnyOrderElementsOf(letters);
        assertThat(marked().keySet()).containsAll(letters);
    }

    @Test
    void theTableNamesTheTestsOfEveryRow() throws Exception {
        assertThat(table()).containsExactlyInAnyOrderEntriesOf(marked());
    }

    private static Map<String, String> table() throws Exception {
        Path file = Stream.of("..", ".")
                .map(root -> Path.of(root).resolve("src/test/java/io/sparknn/lazy/LAZY.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].strip().matches("\\d+|[A-Z]")) {
                assertThat(rows.put(cells[1].strip(), cells[3].strip()))
                        .as("second row %s", cells[1])
                        .isNull();
            }
        }
        return rows;
    }

    private static Map<String, String> marked() throws Exception {
        Map<String, TreeSet<String>> marked = new TreeMap<>();
        Path folder = Path.of(
                        LazyTableTest.class.getResource("LazyTableTest.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (String name : files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .toList()) {
                Class<?> type = Class.forName(LazyTableTest.class.getPackageName() + "." + name.replace(".class", ""));
                for (Method method : type.getDeclaredMethods()) {
                    keys(method).forEach(key -> marked.computeIfAbsent(key, none -> new TreeSet<>())
                            .add(type.getSimpleName() + ": " + method.getName()));
                }
            }
        }
        return marked.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join("; ", entry.getValue())));
    }

    private static Stream<String> keys(Method method) {
        Upstream upstream = method.getAnnotation(Upstream.class);
        Gap gap = method.getAnnotation(Gap.class);
        Stream<String> numbers = upstream == null
                ? Stream.empty()
                : Arrays.stream(upstream.value()).mapToObj(String::valueOf);
        return Stream.concat(numbers, Stream.ofNullable(gap).map(one -> String.valueOf(one.value())));
    }
}
