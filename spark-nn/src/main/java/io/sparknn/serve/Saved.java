package io.sparknn.serve;

import io.sparknn.format.FormatException;
import io.sparknn.format.Json;
import io.sparknn.format.RecordingJson;
import io.sparknn.format.Safetensors;
import io.sparknn.tensor.Program;
import io.sparknn.tensor.Recording;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/** What saving a model or a layer left in a directory, as far as scoring without Spark needs it. */
final class Saved {
    private static final long FORMAT = 1;

    private final Path directory;
    private final Map<?, ?> json;

    private Saved(Path directory, Map<?, ?> json) {
        this.directory = directory;
        this.json = json;
    }

    static Saved read(Path directory) {
        Path file = directory.resolve("recording.json");
        if (!Files.exists(file)) {
            throw new IllegalArgumentException(
                    "Predictor expects a directory that a layer or a model was saved to, got "
                            + directory + " without recording.json; save it with this version of spark-nn, and of a"
                            + " PipelineModel give the directory of the stage");
        }
        try {
            Object json = Json.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
            if (json instanceof Map<?, ?> map && Long.valueOf(FORMAT).equals(map.get("format"))) {
                return new Saved(directory, map);
            }
            throw damaged(file, "another format", null);
        } catch (FormatException e) {
            throw damaged(file, e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException damaged(Path file, String what, Exception cause) {
        return new IllegalArgumentException(
                "Predictor expects what save wrote in " + file + ", got " + what + "; save the model again", cause);
    }

    Program program() {
        if (json.get("refused") instanceof String why) {
            throw new IllegalArgumentException("Predictor expects a network that could be recorded, got one of which "
                    + directory + " says: " + why);
        }
        try {
            Recording recording = RecordingJson.decode((Map<?, ?>) json.get("recording"));
            Safetensors weights = recording.names().isEmpty() ? null : weights();
            return new Program(recording, new Values(weights));
        } catch (ClassCastException | NullPointerException | IndexOutOfBoundsException e) {
            throw damaged(directory, "a damaged file: " + e.getMessage(), e);
        }
    }

    /** A class rather than a function written in place: the first of those costs a cold JVM many milliseconds. */
    private static final class Values implements Function<String, float[]> {
        private final Safetensors weights;

        Values(Safetensors weights) {
            this.weights = weights;
        }

        @Override
        public float[] apply(String name) {
            return weights.values(name);
        }
    }

    private Safetensors weights() {
        Path file = directory.resolve("weights.safetensors");
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return Safetensors.read(in, Files.size(file));
        } catch (FormatException e) {
            throw damaged(file, e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** What the outputs mean; null for a layer. */
    Prediction prediction() {
        try {
            return Prediction.of((Map<?, ?>) json.get("prediction"));
        } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw damaged(directory, "a damaged file: " + e.getMessage(), e);
        }
    }
}
