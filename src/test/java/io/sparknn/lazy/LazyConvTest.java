package io.sparknn.lazy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.Module;
import io.sparknn.nn.layers.Conv1d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Conv3d;
import io.sparknn.nn.layers.ConvTranspose1d;
import io.sparknn.nn.layers.ConvTranspose2d;
import io.sparknn.nn.layers.ConvTranspose3d;
import io.sparknn.nn.layers.LazyConv1d;
import io.sparknn.nn.layers.LazyConv2d;
import io.sparknn.nn.layers.LazyConv3d;
import io.sparknn.nn.layers.LazyConvTranspose1d;
import io.sparknn.nn.layers.LazyConvTranspose2d;
import io.sparknn.nn.layers.LazyConvTranspose3d;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import io.sparknn.tensor.Window;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PyTorch tests of its lazy convolutions, here. */
final class LazyConvTest {
    private static final Shape SERIES = Shape.of(192, 16, 50);
    private static final Shape IMAGES = Shape.of(192, 16, 8, 6);
    private static final Shape VOLUMES = Shape.of(192, 16, 8, 7, 6);

    @TempDir
    private Path directory;

    @Test
    @Upstream(13)
    void aLazyConv1dFindsItsChannels() {
        Conv1d conv = new LazyConv1d(32, 2).build(SERIES);
        checkConvolution(conv, Shape.of(32, 16, 2), SERIES, Window.of(2), Shape.of(192, 32, 49));
    }

    @Test
    @Upstream(14)
    void aLazyConv1dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConv1d(32, 2), SERIES);
    }

    @Test
    @Upstream(15)
    void aLazyConv1dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConv1d(32, 2), new Conv1d(16, 32, 2));
    }

    @Test
    @Upstream(16)
    void aLazyConv2dFindsItsChannels() {
        Conv2d conv = new LazyConv2d(32, 2).build(IMAGES);
        checkConvolution(conv, Shape.of(32, 16, 2, 2), IMAGES, Window.of(2, 2), Shape.of(192, 32, 7, 5));
    }

    @Test
    @Upstream(17)
    void aLazyConv2dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConv2d(32, 2), IMAGES);
    }

    @Test
    @Upstream(18)
    void aLazyConv2dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConv2d(32, 2), new Conv2d(16, 32, 2));
    }

    @Test
    @Upstream(19)
    void aLazyConv2dComputesWhatItsWeightsComputed() {
        checkOutput(new LazyConv2d(16, 3, 1, 1), new Conv2d(3, 16, 3, 1, 1), Tensor.rand(2, 3, 8, 8));
    }

    @Test
    @Upstream(20)
    void aLazyConvTranspose2dComputesWhatItsWeightsComputed() {
        checkOutput(new LazyConvTranspose2d(16, 3, 1, 1), new ConvTranspose2d(3, 16, 3, 1, 1), Tensor.rand(2, 3, 8, 8));
    }

    @Test
    @Upstream(21)
    void aLazyConv3dFindsItsChannels() {
        Conv3d conv = new LazyConv3d(32, 2).build(VOLUMES);
        Shape output = Shape.of(192, 32, 7, 6, 5);
        checkConvolution(conv, Shape.of(32, 16, 2, 2, 2), VOLUMES, Window.of(2, 2, 2), output);
    }

    @Test
    @Upstream(22)
    void aLazyConv3dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConv3d(32, 2), VOLUMES);
    }

    @Test
    @Upstream(23)
    void aLazyConv3dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConv3d(32, 2), new Conv3d(16, 32, 2));
    }

    @Test
    @Upstream(24)
    void aLazyConvTranspose1dFindsItsChannels() {
        ConvTranspose1d conv = new LazyConvTranspose1d(32, 2).build(SERIES);
        checkTranspose(conv, Shape.of(16, 32, 2), SERIES, Window.of(2), Shape.of(192, 32, 51));
    }

    @Test
    @Upstream(25)
    void aLazyConvTranspose1dIsToldTheSizeOfItsOutput() {
        checkOutputSize(new LazyConvTranspose1d(32, 2).setOutputSize(51), SERIES, Shape.of(192, 32, 51));
        checkOutputSize(new LazyConvTranspose1d(32, 2, 3, 0).setOutputSize(151), SERIES, Shape.of(192, 32, 151));
    }

    @Test
    @Upstream(26)
    void aLazyConvTranspose1dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConvTranspose1d(32, 2), SERIES);
    }

    @Test
    @Upstream(27)
    void aLazyConvTranspose1dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConvTranspose1d(32, 2), new ConvTranspose1d(16, 32, 2));
    }

    @Test
    @Upstream(28)
    void aLazyConvTranspose2dFindsItsChannels() {
        ConvTranspose2d conv = new LazyConvTranspose2d(32, 2).build(IMAGES);
        checkTranspose(conv, Shape.of(16, 32, 2, 2), IMAGES, Window.of(2, 2), Shape.of(192, 32, 9, 7));
    }

    @Test
    @Upstream(29)
    void aLazyConvTranspose2dIsToldTheSizeOfItsOutput() {
        checkOutputSize(new LazyConvTranspose2d(32, 2).setOutputSize(9, 7), IMAGES, Shape.of(192, 32, 9, 7));
        LazyConvTranspose2d wide = new LazyConvTranspose2d(32, 2, 2, 0).setOutputSize(17, 12);
        checkOutputSize(wide, IMAGES, Shape.of(192, 32, 17, 12));
    }

    @Test
    @Upstream(30)
    void aLazyConvTranspose2dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConvTranspose2d(32, 2), IMAGES);
    }

    @Test
    @Upstream(31)
    void aLazyConvTranspose2dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConvTranspose2d(32, 2), new ConvTranspose2d(16, 32, 2));
    }

    @Test
    @Upstream(32)
    void aLazyConvTranspose3dFindsItsChannels() {
        ConvTranspose3d conv = new LazyConvTranspose3d(32, 2).build(VOLUMES);
        Shape output = Shape.of(192, 32, 9, 8, 7);
        checkTranspose(conv, Shape.of(16, 32, 2, 2, 2), VOLUMES, Window.of(2, 2, 2), output);
    }

    @Test
    @Upstream(33)
    void aLazyConvTranspose3dIsToldTheSizeOfItsOutput() {
        LazyConvTranspose3d lazy = new LazyConvTranspose3d(32, 2).setOutputSize(9, 8, 7);
        checkOutputSize(lazy, VOLUMES, Shape.of(192, 32, 9, 8, 7));
    }

    @Test
    @Upstream(34)
    void aLazyConvTranspose3dTravelsAndIsSavedInBothStates() throws Exception {
        checkTravel(new LazyConvTranspose3d(32, 2), VOLUMES);
    }

    @Test
    @Upstream(35)
    void aLazyConvTranspose3dIsReadyOnceWeightsAreLoaded() {
        checkWeights(new LazyConvTranspose3d(32, 2), new ConvTranspose3d(16, 32, 2));
    }

    /** Three rows of the input will do for its values. */
    private static Tensor some(Shape input) {
        return Tensor.rand(input.with(0, 3).dims());
    }

    private static void checkParameters(Layer conv, Shape weight, Shape input, Shape output) {
        assertThat(conv.parameter("weight").shape()).isEqualTo(weight);
        assertThat(conv.parameter("bias").shape()).isEqualTo(Shape.of(32));
        assertThat(conv.parameter("weight").toArray()).doesNotContain(0f);
        assertThat(conv.parameter("bias").toArray()).doesNotContain(0f);
        assertThat(conv.outputShape(input)).isEqualTo(output);
    }

    private static void checkConvolution(Layer conv, Shape weight, Shape input, Window window, Shape output) {
        checkParameters(conv, weight, input, output);
        Tensor x = some(input);
        Tensor expected = x.conv(conv.parameter("weight"), conv.parameter("bias"), window, 1);
        assertThat(conv.forward(x).toArray()).isEqualTo(expected.toArray());
        assertThat(conv.forward(x).toArray()).isEqualTo(expected.toArray());
    }

    private static void checkTranspose(Layer conv, Shape weight, Shape input, Window window, Shape output) {
        checkParameters(conv, weight, input, output);
        Tensor x = some(input);
        Tensor expected = x.convTranspose(conv.parameter("weight"), conv.parameter("bias"), window, 1, 0);
        assertThat(conv.forward(x).toArray()).isEqualTo(expected.toArray());
    }

    private static void checkOutputSize(LazyLayer<?> lazy, Shape input, Shape output) {
        assertThat(lazy.build(input).outputShape(input)).isEqualTo(output);
        Tensor x = some(input);
        assertThat(lazy.build(input).forward(x).shape()).isEqualTo(output.with(0, 3));
    }

    private void checkTravel(LazyLayer<?> lazy, Shape input) throws Exception {
        SharedSpark.session();
        LazyLayer<?> sent = Sent.copy(lazy.setSeed(3));
        assertThat(sent.getClass()).isEqualTo(lazy.getClass());
        lazy.save(directory + "/lazy");
        LazyLayer<?> saved = LazyLayer.load(directory + "/lazy");
        assertThat(saved.getClass()).isEqualTo(lazy.getClass());

        Layer ready = lazy.build(input);
        Tensor x = some(input);
        float[] expected = ready.forward(x).toArray();
        assertThat(sent.build(input).forward(x).toArray()).isEqualTo(expected);
        assertThat(saved.build(input).forward(x).toArray()).isEqualTo(expected);
        assertThat(Sent.copy(ready).forward(x).toArray()).isEqualTo(expected);
        ready.save(directory + "/ready");
        Layer loaded = Layer.load(directory + "/ready");
        assertThat(loaded.getClass()).isEqualTo(ready.getClass());
        assertThat(loaded.forward(x).toArray()).isEqualTo(expected);
    }

    private void checkWeights(LazyLayer<?> lazy, Layer source) {
        source.saveWeights(directory + "/ready");
        Module loaded = lazy.loadWeights(directory + "/ready");
        assertThat(loaded).isInstanceOf(source.getClass()).hasToString(source.toString());
        source.parameters()
                .forEach((name, parameter) ->
                        assertThat(((Layer) loaded).parameter(name).toArray()).isEqualTo(parameter.toArray()));

        lazy.saveWeights(directory + "/lazy");
        assertThat(lazy.loadWeights(directory + "/lazy")).isSameAs(lazy);
        assertThatThrownBy(() -> source.loadWeights(directory + "/lazy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("which has none; fit it before saving");
    }

    private void checkOutput(LazyLayer<?> lazy, Layer source, Tensor x) {
        source.saveWeights(directory + "/ready");
        Layer loaded = (Layer) lazy.loadWeights(directory + "/ready");
        assertThat(loaded.forward(x).toArray()).isEqualTo(source.forward(x).toArray());
        assertThat(loaded.build(x.shape()).forward(x).toArray())
                .isEqualTo(source.forward(x).toArray());
    }

    @Test
    void declaredSizesAreNotOverriddenByWeights() {
        new Conv2d(2, 5, 7).saveWeights(directory + "/other");
        assertThatThrownBy(() -> new LazyConv2d(8, 3).loadWeights(directory + "/other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expects shape (8, 2, 3, 3), got (5, 2, 7, 7)");
        new Conv2d(4, 8, new int[] {3}, 2, true).saveWeights(directory + "/grouped");
        LazyLayer<?> grouped = new LazyConv2d(8, new int[] {3}, 2, true);
        assertThat(grouped.loadWeights(directory + "/grouped")).hasToString("Conv2d(4, 8, 3, groups 2)");
    }
}
