package io.sparknn.format;

import io.sparknn.format.FormatException.Reason;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The index of weights that are spread over several files, as large networks are: JSON that says which file, or shard,
 * holds the tensor of a name.
 *
 * <p>A shard is named by a plain file name and lies beside the index: a name with a folder, a drive or a scheme in it is
 * refused, so that an index cannot make anybody read other files. Index and shards have to agree on every name.
 *
 * <p>Source: the files {@code model.safetensors.index.json} of the Hugging Face hub,
 * https://huggingface.co/docs/safetensors.
 *
 * <pre>{@code
 * SafetensorsIndex index = SafetensorsIndex.parse(bytes);   // {"weight_map": {"0.weight": "a.safetensors", ...}}
 * Safetensors whole = index.read("", name -> Safetensors.read(Files.readAllBytes(folder.resolve(name))));
 * }</pre>
 */
public final class SafetensorsIndex {
    private static final String MAP = "weight_map";
    // No letter of another script may look like a slash, and no name may be hidden or a parent.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,254}");

    private final Map<String, String> files;

    private SafetensorsIndex(Map<String, String> files) {
        this.files = files;
    }

    /** Reads one of the files that an index names. */
    @FunctionalInterface
    public interface Shards {
        /**
         * Reads a shard.
         *
         * @param file its name, without a folder
         * @return its content
         * @throws IOException if it is not there or cannot be read
         */
        Safetensors read(String file) throws IOException;
    }

    /**
     * Reads an index.
     *
     * @param json all bytes of the file
     * @return the index
     * @throws FormatException if it is no index, or names a shard that is not beside it
     */
    public static SafetensorsIndex parse(byte[] json) throws FormatException {
        Object map = Json.parse(json) instanceof Map<?, ?> index ? index.get(MAP) : null;
        if (!(map instanceof Map<?, ?> names)) {
            throw new FormatException(
                    Reason.INDEX, "index of weights expects \"" + MAP + "\" with names and their files, got none");
        }
        Map<String, String> files = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : names.entrySet()) {
            files.put((String) entry.getKey(), file((String) entry.getKey(), entry.getValue()));
        }
        return new SafetensorsIndex(files);
    }

    private static String file(String tensor, Object value) throws FormatException {
        if (!(value instanceof String file)) {
            throw new FormatException(
                    Reason.INDEX,
                    "index of weights expects the name of a file for " + FormatException.quoted(tensor) + ", got "
                            + (value == null ? "null" : "a " + value.getClass().getSimpleName()));
        }
        if (!PLAIN.matcher(file).matches()) {
            throw new FormatException(
                    Reason.SHARD_NAME,
                    "index of weights expects shards beside it, named by letters, digits, '.', '-' and '_', got "
                            + FormatException.quoted(file) + " for " + FormatException.quoted(tensor)
                            + "; do not trust it, or put the files into one folder");
        }
        return file;
    }

    /**
     * The tensors that the index lists.
     *
     * @return their names, in the order of the index
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(files.keySet());
    }

    /**
     * Reads the tensors whose names start with a prefix, and no shard without such.
     *
     * @param prefix of names; empty for all
     * @param shards reads one shard
     * @return one content with the tensors of all shards read that start with the prefix; no metadata
     * @throws FormatException if a shard and the index do not agree, or a shard breaks its format
     * @throws IOException if a shard cannot be read
     */
    public Safetensors read(String prefix, Shards shards) throws IOException {
        Set<String> wanted = new LinkedHashSet<>();
        files.forEach((name, file) -> {
            if (name.startsWith(prefix)) {
                wanted.add(file);
            }
        });
        Safetensors.Builder all = Safetensors.builder();
        for (String file : wanted) {
            Safetensors shard = shards.read(file);
            check(file, shard);
            shard.names().stream().filter(name -> name.startsWith(prefix)).forEach(name -> all.adopt(shard, name));
        }
        return all.checked();
    }

    private void check(String file, Safetensors shard) throws FormatException {
        for (Map.Entry<String, String> entry : files.entrySet()) {
            if (entry.getValue().equals(file) && !shard.names().contains(entry.getKey())) {
                throw new FormatException(
                        Reason.SHARD_MISSING,
                        "index of weights expects " + FormatException.quoted(entry.getKey()) + " in " + file
                                + ", got a file without it; fetch index and shards again, from one version");
            }
        }
        for (String name : shard.names()) {
            if (!file.equals(files.get(name))) {
                String listed = files.containsKey(name) ? "lists it in " + files.get(name) : "does not list it";
                throw new FormatException(
                        Reason.SHARD_SURPLUS,
                        "index of weights expects every tensor in one shard, got " + FormatException.quoted(name)
                                + " in " + file + " while the index " + listed
                                + "; fetch index and shards again, from one version");
            }
        }
    }
}
