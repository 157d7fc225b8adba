package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.format.Safetensors;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.BatchNorm3d;
import io.sparknn.nn.layers.Bilinear;
import io.sparknn.nn.layers.Conv1d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Conv3d;
import io.sparknn.nn.layers.ConvTranspose2d;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.GroupNorm;
import io.sparknn.nn.layers.Gru;
import io.sparknn.nn.layers.InstanceNorm1d;
import io.sparknn.nn.layers.LayerNorm;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Lstm;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.MultiheadAttention;
import io.sparknn.nn.layers.PRelu;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Rnn;
import io.sparknn.nn.layers.Unflatten;
import io.sparknn.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is saved has the names, shapes and types of the {@code state_dict} that PyTorch had when it computed the reference
 * files, and those values load under them. With PyTorch at hand {@link PyTorchTest} asks it.
 */
@Tag("fast")
final class StateDictTest {
    /** By the name of the file and the prefix of the layer in its module there. */
    private static final Map<String, Supplier<Layer>> LAYERS = new TreeMap<>();

    static {
        LAYERS.put("linear:", () -> new Linear(100, 10));
        LAYERS.put("linear_nobias:", () -> new Linear(100, 10, false));
        LAYERS.put("bilinear:", () -> new Bilinear(5, 4, 3));
        LAYERS.put("conv1d:", () -> new Conv1d(4, 6, 3));
        LAYERS.put("conv2d:", () -> new Conv2d(3, 8, 3));
        LAYERS.put("conv2d_dilated_grouped:", () -> new Conv2d(4, 8, new int[] {3}, 4, true));
        LAYERS.put("conv2d_nobias:", () -> new Conv2d(1, 4, new int[] {5}, 1, false));
        LAYERS.put("conv3d:", () -> new Conv3d(2, 4, 3));
        LAYERS.put("conv_transpose2d:", () -> new ConvTranspose2d(4, 6, new int[] {3}, 2, true));
        LAYERS.put("batchnorm1d_rank2_train:", () -> new BatchNorm1d(6));
        LAYERS.put("batchnorm1d_plain:", () -> new BatchNorm1d(4, 1e-5, 0.1, false, false));
        LAYERS.put("batchnorm2d_rank4_eval:", () -> new BatchNorm2d(3));
        LAYERS.put("batchnorm3d_rank5_eval:", () -> new BatchNorm3d(2));
        LAYERS.put("instancenorm1d_eval:", () -> new InstanceNorm1d(4, 1e-5, 0.1, true, true));
        LAYERS.put("layernorm:", () -> new LayerNorm(10));
        LAYERS.put("groupnorm:", () -> new GroupNorm(2, 6));
        LAYERS.put("act_prelu:", PRelu::new);
        LAYERS.put("embedding:", () -> new Embedding(12, 5));
        LAYERS.put("embedding_padding:", () -> new Embedding(12, 5, 0));
        LAYERS.put("rnn_bidirectional_2layer:", () -> new Rnn(5, 4, 2, true));
        LAYERS.put("gru:", () -> new Gru(5, 7));
        LAYERS.put("gru_bidirectional_2layer:", () -> new Gru(5, 4, 2, true));
        LAYERS.put("lstm:", () -> new Lstm(5, 7));
        LAYERS.put("lstm_bidirectional_2layer:", () -> new Lstm(5, 4, 2, true));
        LAYERS.put("multihead_self_attention:attn.", () -> new MultiheadAttention(8, 2));
    }

    @TempDir
    private Path folder;

    static Stream<String> layers() {
        return LAYERS.keySet().stream();
    }

    private static InputStream open(String name) {
        return StateDictTest.class.getResourceAsStream("/golden/" + name + ".safetensors");
    }

    private static Safetensors golden(String name) throws IOException {
        try (InputStream in = open(name)) {
            return Safetensors.read(in, -1);
        }
    }

    /** The tensors under some prefixes, as members of a network's layer of a place. */
    private static Safetensors state(Safetensors golden, String place, String... prefixes) {
        Safetensors.Builder state = Safetensors.builder();
        for (String name : golden.names()) {
            for (String prefix : prefixes) {
                if (name.startsWith(prefix)) {
                    add(state, place + name.substring(prefix.length()), golden, name);
                }
            }
        }
        return state.build();
    }

    private static void add(Safetensors.Builder state, String as, Safetensors golden, String name) {
        if (golden.isWhole(name)) {
            // What wrote the reference files put the counter on an axis, which it has not in PyTorch.
            state.addWhole(as, Shape.of(), golden.values(name));
        } else {
            state.add(as, golden.shape(name), golden.values(name));
        }
    }

    private String write(Safetensors content) throws IOException {
        Path path = folder.resolve("given.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            content.write(out);
        }
        return path.toString();
    }

    private void assertSavedAs(Layer network, Safetensors expected) throws IOException {
        Path path = folder.resolve("saved.safetensors");
        network.saveWeights(path.toString());
        Safetensors saved = Safetensors.read(Files.readAllBytes(path));
        assertThat(saved.names()).containsExactlyInAnyOrderElementsOf(expected.names());
        for (String name : expected.names()) {
            assertThat(saved.shape(name)).as(name).isEqualTo(expected.shape(name));
            assertThat(saved.isWhole(name)).as(name).isEqualTo(expected.isWhole(name));
            assertThat(saved.values(name)).as(name).containsExactly(expected.values(name));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aLayerWithinASequentialHasPyTorchsState(String layer) throws IOException {
        String[] parts = layer.split(":", 2);
        Safetensors expected = state(golden(parts[0]), "1.", "param." + parts[1], "buffer." + parts[1]);
        Sequential network = new Sequential(new Relu(), LAYERS.get(layer).get()).loadWeights(write(expected));
        assertSavedAs(network, expected);
    }

    /** The networks of whole training runs, straight from the files. */
    @ParameterizedTest
    @ValueSource(strings = {"start.", "end."})
    void aWholeNetworkHasPyTorchsState(String moment) throws IOException {
        Map<String, Sequential> networks = Map.of(
                "train_mlp_adam", new Sequential(new Linear(784, 32), new Relu(), new Linear(32, 10)),
                "train_cnn_sgd",
                        new Sequential(
                                new Unflatten(1, 28, 28),
                                new Conv2d(1, 6, 5, 2, 0),
                                new BatchNorm2d(6),
                                new Relu(),
                                new MaxPool2d(2),
                                new Flatten(),
                                new Linear(216, 10)));
        for (Map.Entry<String, Sequential> network : networks.entrySet()) {
            Path file = folder.resolve(network.getKey());
            try (InputStream in = open(network.getKey())) {
                Files.copy(in, file);
            }
            network.getValue().loadWeights(file.toString(), moment);
            assertSavedAs(network.getValue(), state(golden(network.getKey()), "", moment));
        }
    }
}
