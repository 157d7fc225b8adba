package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The catalogue is complete. */
@Tag("fast")
@SuppressWarnings("try")
final class OperationCasesTest {
    @Test
    void everyOperationHasACase() throws IOException, URISyntaxException {
        Set<Class<?>> used = new HashSet<>();
        OperationCases.all().forEach(c -> {
            if (c.withoutGradient != null) {
                used.add(c.withoutGradient);
                return;
            }
            try (Pass pass = Pass.recording()) {
                collect(c.function.apply(c.tensors()), used, Collections.newSetFromMap(new IdentityHashMap<>()));
            }
        });
        // Met by tensors of rows alone: its gradient has a test of its own in GradientTest, its values are in
        // RowAxisTest.
        used.add(RowMatMul.class);
        assertThat(used).containsAll(operations()).hasSizeGreaterThan(50);
    }

    private static void collect(Tensor result, Set<Class<?>> used, Set<Tensor> seen) {
        if (result.producer() != null && seen.add(result)) {
            used.add(result.producer().getClass());
            Arrays.stream(result.producer().inputs()).forEach(input -> collect(input, used, seen));
        }
    }

    /** The classes of the package, wherever it was loaded from, that are operations and no base of others. */
    private static Set<Class<?>> operations() throws IOException, URISyntaxException {
        Path root = Path.of(Operation.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(root)) {
            return operations(root);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            return operations(jar.getPath("/"));
        }
    }

    private static Set<Class<?>> operations(Path root) throws IOException {
        String name = Operation.class.getPackageName();
        try (Stream<Path> files = Files.list(root.resolve(name.replace('.', '/')))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".class") && !file.startsWith("package-info"))
                    .map(file -> load(name + "." + file.substring(0, file.length() - ".class".length())))
                    .filter(type -> Operation.class.isAssignableFrom(type) && !Modifier.isAbstract(type.getModifiers()))
                    .collect(Collectors.toSet());
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, Operation.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyMethodHasACase() {
        Set<String> expected = new TreeSet<>();
        for (Class<?> type : Tensor.class.getInterfaces()) {
            Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
                    .forEach(method -> expected.add(signature(method)));
        }
        Arrays.stream(Tensor.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && Modifier.isStatic(method.getModifiers()))
                .filter(OperationCasesTest::takesTensors)
                .forEach(method -> expected.add("Tensor." + signature(method)));
        Set<String> covered = OperationCases.all().map(OperationCase::method).collect(Collectors.toSet());
        assertThat(expected).hasSizeGreaterThan(80);
        assertThat(covered).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static boolean takesTensors(Method method) {
        return Arrays.stream(method.getParameterTypes()).anyMatch(t -> t == Tensor.class || t == Tensor[].class);
    }

    private static String signature(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", method.getName() + "(", ")"));
    }

    @Test
    void everyCaseHasItsOwnName() {
        assertThat(OperationCases.all().map(c -> c.name)).doesNotHaveDuplicates();
    }
}
