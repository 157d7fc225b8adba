package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparknn.format.Json;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights in several files with an index, as large networks are published. */
@Tag("fast")
final class ShardedWeightsTest {
    private static final String INDEX = "model.safetensors.index.json";

    private final Sequential source = new Sequential(new Linear(3, 4), new Relu(), new Linear(4, 2));
    private final Map<String, String> files = new LinkedHashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        writeShard("one.safetensors", "0.weight", "2.bias");
        writeShard("two.safetensors", "0.bias", "2.weight");
        writeIndex();
    }

    private void writeShard(String file, String... names) throws IOException {
        Safetensors.Builder shard = Safetensors.builder().metadata("format", "pt");
        for (String name : names) {
            Parameter parameter = source.parameter(name);
            shard.add(name, parameter.shape(), parameter.value().toArray());
            files.put(name, file);
        }
        try (OutputStream out = Files.newOutputStream(folder.resolve(file))) {
            shard.build().write(out);
        }
    }

    private void writeIndex() throws IOException {
        Files.writeString(folder.resolve(INDEX), Json.write(Map.of("weight_map", files)));
    }

    private void assertLoads(String path) {
        Sequential ready = new Sequential(new Linear(3, 4), new Relu(), new Linear(4, 2));
        Module lazy = new LazySequential(new LazyLinear(4), new Relu(), new LazyLinear(2)).loadWeights(path);
        for (Layer loaded : List.of(ready.loadWeights(path), (Layer) lazy)) {
            source.parameters().forEach((name, parameter) -> assertThat(
                            loaded.parameter(name).value().toArray())
                    .as(name)
                    .containsExactly(parameter.value().toArray()));
        }
    }

    private void assertRefused(String message) {
        Sequential target = new Sequential(new Linear(3, 4), new Relu(), new Linear(4, 2));
        float[] before = target.parameter("0.weight").value().toArray();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.loadWeights(folder.toString()))
                .withMessageContaining("cannot read weights from " + folder)
                .withMessageContaining(message);
        assertThat(target.parameter("0.weight").value().toArray()).containsExactly(before);
    }

    @Test
    void anIndexOrItsDirectoryIsRead() {
        assertLoads(folder.resolve(INDEX).toString());
        assertLoads(folder.toString());
        assertLoads(folder + "/");
        assertLoads(folder.toUri() + INDEX);
        assertLoads(folder.toUri().toString());
    }

    @Test
    void anIndexOfAnotherNameIsRead() throws IOException {
        Path other = folder.resolve("model.fp32.safetensors.index.json");
        Files.move(folder.resolve(INDEX), other);
        assertLoads(other.toString());
        assertRefused("expects one of [model.safetensors, " + INDEX + ", weights.safetensors] in it, got none");
    }

    @Test
    void aDirectoryWithOneFileIsRead() throws IOException {
        Path single = Files.createDirectory(folder.resolve("single"));
        source.saveWeights(single.resolve("model.safetensors").toString());
        assertLoads(single.toString());
        Path saved = folder.resolve("saved");
        NetworkFiles.write(source, saved.toString());
        assertLoads(saved.toString());
    }

    @Test
    void aPartReadsOnlyItsShards() throws IOException {
        writeShard("one.safetensors", "0.weight", "0.bias");
        writeShard("two.safetensors", "2.weight", "2.bias");
        writeIndex();
        Files.delete(folder.resolve("two.safetensors"));
        Linear first = new Linear(3, 4).loadWeights(folder.toString(), "0.");
        assertThat(first.parameter("bias").value().toArray())
                .containsExactly(source.parameter("0.bias").value().toArray());
        assertRefused("the shard two.safetensors");
    }

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.delete(folder.resolve("two.safetensors"));
        assertRefused("the index expects the shard two.safetensors beside it, got no such file");
    }

    @Test
    void aDamagedShardIsNamed() throws IOException {
        Path shard = folder.resolve("two.safetensors");
        byte[] whole = Files.readAllBytes(shard);
        Files.write(shard, java.util.Arrays.copyOf(whole, whole.length - 4));
        assertRefused("in the shard two.safetensors: tensor");
    }

    @Test
    void aNameInTwoShardsIsRefused() throws IOException {
        Map<String, String> listed = new LinkedHashMap<>(files);
        writeShard("two.safetensors", "0.bias", "2.weight", "0.weight");
        files.putAll(listed);
        writeIndex();
        assertRefused("got \"0.weight\" in two.safetensors while the index lists it in one.safetensors");
    }

    @Test
    void aListedNameThatNoShardHoldsIsRefused() throws IOException {
        files.put("3.weight", "one.safetensors");
        writeIndex();
        assertRefused("expects \"3.weight\" in one.safetensors, got a file without it");
    }

    @Test
    void shardsElsewhereAreRefused() throws IOException {
        Path inner = Files.createDirectory(folder.resolve("inner"));
        files.replaceAll((name, file) -> "../" + file);
        Files.writeString(inner.resolve(INDEX), Json.write(Map.of("weight_map", files)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(3, 4).loadWeights(inner.toString()))
                .withMessageContaining("expects shards beside it")
                .withMessageContaining("got \"../");
    }

    @Test
    void anIndexThatIsNoneIsRefused() throws IOException {
        Files.writeString(folder.resolve(INDEX), "{\"weights\": {}}");
        assertRefused("expects \"weight_map\"");
    }
}
