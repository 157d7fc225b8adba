package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Convolutions and pooling: the part of {@link LayerCases} about windows. */
final class WindowLayerCases {
    private static final Shape SERIES = Shape.of(9, 2, 5);
    private static final Shape IMAGES = Shape.of(9, 2, 4, 3);
    private static final Shape VOLUMES = Shape.of(9, 2, 2, 3, 2);

    private final List<LayerCase> cases = new ArrayList<>();

    private WindowLayerCases() {}

    static Stream<LayerCase> all() {
        WindowLayerCases all = new WindowLayerCases();
        all.convolutions();
        all.paddings();
        all.transposed();
        all.pools();
        all.adaptive();
        return all.cases.stream();
    }

    private void convolutions() {
        twins("Conv1d", () -> new Conv1d(2, 3, 3), () -> new LazyConv1d(3, 3), SERIES);
        twins("Conv1d: stride and padding", () -> new Conv1d(2, 3, 3, 2, 1), () -> new LazyConv1d(3, 3, 2, 1), SERIES);
        twins("Conv2d", () -> new Conv2d(2, 3, 2), () -> new LazyConv2d(3, 2), IMAGES);
        twins("Conv2d: stride and padding", () -> new Conv2d(2, 3, 2, 2, 1), () -> new LazyConv2d(3, 2, 2, 1), IMAGES);
        twins(
                "Conv2d: all settings",
                () -> new Conv2d(2, 4, new int[] {2, 1}, 2, false)
                        .setStride(2, 1)
                        .setPadding(1, 0)
                        .setDilation(2, 1)
                        .setPaddingMode("replicate"),
                () -> new LazyConv2d(4, new int[] {2, 1}, 2, false)
                        .setStride(2, 1)
                        .setPadding(1, 0)
                        .setDilation(2, 1)
                        .setPaddingMode("replicate"),
                IMAGES);
        twins(
                "Conv2d: settings changed",
                () -> new Conv2d(2, 4, 2, 2, 0).setStride(1),
                () -> new LazyConv2d(1, 3, 2, 0).setStride(1).setOutChannels(4).setKernelSize(2, 2),
                IMAGES);
        twins("Conv3d", () -> new Conv3d(2, 2, 2), () -> new LazyConv3d(2, 2), VOLUMES);
        twins("Conv3d: stride and padding", () -> new Conv3d(2, 2, 2, 2, 1), () -> new LazyConv3d(2, 2, 2, 1), VOLUMES);
        twins(
                "Sequential: convolutions",
                () -> new Sequential(
                        new Unflatten(1, 4, 4),
                        new Conv2d(1, 2, 3),
                        new Tanh(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Linear(2, 2)),
                () -> new LazySequential(
                        new Unflatten(1, 4, 4),
                        new LazyConv2d(2, 3),
                        new Tanh(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new LazyLinear(2)),
                Shape.of(9, 16));
    }

    private void paddings() {
        for (String rule : new String[] {"same", "1, 0"}) {
            twins(
                    "Conv2d: padding " + rule,
                    () -> new Conv2d(2, 2, 3).setPadding(rule),
                    () -> new LazyConv2d(2, 3).setPadding(rule),
                    IMAGES);
        }
        ready("Conv1d: reflect", () -> new Conv1d(2, 2, 5).setPadding("same").setPaddingMode("reflect"), SERIES);
        ready("Conv2d: circular", () -> new Conv2d(2, 2, 3, 2, 1).setPaddingMode("circular"), IMAGES);
        ready("Conv3d: replicate", () -> new Conv3d(2, 1, 3, 2, 1).setPaddingMode("replicate"), VOLUMES);
    }

    private void transposed() {
        twins("ConvTranspose1d", () -> new ConvTranspose1d(2, 3, 3), () -> new LazyConvTranspose1d(3, 3), SERIES);
        twins(
                "ConvTranspose1d: stride and padding",
                () -> new ConvTranspose1d(2, 3, 3, 2, 1).setOutputPadding(1),
                () -> new LazyConvTranspose1d(3, 3, 2, 1).setOutputPadding(1),
                SERIES);
        twins("ConvTranspose2d", () -> new ConvTranspose2d(2, 3, 2), () -> new LazyConvTranspose2d(3, 2), IMAGES);
        twins(
                "ConvTranspose2d: all settings",
                () -> new ConvTranspose2d(2, 4, new int[] {2, 1}, 2, false)
                        .setStride(2, 1)
                        .setPadding(1, 0)
                        .setDilation(3, 1)
                        .setOutputPadding(2, 0),
                () -> new LazyConvTranspose2d(4, new int[] {2, 1}, 2, false)
                        .setStride(2, 1)
                        .setPadding(1, 0)
                        .setDilation(3, 1)
                        .setOutputPadding(2, 0),
                IMAGES);
        twins(
                "ConvTranspose2d: output size",
                () -> new ConvTranspose2d(2, 2, 2).setStride(3, 2).setOutputSize(12, 7),
                () -> new LazyConvTranspose2d(2, 2).setStride(3, 2).setOutputSize(12, 7),
                IMAGES);
        twins("ConvTranspose3d", () -> new ConvTranspose3d(2, 2, 2), () -> new LazyConvTranspose3d(2, 2), VOLUMES);
        twins(
                "ConvTranspose3d: stride and padding",
                () -> new ConvTranspose3d(2, 1, 3, 2, 1),
                () -> new LazyConvTranspose3d(1, 3, 2, 1),
                VOLUMES);
    }

    private void pools() {
        ready("MaxPool1d", () -> new MaxPool1d(2), SERIES);
        ready("MaxPool1d: settings", () -> new MaxPool1d(3, 2, 1).setDilation(2).setCeilMode(true), SERIES);
        ready("MaxPool2d", () -> new MaxPool2d(2), IMAGES);
        ready(
                "MaxPool2d: settings",
                () -> new MaxPool2d(new int[] {2, 3}).setStride(1, 2).setPadding(1, 0),
                IMAGES);
        ready("MaxPool3d", () -> new MaxPool3d(2, 1), VOLUMES);
        ready("AvgPool1d", () -> new AvgPool1d(2), SERIES);
        ready("AvgPool1d: settings", () -> new AvgPool1d(3, 2, 1).setCountIncludePad(false), SERIES);
        ready("AvgPool2d", () -> new AvgPool2d(2), IMAGES);
        ready("AvgPool2d: settings", () -> new AvgPool2d(3, 2, 1).setCeilMode(true), IMAGES);
        ready("AvgPool3d", () -> new AvgPool3d(2, 1), VOLUMES);
    }

    private void adaptive() {
        ready("AdaptiveMaxPool1d", () -> new AdaptiveMaxPool1d(3), SERIES);
        ready("AdaptiveMaxPool2d", () -> new AdaptiveMaxPool2d(2), IMAGES);
        ready("AdaptiveMaxPool3d", () -> new AdaptiveMaxPool3d(1, 2, -1), VOLUMES);
        ready("AdaptiveAvgPool1d", () -> new AdaptiveAvgPool1d(3), SERIES);
        ready("AdaptiveAvgPool2d", () -> new AdaptiveAvgPool2d(2, 5), IMAGES);
        ready("AdaptiveAvgPool3d", () -> new AdaptiveAvgPool3d(1), VOLUMES);
    }

    private void ready(String name, Supplier<Layer> layer, Shape input) {
        twins(name, layer, null, input);
    }

    private void twins(String name, Supplier<Layer> layer, Supplier<LazyLayer<?>> lazy, Shape input) {
        cases.add(new LayerCase(name, layer, lazy, input));
    }
}
