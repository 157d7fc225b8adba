package io.sparknn.nn;

import io.sparknn.format.Safetensors;
import io.sparknn.format.SafetensorsIndex;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where the weights of a path are: in the file, in the shards of an index, or in one of those in a directory. */
final class WeightsFiles {
    private static final String INDEX = ".index.json";
    // The names on the Hugging Face hub, and ours; one file goes before an index, as there.
    private static final List<String> KNOWN =
            List.of("model.safetensors", "model.safetensors" + INDEX, ModuleWriter.WEIGHTS.substring(1));

    private WeightsFiles() {}

    static Safetensors read(String path, String prefix) throws IOException {
        String file = Files.isDirectory(path) ? within(path) : path;
        return file.endsWith(INDEX) ? shards(file, prefix) : single(file);
    }

    private static String within(String directory) throws IOException {
        for (String name : KNOWN) {
            String file = directory + "/" + name;
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new FileNotFoundException(
                "a directory of weights expects one of " + KNOWN + " in it, got none; name the file itself");
    }

    private static Safetensors single(String file) throws IOException {
        try (InputStream in = Files.open(file)) {
            return Safetensors.read(in, Files.length(file));
        }
    }

    private static Safetensors shards(String index, String prefix) throws IOException {
        SafetensorsIndex parsed;
        try (InputStream in = Files.open(index)) {
            parsed = SafetensorsIndex.parse(in.readAllBytes());
        }
        return parsed.read(prefix, name -> {
            String file = Files.beside(index, name);
            if (!Files.exists(file)) {
                throw new FileNotFoundException("the index expects the shard " + name + " beside it, got no such file;"
                        + " fetch all files that it names");
            }
            try {
                return single(file);
            } catch (IOException e) {
                throw new IOException("in the shard " + name + ": " + e.getMessage(), e);
            }
        });
    }
}
