package io.sparknn.examples.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * PyTorch in a process of its own, one thread: a script of ours that does a round of work for each line it is sent, and
 * answers with a line of JSON. So its rounds can come in turns with ours.
 */
final class Torch implements AutoCloseable {
    private static final String SCRIPT = "torch_peer.py";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final Writer orders;
    private final BufferedReader answers;
    private final JsonNode about;

    private Torch(Path folder, Process process) throws IOException {
        this.folder = folder;
        this.process = process;
        this.orders = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.about = answer();
    }

    /** Starts it; a command that cannot be run, or lacks PyTorch, gives one that says so. */
    static Torch start(String python) throws IOException {
        Path folder = Files.createTempDirectory("spark-nn-torch");
        Path script = folder.resolve(SCRIPT);
        try (InputStream source = Torch.class.getResourceAsStream(SCRIPT)) {
            Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
        }
        ProcessBuilder builder = new ProcessBuilder(python, script.toString())
                .redirectError(folder.resolve("errors").toFile());
        Map<String, String> environment = builder.environment();
        List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS").forEach(name -> {
            environment.put(name, "1");
        });
        environment.remove("OPENBLAS_CORETYPE");
        environment.put("OPENBLAS_VERBOSE", "2");
        return new Torch(folder, started(builder));
    }

    /** Where there is no such command, a process that says nothing. */
    private static Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.start();
        } catch (IOException e) {
            return new ProcessBuilder("false").start();
        }
    }

    private JsonNode answer() throws IOException {
        String line = answers.readLine();
        return line == null ? JSON.createObjectNode().put("missing", "no torch") : JSON.readTree(line);
    }

    /** Why it cannot work, or null. */
    String missing() {
        return about.has("missing") ? about.get("missing").asText() : null;
    }

    /** Its version and libraries, with the core that its OpenBLAS names when it loads. */
    Map<String, String> description() throws IOException {
        if (missing() != null) {
            return Map.of("PyTorch", missing());
        }
        String core = Files.readString(folder.resolve("errors"))
                .lines()
                .filter(line -> line.startsWith("Core: "))
                .findFirst()
                .orElse("");
        Map<String, String> description = new LinkedHashMap<>();
        description.put("PyTorch", about.get("torch").asText() + ", threads " + about.get("threads"));
        description.put("PyTorch's BLAS", (about.get("blas") + " " + core).trim());
        description.put("PyTorch's build", about.get("config").asText().replaceAll("\\s+", " "));
        return description;
    }

    /** The seconds of a round of work. */
    double seconds(String work, int rows) throws IOException {
        orders.write(work + " " + rows + "\n");
        orders.flush();
        JsonNode answer = answer();
        if (!answer.has("seconds")) {
            throw new IOException("PyTorch failed in \"" + work + "\": " + answer + "\n"
                    + Files.readString(folder.resolve("errors")));
        }
        return answer.get("seconds").asDouble();
    }

    @Override
    public void close() throws IOException {
        orders.close(); // the script ends with its input
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (String name : List.of(SCRIPT, "errors")) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Files.delete(folder);
    }
}
