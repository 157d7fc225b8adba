package io.sparknn.nn;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a main class of the tests in a JVM of its own, with the class path and the module flags of this one. */
public final class ChildJvm {
    private ChildJvm() {}

    /** A process yet to be started, with a heap of 1 GB. */
    public static ProcessBuilder of(Class<?> main, String... arguments) {
        return of(main, List.of("-Xmx1g"), arguments);
    }

    private static ProcessBuilder of(Class<?> main, List<String> flags, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-") || flag.startsWith("-Djdk.") || flag.startsWith("-Dio.netty"))
                .forEach(command::add);
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** What the class printed on standard output; an error if it failed. */
    public static String run(Class<?> main, List<String> flags, String... arguments) {
        return run(of(main, flags, arguments).redirectError(ProcessBuilder.Redirect.INHERIT), main);
    }

    /** The same with errors and logs in a file. */
    public static String run(File log, Class<?> main, String... arguments) {
        return run(of(main, arguments).redirectError(log), main);
    }

    private static String run(ProcessBuilder builder, Class<?> main) {
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(main + " ended with " + process.exitValue() + ": " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Surefire hides the class path in a jar of its own; executors and compilers need the real one. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
