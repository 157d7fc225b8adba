package io.sparknn.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.format.FormatException.Reason;
import io.sparknn.tensor.Shape;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights in several files: what their index says, and whether the files agree. */
@Tag("fast")
class SafetensorsIndexTest {
    private final Map<String, Safetensors> shards = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();

    private Safetensors shard(String file) throws IOException {
        asked.add(file);
        Safetensors shard = shards.get(file);
        if (shard == null) {
            throw new FileNotFoundException(file);
        }
        return shard;
    }

    private void holds(String file, String... names) {
        Safetensors.Builder shard = Safetensors.builder();
        for (String name : names) {
            shard.add(name, Shape.of(2), new float[] {name.length(), file.length()});
        }
        shards.put(file, shard.build());
    }

    private static SafetensorsIndex index(String... namesAndFiles) throws FormatException {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndFiles.length; i += 2) {
            map.put(namesAndFiles[i], namesAndFiles[i + 1]);
        }
        return parse(Json.write(Map.of("metadata", Map.of("total_size", 24), "weight_map", map)));
    }

    private static SafetensorsIndex parse(String json) throws FormatException {
        return SafetensorsIndex.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private void assertRefused(SafetensorsIndex index, Reason reason, String message) {
        assertThatThrownBy(() -> index.read("", this::shard))
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    private static void assertRefused(String json, Reason reason, String message) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        FormatException.class, e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(message);
    }

    @Test
    void tensorsOfAllShardsAreThere() throws IOException {
        holds("a.safetensors", "x", "yyy");
        holds("bb.safetensors", "zz");
        SafetensorsIndex index = index("x", "a.safetensors", "zz", "bb.safetensors", "yyy", "a.safetensors");

        Safetensors all = index.read("", this::shard);

        assertThat(index.names()).containsExactly("x", "zz", "yyy");
        assertThat(all.names()).containsExactlyInAnyOrder("x", "yyy", "zz");
        assertThat(all.values("yyy")).containsExactly(3, 13);
        assertThat(all.values("zz")).containsExactly(2, 14);
        assertThat(asked).containsExactly("a.safetensors", "bb.safetensors");
    }

    @Test
    void wholeNumbersStaySuch() throws IOException {
        shards.put(
                "a.safetensors",
                Safetensors.builder().addWhole("n", Shape.of(), new float[] {7}).build());

        assertThat(index("n", "a.safetensors").read("", this::shard).isWhole("n"))
                .isTrue();
    }

    @Test
    void aPartReadsNoMoreShardsThanItNeeds() throws IOException {
        holds("a.safetensors", "encoder.w", "decoder.v");
        SafetensorsIndex index =
                index("encoder.w", "a.safetensors", "decoder.v", "a.safetensors", "decoder.w", "absent.safetensors");

        assertThat(index.read("encoder.", this::shard).names()).containsExactly("encoder.w");
        assertThat(asked).containsExactly("a.safetensors");
        assertThatThrownBy(() -> index.read("decoder.", this::shard)).isInstanceOf(FileNotFoundException.class);
    }

    @Test
    void indexAndShardsHaveToAgree() throws FormatException {
        holds("a.safetensors", "x");
        holds("b.safetensors", "x", "y");
        assertRefused(
                index("x", "a.safetensors", "z", "a.safetensors"),
                Reason.SHARD_MISSING,
                "expects \"z\" in a.safetensors, got a file without it; fetch index and shards again");
        assertRefused(
                index("x", "a.safetensors", "y", "b.safetensors"),
                Reason.SHARD_SURPLUS,
                "every tensor in one shard, got \"x\" in b.safetensors while the index lists it in a.safetensors");
        assertRefused(
                index("x", "b.safetensors"),
                Reason.SHARD_SURPLUS,
                "got \"y\" in b.safetensors while the index does not list it");
    }

    @Test
    void aNameIsListedOnce() {
        assertRefused(
                "{\"weight_map\":{\"x\":\"a.safetensors\",\"x\":\"b.safetensors\"}}",
                Reason.JSON_DUPLICATE_KEY,
                "got \"x\" again");
    }

    @Test
    void whatIsNoIndexIsRefused() {
        for (String json : List.of("[]", "7", "null", "{}", "{\"weight_map\":[]}", "{\"weight_map\":null}")) {
            assertRefused(json, Reason.INDEX, "index of weights expects \"weight_map\"");
        }
        assertRefused("{\"weight_map\":{\"x\":7}}", Reason.INDEX, "the name of a file for \"x\", got a Long");
        assertRefused("{\"weight_map\":{\"x\":null}}", Reason.INDEX, "the name of a file for \"x\", got null");
        assertRefused("{\"weight_map\":", Reason.JSON_SYNTAX, "JSON at character 14");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../a.safetensors",
                "/etc/passwd",
                "sub/a.safetensors",
                "sub\\a.safetensors",
                "..\\a.safetensors",
                "C:a.safetensors",
                "file:a.safetensors",
                "hdfs://other/a.safetensors",
                ".hidden.safetensors",
                "a\u0000.safetensors",
                "a\n.safetensors",
                "a%2f..%2fb.safetensors",
                "*.safetensors",
                "{a,b}.safetensors",
                "~",
                "a\uff0fb.safetensors"
            })
    void shardsAreBesideTheIndex(String file) {
        String json = Json.write(Map.of("weight_map", Map.of("x", file)));
        assertRefused(json, Reason.SHARD_NAME, "expects shards beside it");
    }
}
