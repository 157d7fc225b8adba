package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.CustomLayers.MyLinear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saved layers that are none, or not whole. */
final class DamagedLayerTest {
    @TempDir
    Path directory;

    private Path saved;

    @BeforeEach
    void save() throws IOException {
        SharedSpark.session();
        saved = directory.resolve("layer");
        new MyLinear(3, 2).save(saved.toString());
    }

    private AbstractThrowableAssert<?, ?> assertRefused() {
        return assertThatThrownBy(() -> Layer.load(saved.toString())).isInstanceOf(IllegalArgumentException.class);
    }

    private void replaceInDefinition(String from, String to) throws IOException {
        Path definition = saved.resolve("layer.json");
        String text = Files.readString(definition);
        assertThat(text).contains(from);
        Files.writeString(definition, text.replace(from, to));
    }

    @Test
    void aDirectoryThatIsNoLayer() throws IOException {
        saved = Files.createDirectories(directory.resolve("else"));
        assertRefused()
                .hasMessage("loading expects a directory that a layer was saved to, got " + saved
                        + " without layer.json; give the path that was passed to save");
        saved = directory.resolve("nowhere");
        assertRefused().hasMessageContaining("without layer.json");
    }

    @Test
    void missingWeights() throws IOException {
        Files.delete(saved.resolve("weights.safetensors"));
        assertRefused().hasMessageContaining("cannot read weights from " + saved + "/weights.safetensors");
    }

    @Test
    void truncatedWeights() throws IOException {
        Path weights = saved.resolve("weights.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        for (int length : new int[] {0, 5, 40, bytes.length - 1}) {
            Files.write(weights, Arrays.copyOf(bytes, length));
            assertRefused().hasMessageContaining("cannot read weights from " + weights + ": ");
        }
    }

    @Test
    void aClassThatIsNotThere() throws IOException {
        replaceInDefinition("CustomLayers$MyLinear", "CustomLayers$YourLinear");
        assertRefused()
                .hasMessageStartingWith(
                        "loading a saved layer expects the class io.sparknn.nn.CustomLayers$YourLinear (a Module),"
                                + " got no such class on the class path; add the jar that holds it");
    }

    @Test
    void aClassThatIsNoLayer() throws IOException {
        replaceInDefinition("io.sparknn.nn.CustomLayers$MyLinear", "java.util.ArrayList");
        assertRefused()
                .hasMessage("a saved layer expects a class that extends Module, got java.util.ArrayList; the file is"
                        + " damaged or was not written by this library");
    }

    @Test
    void aDefinitionThatIsNoJson() throws IOException {
        Files.writeString(saved.resolve("layer.json"), "{\"format\": 1");
        assertRefused().hasMessageContaining("a saved layer expects a definition in JSON, got ");
    }

    @Test
    void aPathThatIsTaken() throws IOException {
        MyLinear other = new MyLinear(3, 2);
        assertThatThrownBy(() -> other.save(saved.toString()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(saved.toString())
                .hasMessageContaining("overwrite");
        other.write().overwrite().save(saved.toString());
        assertThat(Layer.load(saved.toString()).parameter("weight").value().toArray())
                .containsExactly(other.parameter("weight").value().toArray());
    }
}
