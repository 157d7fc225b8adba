package io.sparknn.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the time goes while a row is measured, by Java Flight Recorder's samples of threads that run the library's code:
 * what a note says when a target is missed. Peers in the same JVM are not in it, nor is what other processes do.
 */
final class Profile implements AutoCloseable {
    private static final String SAMPLE = "jdk.ExecutionSample";
    private static final String LIBRARY = "io.sparknn.";
    private static final String EXAMPLES = "io.sparknn.examples.";
    private static final int METHODS = 6;

    private final Recording recording = new Recording();

    Profile() {
        recording.enable(SAMPLE).withPeriod(Duration.ofMillis(20));
        recording.start();
    }

    /** The methods in which most of the time since the start went, in a sentence; empty if there are no samples. */
    String summary() throws IOException {
        Path file = Files.createTempFile("spark-nn-profile", ".jfr");
        try {
            recording.stop();
            recording.dump(file);
            Map<String, Integer> methods = new HashMap<>();
            for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
                if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
                    count(event.getStackTrace().getFrames(), methods);
                }
            }
            return summary(methods);
        } finally {
            Files.delete(file);
        }
    }

    private static void count(List<RecordedFrame> frames, Map<String, Integer> methods) {
        boolean isOurs = frames.stream().map(Profile::type).anyMatch(Profile::isLibrary);
        if (isOurs) {
            String type = type(frames.get(0));
            String method = frames.get(0).getMethod().getName();
            methods.merge(type.substring(type.lastIndexOf('.') + 1) + "." + method, 1, Integer::sum);
        }
    }

    private static boolean isLibrary(String type) {
        return type.startsWith(LIBRARY) && !type.startsWith(EXAMPLES);
    }

    private static String type(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    static String summary(Map<String, Integer> methods) {
        int samples = methods.values().stream().mapToInt(Integer::intValue).sum();
        if (samples == 0) {
            return "";
        }
        return "of " + samples + " samples of ours "
                + methods.entrySet().stream()
                        .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(METHODS)
                        .map(method -> String.format(
                                Locale.ROOT, "%.0f %% in %s", 100.0 * method.getValue() / samples, method.getKey()))
                        .collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        recording.close();
    }
}
