package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code LAZY.md} true: it names the tests that carry a number, and no others. */
@Tag("fast")
final class LazyTableTest {
    @Test
    void theTableNamesTheTestsOfEveryNumber() throws Exception {
        assertThat(table()).containsExactlyInAnyOrderEntriesOf(marked());
    }

    private static Map<Integer, String> table() throws Exception {
        Path file = Stream.of("..", ".")
                .map(root -> Path.of(root).resolve("src/test/java/io/sparknn/lazy/LAZY.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        Map<Integer, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].strip().matches("\\d+")) {
                assertThat(rows.put(Integer.valueOf(cells[1].strip()), cells[3].strip()))
                        .as("second row %s", cells[1])
                        .isNull();
            }
        }
        return rows;
    }

    private static Map<Integer, String> marked() throws Exception {
        Map<Integer, TreeSet<String>> marked = new TreeMap<>();
        Path folder = Path.of(
                        LazyTableTest.class.getResource("LazyTableTest.class").toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            for (String name : files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .toList()) {
                Class<?> type = Class.forName(LazyTableTest.class.getPackageName() + "." + name.replace(".class", ""));
                for (Method method : type.getDeclaredMethods()) {
                    Upstream upstream = method.getAnnotation(Upstream.class);
                    for (int number : upstream == null ? new int[0] : upstream.value()) {
                        marked.computeIfAbsent(number, none -> new TreeSet<>())
                                .add(type.getSimpleName() + ": " + method.getName());
                    }
                }
            }
        }
        return marked.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> String.join("; ", entry.getValue())));
    }
}
