package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sparknn.format.Json;
import io.sparknn.nn.OwnLayers.Block;
import io.sparknn.nn.OwnLayers.Everything;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from a file is anybody's: each damage is refused by a message, and names run no code of other classes. */
@Tag("fast")
final class DamagedDefinitionTest {
    private static boolean initialised;

    @TempDir
    private Path folder;

    /** Notices when somebody merely touches it. */
    static final class Trap {
        static {
            initialised = true;
        }
    }

    abstract static class Unfinished extends Layer {}

    private void assertRefused(String definition, String message) throws IOException {
        Files.writeString(folder.resolve("layer.json"), definition);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(folder.toString()))
                .withMessageContaining(message);
    }

    private static String module(String type, String arguments) {
        return "{\"uid\":\"u\",\"class\":\"" + type + "\",\"arguments\":[" + arguments
                + "],\"params\":{},\"made\":[],\"layers\":{}}";
    }

    private static String file(String... modules) {
        return "{\"format\":1,\"modules\":[" + String.join(",", modules) + "]}";
    }

    private static String linear(String arguments) {
        return file(module(Linear.class.getName(), arguments));
    }

    private static final String SEQUENTIAL = Sequential.class.getName();

    private static String chain(String reference) {
        return module(SEQUENTIAL, "{\"array\":[\"io.sparknn.nn.Layer\",[{\"module\":" + reference + "}]]}");
    }

    @Test
    void textThatIsNoDefinition() throws IOException {
        assertRefused("", "a saved layer expects a definition in JSON");
        assertRefused("not JSON", "a saved layer expects a definition in JSON");
        assertRefused("[]", "a saved layer expects a JSON object, got []");
        assertRefused("{}", "expects format 1, got null");
        assertRefused("{\"format\":2,\"modules\":[]}", "expects format 1, got 2; it was written by a later version");
        assertRefused("{\"format\":\"1\",\"modules\":[]}", "expects format 1");
        assertRefused("{\"format\":1}", "a saved layer expects a JSON array, got null");
        assertRefused(file(), "expects the numbers of 0 modules");
        assertRefused("{\"format\":1,\"modules\":[7]}", "a saved layer expects a JSON object, got 7");
    }

    @Test
    void truncatedAtEveryCharacter() throws IOException {
        String whole = Definition.encode(new Sequential(new Block(2), new Linear(2, 1)));
        for (int length = 0; length < whole.length(); length += 7) {
            assertRefused(whole.substring(0, length), "a saved layer expects a definition in JSON");
        }
    }

    @Test
    void classesThatAreNoModules() throws IOException {
        String trap = Trap.class.getName();
        assertRefused(file(module(trap, "")), "expects a class that extends Module, got " + trap);
        assertRefused(linear("{\"init\":{\"class\":\"" + trap + "\",\"arguments\":[]}}"), "extends Init, got " + trap);
        assertRefused(linear("{\"enum\":[\"" + trap + "\",\"A\"]}"), "extends Enum, got " + trap);
        assertRefused(linear("{\"array\":[\"" + trap + "\",[]]}"), "Linear expects");
        assertRefused(linear("{\"array\":[\"" + trap + "\",[{\"int\":1}]]}"), "expects an array of " + trap);
        assertThat(initialised).isFalse();
        assertRefused(file(module("no.such.Layer", "")), "expects the class no.such.Layer (a Module)");
        assertRefused(file(module("int", "")), "expects the class int");
        assertRefused(file(module("[I", "")), "extends Module, got [I");
        assertRefused(file(module(Module.class.getName(), "")), "expects a class that extends Layer or LazyLayer");
        assertRefused(file(module(Unfinished.class.getName(), "")), "got the abstract " + Unfinished.class.getName());
        assertRefused(linear("{\"enum\":[\"java.lang.Enum\",\"A\"]}"), "expects a constant of java.lang.Enum, got A");
    }

    @Test
    void modulesThatReferToThemselves() throws IOException {
        assertRefused(file(chain("0")), "none within itself");
        assertRefused(file(chain("1"), chain("0")), "none within itself");
        assertRefused(file(chain("[0,\"0\"]")), "none within itself");
        for (String number : new String[] {"-1", "1", "4294967296", "1.5", "\"0\"", "null", "{}"}) {
            assertRefused(file(chain(number)), "expects the numbers of 1 modules");
        }
        assertRefused(
                file(chain("[1,\"x\"]"), module(Linear.class.getName(), "{\"int\":1},{\"int\":1}")), "layer \"x\"");
        assertRefused(file(chain("[1]")), "a JSON array of 2 elements, got 1");
    }

    @Test
    void modulesNestedBeyondReason() throws IOException {
        String[] modules = new String[100_000];
        for (int i = 0; i < modules.length; i++) {
            modules[i] = chain(String.valueOf(i + 1));
        }
        assertRefused(file(modules), "expects at most 100 modules within each other");
        Layer nested = new Linear(1, 1);
        for (int i = 0; i < 100; i++) {
            nested = new Sequential(nested);
        }
        Layer deepest = nested;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Definition.encode(deepest))
                .withMessage("a network expects at most 100 modules within each other, got more; put more of them side"
                        + " by side");
    }

    @Test
    void argumentsThatDoNotFit() throws IOException {
        assertRefused(linear(""), "Linear expects");
        assertRefused(linear("{\"int\":1}"), "it was saved by another version of the class");
        assertRefused(linear("{\"int\":1},{\"string\":\"x\"}"), "Linear expects");
        assertRefused(linear("{\"int\":0},{\"int\":1}"), "expects inFeatures of 1 or more");
        for (String damaged : new String[] {
            "{\"int\":\"1\"}",
            "{\"int\":1.5}",
            "{\"int\":2147483648}",
            "{\"int\":null}",
            "{\"long\":true}",
            "{\"byte\":300}",
            "{\"float\":1}",
            "{\"double\":\"x\"}",
            "{\"boolean\":1}",
            "{\"string\":1}",
            "{\"char\":\"\"}",
            "{\"colour\":1}",
            "{}",
            "{\"int\":1,\"long\":1}",
            "7",
            "{\"list\":1}",
            "{\"shape\":[1]}",
            "{\"shape\":[{\"int\":-7}]}",
            "{\"array\":[\"int\"]}",
            "{\"array\":[\"int\",[null]]}",
            "{\"array\":[\"int\",[{\"string\":\"x\"}]]}",
            "{\"array\":[1,[]]}",
            "{\"array\":[\"no.Such\",[]]}",
            "{\"array\":[\"void\",[]]}",
            "{\"enum\":[\"x\"]}",
            "{\"init\":{}}",
            "{\"init\":7}"
        }) {
            assertRefused(linear(damaged + ",{\"int\":1}"), "");
        }
    }

    @Test
    void paramsThatDoNotFit() throws IOException {
        String definition = Definition.encode(new Linear(1, 1).setOutputCol("x"));
        assertRefused(definition.replace("\"outputCol\":", "\"other\":"), "expects a Param \"other\", got none");
        String value = "\"outputCol\":\"\\\"x\\\"\"";
        assertThat(definition).contains(value);
        assertRefused(definition.replace(value, "\"outputCol\":7"), "expects a JSON string, got 7");
        assertRefused(definition.replace(value, "\"outputCol\":\"7\""), "expects a value of the Param \"outputCol\"");
        assertRefused(definition.replace(value, "\"outputCol\":\"{\""), "expects a value of the Param \"outputCol\"");
        assertRefused(
                definition.replace(value, "\"handleInvalid\":\"\\\"maybe\\\"\""),
                "value of the Param \"handleInvalid\"");
        assertRefused(definition.replace(value, "\"inputShape\":\"[\\\"a\\\"]\""), "value of the Param \"inputShape\"");
    }

    @Test
    void aLazyLayerIsNoLayer() throws IOException {
        assertRefused(Definition.encode(new LazyLinear(3)), "loading expects a Layer");
    }

    @Test
    void aDirectoryThatIsNoLayer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.load(folder.toString()))
                .withMessageContaining("without layer.json; give the path that was passed to save");
    }

    /** Any node of a definition replaced by anything else that JSON has, or left out: a message, never another error. */
    @Test
    void anyPartReplaced() throws IOException {
        Object whole = json(Definition.encode(new Sequential(Everything.make(1, 2, "x"), new Block(2))));
        Random random = new Random(1);
        Object[] others = {null, 7L, -1L, 1.5, "x", "", true, List.of(), Map.of(), List.of(1L), Map.of("int", 1L)};
        int refused = 0;
        for (int i = 0; i < 1000; i++) {
            Object damaged = damage(whole, random, others[random.nextInt(others.length)]);
            String text = Json.write(damaged);
            try {
                Definition.decode(text, (number, type) -> null);
            } catch (IllegalArgumentException e) {
                refused++;
                assertThat(e).hasMessageMatching("(?s).*(expects?|cannot|must|invalid).*");
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    private static Object json(String text) {
        try {
            return Json.parse(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A copy in which one node, found by a random walk, is the other one or, now and then, missing. */
    private static Object damage(Object node, Random random, Object other) {
        boolean here = random.nextInt(8) == 0;
        if (node instanceof Map && !((Map<?, ?>) node).isEmpty() && !here) {
            Map<String, Object> copy = new LinkedHashMap<>(JsonValues.object(node));
            String key = new ArrayList<>(copy.keySet()).get(random.nextInt(copy.size()));
            if (random.nextInt(10) == 0) {
                copy.remove(key);
            } else {
                copy.put(key, damage(copy.get(key), random, other));
            }
            return copy;
        }
        if (node instanceof List && !((List<?>) node).isEmpty() && !here) {
            List<Object> copy = new ArrayList<>(JsonValues.list(node));
            int place = random.nextInt(copy.size());
            if (random.nextInt(10) == 0) {
                copy.remove(place);
            } else {
                copy.set(place, damage(copy.get(place), random, other));
            }
            return copy;
        }
        return other;
    }
}
