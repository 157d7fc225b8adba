package io.sparknn.d2l;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keeps {@code D2L.md} true: every capability and pitfall has tests, and the table names those and no others. */
@Tag("fast")
final class TableTest {
    private static final int CAPABILITIES = 42;

    @Test
    void everyCapabilityHasATest() throws Exception {
        List<String> numbers =
                IntStream.rangeClosed(1, CAPABILITIES).mapToObj(String::valueOf).toList();
        assertThat(marked().keySet().stream().filter(key -> !key.startsWith("P")))
                .containsExactlyInAnyOrderElementsOf(numbers);
    }

    @Test
    void theTableNamesTheTestsOfEveryRow() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        marked().forEach((key, tests) -> expected.put(key, text(tests)));
        assertThat(table()).containsExactlyInAnyOrderEntriesOf(expected);
    }

    @Test
    void everyTestOfTheseChaptersIsMarked() throws Exception {
        for (Class<?> type : testClasses()) {
            assertThat(tests(type)
                            .filter(method ->
                                    type != TableTest.class && keys(method).isEmpty()))
                    .as("tests of %s that no row of D2L.md names", type.getSimpleName())
                    .isEmpty();
        }
    }

    /** The rows of the table: the last column by the first. */
    private static Map<String, String> table() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file())) {
            String[] cells = line.split("\\|", -1);
            if (cells.length == 5 && cells[1].strip().matches("P?\\d+")) {
                assertThat(rows.put(cells[1].strip(), cells[3].strip()))
                        .as("second row %s", cells[1])
                        .isNull();
            }
        }
        return rows;
    }

    /** Tests run in the module's directory, which Maven sets, or in that of the whole. */
    private static Path file() {
        String place = "src/test/java/io/sparknn/d2l/D2L.md";
        return Stream.of("..", ".")
                .map(root -> Path.of(root).resolve(place))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Map<String, Collection<String>>> marked() throws Exception {
        Map<String, Map<String, Collection<String>>> marked = new TreeMap<>();
        for (Class<?> type : testClasses()) {
            tests(type)
                    .forEach(method -> keys(method).forEach(key -> marked.computeIfAbsent(key, none -> new TreeMap<>())
                            .computeIfAbsent(type.getSimpleName(), none -> new TreeSet<>())
                            .add(method.getName())));
        }
        return marked;
    }

    private static String text(Map<String, Collection<String>> tests) {
        return tests.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                .collect(Collectors.joining("; "));
    }

    private static List<String> keys(Method method) {
        D2l numbers = method.getAnnotation(D2l.class);
        Pitfall pitfall = method.getAnnotation(Pitfall.class);
        Stream<String> first = numbers == null
                ? Stream.empty()
                : Arrays.stream(numbers.value()).mapToObj(String::valueOf);
        return Stream.concat(first, Stream.ofNullable(pitfall).map(Pitfall::value))
                .toList();
    }

    private static Stream<Method> tests(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Arrays.stream(method.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getSimpleName().endsWith("Test")))
                .sorted(Comparator.comparing(Method::getName));
    }

    private static List<Class<?>> testClasses() throws IOException, URISyntaxException, ClassNotFoundException {
        Path folder =
                Path.of(TableTest.class.getResource("TableTest.class").toURI()).getParent();
        List<Class<?>> found = new java.util.ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (String name : files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Test.class"))
                    .sorted()
                    .toList()) {
                found.add(Class.forName(TableTest.class.getPackageName() + "." + name.replace(".class", "")));
            }
        }
        return found;
    }
}
