package io.sparknn.examples.benchmarks;

import io.sparknn.tensor.Tensor;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Runs a main class in a JVM of its own, with the heap and the flags of this one. */
final class FreshJvm {
    private static final String VECTOR = "jdk.incubator.vector";

    private FreshJvm() {}

    /** Whether this JVM has the Vector API. */
    static boolean hasVectors() {
        return ModuleLayer.boot().findModule(VECTOR).isPresent();
    }

    /** What the class printed; with the Vector API as here, or without it. */
    static String run(Class<?> main, boolean vectors, String... arguments) throws IOException {
        return run(main, vectors, List.of(), arguments);
    }

    /** The same with more flags. */
    static String run(Class<?> main, boolean vectors, List<String> flags, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> vectors || !flag.contains(VECTOR))
                .filter(flag -> !flag.startsWith("-agent") && !flag.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(flags);
        command.addAll(List.of("-Dspark.ui.enabled=false", "-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return printed(main, command, vectors);
    }

    private static String printed(Class<?> main, List<String> command, boolean vectors) throws IOException {
        Path log = Files.createTempFile("spark-nn-jvm", ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        if (!vectors) {
            builder.environment().remove("JDK_JAVA_OPTIONS");
        }
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(main + " ended with " + process.exitValue() + ": " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            Files.delete(log);
        }
        return printed;
    }

    /** Spark puts what is submitted on a class path of its own, which only its class loader knows. */
    private static String classPath() {
        Set<String> places = new LinkedHashSet<>();
        places.add(place(FreshJvm.class));
        places.add(place(Tensor.class));
        places.add(System.getProperty("java.class.path"));
        return String.join(File.pathSeparator, places);
    }

    private static String place(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
