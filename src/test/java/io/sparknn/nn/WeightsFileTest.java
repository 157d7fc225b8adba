package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.format.Safetensors;
import io.sparknn.nn.CustomLayers.LazyMyLinear;
import io.sparknn.nn.CustomLayers.MyLinear;
import io.sparknn.nn.OwnLayers.LazyTold;
import io.sparknn.nn.layers.LazyLinear;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights alone, as PyTorch's {@code state_dict}: from lazy or ready layers into lazy or ready ones. */
@Tag("fast")
final class WeightsFileTest {
    @TempDir
    private Path folder;

    private String save(Module module) {
        String path = folder.resolve("weights.safetensors").toString();
        module.saveWeights(path);
        return path;
    }

    private String write(Map<String, Shape> shapes) throws IOException {
        Safetensors.Builder builder = Safetensors.builder();
        shapes.forEach((name, shape) -> builder.add(name, shape, new float[shape.size()]));
        Path path = folder.resolve("written.safetensors");
        try (OutputStream out = Files.newOutputStream(path)) {
            builder.build().write(out);
        }
        return path.toString();
    }

    private static Map<String, float[]> values(Layer layer) {
        Map<String, float[]> values = new TreeMap<>();
        layer.parameters()
                .forEach((name, parameter) -> values.put(name, parameter.value().toArray()));
        return values;
    }

    private static void assertSame(Layer actual, Layer expected) {
        Map<String, float[]> values = values(actual);
        assertThat(values.keySet()).isEqualTo(values(expected).keySet());
        values(expected)
                .forEach((name, floats) -> assertThat(values.get(name)).as(name).containsExactly(floats));
    }

    // ------------------------------------------------------------------- the four combinations

    @Test
    void lazyFromLazyStaysLazy() {
        LazyLinear target = new LazyLinear(4);
        assertThat(target.loadWeights(save(new LazyLinear(4)))).isSameAs(target);
        LazySequential chain = new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear(2));
        assertThat(chain.loadWeights(save(new LazySequential(new LazyLinear(3), new LazyLinear(2)))))
                .isSameAs(chain);
    }

    @Test
    void lazyFromReadyIsBuiltForItsWidth() {
        Linear source = new Linear(7, 4);
        Linear loaded = (Linear) new LazyLinear(4).loadWeights(save(source));
        assertSame(loaded, source);
        assertThat(loaded.parameter("weight").shape()).isEqualTo(Shape.of(4, 7));
        assertThat(loaded).hasToString("Linear(7, 4)");
        Sequential net = new Sequential(new Linear(5, 3), new Relu(), new Linear(3, 2));
        Module chain = new LazySequential(new LazyLinear(3), new Relu(), new LazyLinear(2)).loadWeights(save(net));
        assertSame((Layer) chain, net);
    }

    @Test
    void readyFromLazyIsRefusedAndKeepsItsValues() {
        Linear target = new Linear(3, 4);
        Map<String, float[]> before = values(target);
        String path = save(new LazyLinear(4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.loadWeights(path))
                .withMessageContaining("of a lazy LazyLinear, which has none; fit it before saving");
        values(target).forEach((name, floats) -> assertThat(floats).containsExactly(before.get(name)));
    }

    @Test
    void readyFromReadyTakesTheValues() {
        Linear source = new Linear(3, 4);
        Linear target = new Linear(3, 4);
        assertThat(target.loadWeights(save(source))).isSameAs(target);
        assertSame(target, source);
    }

    // ------------------------------------------------------------------- what does not fit

    private void assertRefused(Module target, String path, String message) {
        Map<String, float[]> before = target instanceof Layer layer ? values(layer) : Map.of();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target.loadWeights(path))
                .withMessageContaining(message);
        if (target instanceof Layer layer) {
            values(layer).forEach((name, floats) -> assertThat(floats).containsExactly(before.get(name)));
            assertThat(layer.isUntrained()).isTrue();
        }
    }

    /** PyTorch lets the file override the declared size. */
    @Test
    void declaredSizesStand() throws IOException {
        String path = write(Map.of("weight", Shape.of(7, 3), "bias", Shape.of(7)));
        assertRefused(new LazyLinear(4), path, "expects shape (4, 3), got (7, 3) for \"weight\"");
        assertRefused(new LazyTold(4), path, "parameter weight of MyLinear");
        assertRefused(new Linear(3, 4), path, "expects shape (4, 3), got (7, 3) for \"weight\"");
        assertRefused(
                new LazySequential(new LazyLinear(4)),
                write(Map.of("0.weight", Shape.of(7, 3), "0.bias", Shape.of(7))),
                "expects shape (4, 3), got (7, 3)");
    }

    @Test
    void missingAndSurplusNamesAreRefused() throws IOException {
        String bare = write(Map.of("weight", Shape.of(4, 3)));
        assertRefused(new LazyLinear(4), bare, "with missing [bias] and unknown []");
        assertRefused(new Linear(3, 4), bare, "with missing [bias] and unknown []");
        String full = write(Map.of("weight", Shape.of(4, 3), "bias", Shape.of(4)));
        assertRefused(new LazyLinear(4, false), full, "with missing [] and unknown [bias]");
        assertRefused(new Linear(3, 4, false), full, "with missing [] and unknown [bias]");
        assertRefused(new LazyLinear(4), write(Map.of("other", Shape.of(4, 3))), "expects a weight of rank 2");
        assertRefused(new LazyLinear(4), write(Map.of("weight", Shape.of(4), "bias", Shape.of(4))), "of rank 2");
    }

    @Test
    void aFileThatIsNoneIsRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "no weights at all, just some text");
        assertRefused(new Linear(3, 4), text.toString(), "cannot read weights from " + text);
        assertRefused(new LazyLinear(4), folder.resolve("absent").toString(), "cannot read weights from");
        byte[] whole = Files.readAllBytes(Path.of(save(new Linear(3, 4))));
        Path cut = Files.write(folder.resolve("cut"), java.util.Arrays.copyOf(whole, whole.length - 4));
        assertRefused(new Linear(3, 4), cut.toString(), "cannot read weights from " + cut);
    }

    @Test
    void aCustomLazyLayerTellsItsInputOrIsBuiltFirst() {
        MyLinear source = new MyLinear(3, 4);
        String path = save(source);
        assertSame((Layer) new LazyTold(4).loadWeights(path), source);
        assertThatIllegalStateException()
                .isThrownBy(() -> new LazyMyLinear(4).loadWeights(path))
                .withMessageContaining("cannot tell its input's shape from weights")
                .withMessageContaining("build(shape) it first");
        assertSame(new LazyMyLinear(4).build(Shape.of(-1, 3)).loadWeights(path), source);
    }

    // ------------------------------------------------------------------- parts, names, other sources

    @Test
    void aPrefixLoadsAPart() {
        Sequential stored = new Sequential(new Linear(4, 3), new Relu(), new Linear(3, 3), new Linear(3, 2));
        String path = save(stored);
        Sequential reused = new Sequential(new Linear(4, 3), new Relu(), new Linear(3, 3), new Linear(3, 9));
        reused.layer(0).loadWeights(path, "0.");
        reused.layer(2).loadWeights(path, "2.");
        assertSame(reused.layer(0), stored.layer(0));
        assertSame(reused.layer(2), stored.layer(2));
        assertSame((Layer) new LazyLinear(2).loadWeights(path, "3."), stored.layer(3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Linear(4, 3).loadWeights(path, "7."))
                .withMessageContaining("missing [bias, weight]");
    }

    @Test
    void tiedLayersStandUnderEachPlace() throws IOException {
        Linear shared = new Linear(3, 3);
        Sequential net = new Sequential(shared, new Relu(), shared);
        String path = save(net);
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            assertThat(Safetensors.read(in, -1).names())
                    .containsExactlyInAnyOrder("0.weight", "0.bias", "2.weight", "2.bias");
        }
        Linear other = new Linear(3, 3);
        assertSame(new Sequential(other, new Relu(), other).loadWeights(path), net);
    }

    @Test
    void pyTorchsBatchCounterIsPassedOver() throws IOException {
        String path =
                write(Map.of("0.weight", Shape.of(2, 2), "0.bias", Shape.of(2), "0.num_batches_tracked", Shape.of()));
        Sequential net = new Sequential(new Linear(2, 2));
        net.loadWeights(path);
        assertThat(net.parameter("0.weight").value().toArray()).containsOnly(0);
    }

    @Test
    void whatPyTorchStoredIsWhatItComputed() throws IOException {
        Path file = folder.resolve("golden.safetensors");
        try (InputStream in = Golden.class.getResourceAsStream("/golden/linear.safetensors")) {
            Files.copy(in, file);
        }
        Safetensors golden = Safetensors.read(Files.readAllBytes(file));
        Layer ready = (Layer) new LazyLinear(10).loadWeights(file.toString(), "param.");
        assertThat(ready.parameter("weight").value().toArray()).containsExactly(golden.values("param.weight"));
        float[] output = ready.forward(Tensor.of(golden.values("input"), golden.shape("input")))
                .toArray();
        float[] expected = golden.values("output");
        for (int i = 0; i < output.length; i++) {
            assertThat(output[i]).isCloseTo(expected[i], within(1e-5f));
        }
        assertThat(ready.isUntrained()).isFalse();
    }

    @Test
    void whatNobodyTrainedIsStillUntrainedAfterLoading() {
        Linear target = new Linear(3, 4);
        target.parameter("bias").set(Tensor.ones(4));
        target.loadWeights(save(new Linear(3, 4)));
        assertThat(((Layer) target).isUntrained()).isTrue();
    }

    @Test
    void noFilesAreLeftBesideTheWeights() throws IOException {
        save(new Linear(3, 4));
        try (var files = Files.list(folder)) {
            assertThat(files).extracting(path -> path.getFileName().toString()).containsExactly("weights.safetensors");
        }
    }

    @Test
    void savingAgainReplacesTheFile() {
        save(new Linear(100, 100));
        Linear second = new Linear(2, 2);
        assertSame(new Linear(2, 2).loadWeights(save(second)), second);
    }
}
