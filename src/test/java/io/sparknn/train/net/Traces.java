package io.sparknn.train.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What training leaves behind in this JVM: threads, and ports that listen. */
final class Traces {
    private Traces() {}

    /** Threads of the network and of our own. */
    static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("sparknn-") || name.startsWith("spark-nn "))
                .sorted()
                .toList();
    }

    /** Ports this process listens on, as Linux tells them; empty elsewhere. */
    static Set<Integer> ports() {
        Set<Integer> ports = new TreeSet<>();
        try {
            Set<String> mine = socketsOfThisProcess();
            for (String table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
                if (Files.exists(Path.of(table))) {
                    for (String line : Files.readAllLines(Path.of(table))) {
                        String[] words = line.trim().split("\\s+", -1);
                        if (words[3].equals("0A") && mine.contains("socket:[" + words[9] + "]")) {
                            ports.add(Integer.parseInt(words[1].substring(words[1].indexOf(':') + 1), 16));
                        }
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ports;
    }

    private static Set<String> socketsOfThisProcess() throws IOException {
        Set<String> sockets = new HashSet<>();
        Path descriptors = Path.of("/proc/self/fd");
        if (Files.exists(descriptors)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
                for (Path each : all) {
                    if (Files.isSymbolicLink(each)) {
                        sockets.add(Files.readSymbolicLink(each).toString());
                    }
                }
            } catch (java.nio.file.NoSuchFileException e) {
                return socketsOfThisProcess(); // one was closed meanwhile
            }
        }
        return sockets;
    }

    /** Waits until something is as expected, 20 seconds at most: Netty takes two to end its threads. */
    static boolean becomes(Supplier<Boolean> expected) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!expected.get()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** For error messages. */
    static String describe() {
        return threads().stream().collect(Collectors.joining(", ", "threads ", "")) + "; ports " + ports();
    }
}
