package io.sparknn.onnx;

import io.sparknn.nn.Layer;
import io.sparknn.nn.layers.AdaptiveAvgPool1d;
import io.sparknn.nn.layers.AdaptiveAvgPool2d;
import io.sparknn.nn.layers.AdaptiveAvgPool3d;
import io.sparknn.nn.layers.AvgPool1d;
import io.sparknn.nn.layers.AvgPool2d;
import io.sparknn.nn.layers.AvgPool3d;
import io.sparknn.nn.layers.BatchNorm1d;
import io.sparknn.nn.layers.BatchNorm2d;
import io.sparknn.nn.layers.BatchNorm3d;
import io.sparknn.nn.layers.Conv1d;
import io.sparknn.nn.layers.Conv2d;
import io.sparknn.nn.layers.Conv3d;
import io.sparknn.nn.layers.MaxPool1d;
import io.sparknn.nn.layers.MaxPool2d;
import io.sparknn.nn.layers.MaxPool3d;
import java.util.Arrays;

/** The layer over images and the like that a node of a chain is. */
final class ChainWindows {
    private static final double MOMENTUM = 0.1;

    private ChainWindows() {}

    static Layer of(ChainImport chain, GraphNode node) {
        return switch (node.operator()) {
            case "Conv" -> conv(chain, node);
            case "MaxPool" -> pool(node, true);
            case "AveragePool" -> pool(node, false);
            case "GlobalAveragePool" ->
                switch (chain.rank()) {
                    case 3 -> new AdaptiveAvgPool1d(1);
                    case 4 -> new AdaptiveAvgPool2d(1, 1);
                    case 5 -> new AdaptiveAvgPool3d(1, 1, 1);
                    default -> null;
                };
            case "BatchNormalization" -> batchNorm(chain, node);
            default -> null;
        };
    }

    /** Numbers for each axis; null if the layers here do not take them. */
    private static int[] sizes(GraphNode node, String name, int rank, int otherwise) {
        long[] values = node.integers(name);
        if (values == null) {
            int[] all = new int[rank];
            Arrays.fill(all, otherwise);
            return all;
        }
        boolean fits = values.length == rank && Arrays.stream(values).allMatch(size -> size >= 0 && size < 1 << 24);
        return fits ? Arrays.stream(values).mapToInt(size -> (int) size).toArray() : null;
    }

    /** Padding that is the same at both ends; null if it is not. */
    private static int[] padding(GraphNode node, int rank) {
        int[] both = sizes(node, "pads", 2 * rank, 0);
        boolean same = both != null
                && node.text("auto_pad", "NOTSET").equals("NOTSET")
                && Arrays.equals(both, 0, rank, both, rank, 2 * rank);
        return same ? Arrays.copyOf(both, rank) : null;
    }

    private static Layer conv(ChainImport chain, GraphNode node) {
        Constant weight = chain.weight(node, 1);
        Constant bias = chain.weight(node, 2);
        if (weight == null
                || weight.rank() < 3
                || weight.rank() > 5
                || (!node.input(2).isEmpty() && bias == null)) {
            return null;
        }
        int rank = weight.rank() - 2;
        int[] padding = padding(node, rank);
        int[] stride = sizes(node, "strides", rank, 1);
        int[] dilation = sizes(node, "dilations", rank, 1);
        if (padding == null || stride == null || dilation == null) {
            return null;
        }
        int groups = (int) node.integer("group", 1);
        int[] kernel = Arrays.copyOfRange(weight.dims(), 2, weight.rank());
        int in = weight.dims()[1] * groups;
        int out = weight.dims()[0];
        boolean biased = bias != null;
        Layer layer =
                switch (rank) {
                    case 1 ->
                        new Conv1d(in, out, kernel, groups, biased)
                                .setStride(stride)
                                .setPadding(padding)
                                .setDilation(dilation);
                    case 2 ->
                        new Conv2d(in, out, kernel, groups, biased)
                                .setStride(stride)
                                .setPadding(padding)
                                .setDilation(dilation);
                    default ->
                        new Conv3d(in, out, kernel, groups, biased)
                                .setStride(stride)
                                .setPadding(padding)
                                .setDilation(dilation);
                };
        layer.parameter("weight").set(ChainImport.tensor(weight));
        chain.rank(weight.rank());
        return ChainLayers.withBias(layer, bias);
    }

    private static Layer pool(GraphNode node, boolean max) {
        long[] window = node.integers("kernel_shape");
        int rank = window == null ? 0 : window.length;
        int[] kernel = sizes(node, "kernel_shape", rank, 1);
        int[] padding = padding(node, rank);
        int[] stride = sizes(node, "strides", rank, 1);
        int[] dilation = sizes(node, "dilations", rank, 1);
        boolean known = rank >= 1 && rank <= 3 && kernel != null && padding != null && stride != null;
        // ONNX counts a last window that sticks out in other ways, so it stays a node
        if (!known || dilation == null || node.integer("ceil_mode", 0) != 0 || !isHalf(padding, kernel)) {
            return null;
        }
        if (max) {
            return switch (rank) {
                case 1 ->
                    new MaxPool1d(kernel).setStride(stride).setPadding(padding).setDilation(dilation);
                case 2 ->
                    new MaxPool2d(kernel).setStride(stride).setPadding(padding).setDilation(dilation);
                default ->
                    new MaxPool3d(kernel).setStride(stride).setPadding(padding).setDilation(dilation);
            };
        }
        boolean counts = node.integer("count_include_pad", 0) != 0;
        return switch (rank) {
            case 1 ->
                new AvgPool1d(kernel).setStride(stride).setPadding(padding).setCountIncludePad(counts);
            case 2 ->
                new AvgPool2d(kernel).setStride(stride).setPadding(padding).setCountIncludePad(counts);
            default ->
                new AvgPool3d(kernel).setStride(stride).setPadding(padding).setCountIncludePad(counts);
        };
    }

    private static boolean isHalf(int[] padding, int... kernel) {
        for (int i = 0; i < kernel.length; i++) {
            if (2 * padding[i] > kernel[i]) {
                return false;
            }
        }
        return true;
    }

    private static Layer batchNorm(ChainImport chain, GraphNode node) {
        Constant[] values = new Constant[4];
        Arrays.setAll(values, i -> chain.weight(node, i + 1));
        boolean missing = Arrays.stream(values).anyMatch(each -> each == null || each.rank() != 1);
        if (missing || node.integer("training_mode", 0) != 0) {
            return null;
        }
        int channels = values[0].size();
        double eps = node.number("epsilon", 1e-5f);
        Layer norm =
                switch (chain.rank()) {
                    case 2, 3 -> new BatchNorm1d(channels, eps, MOMENTUM);
                    case 4 -> new BatchNorm2d(channels, eps, MOMENTUM);
                    case 5 -> new BatchNorm3d(channels, eps, MOMENTUM);
                    default -> null;
                };
        if (norm != null) {
            norm.parameter("weight").set(ChainImport.tensor(values[0]));
            norm.parameter("bias").set(ChainImport.tensor(values[1]));
            norm.parameter("running_mean").set(ChainImport.tensor(values[2]));
            norm.parameter("running_var").set(ChainImport.tensor(values[3]));
        }
        return norm;
    }
}
