package io.sparknn.onnx;

import io.sparknn.nn.Layer;
import io.sparknn.nn.layers.Dropout;
import io.sparknn.nn.layers.Elu;
import io.sparknn.nn.layers.Embedding;
import io.sparknn.nn.layers.Flatten;
import io.sparknn.nn.layers.Gelu;
import io.sparknn.nn.layers.HardSwish;
import io.sparknn.nn.layers.HardTanh;
import io.sparknn.nn.layers.Identity;
import io.sparknn.nn.layers.LayerNorm;
import io.sparknn.nn.layers.LeakyRelu;
import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.LogSoftmax;
import io.sparknn.nn.layers.Mish;
import io.sparknn.nn.layers.Relu;
import io.sparknn.nn.layers.Relu6;
import io.sparknn.nn.layers.Sigmoid;
import io.sparknn.nn.layers.Softmax;
import io.sparknn.nn.layers.Softplus;
import io.sparknn.nn.layers.Softsign;
import io.sparknn.nn.layers.Tanh;
import io.sparknn.nn.layers.Unflatten;
import java.util.Arrays;

/** The layer that a node of a chain is. */
final class ChainLayers {
    private ChainLayers() {}

    /** The layer with its weights; null if there is none that does just this. */
    static Layer of(ChainImport chain, GraphNode node) {
        Layer layer = plain(node);
        layer = layer != null ? layer : configured(chain, node);
        return layer != null ? layer : ChainWindows.of(chain, node);
    }

    private static Layer plain(GraphNode node) {
        return switch (node.operator()) {
            case "Relu" -> new Relu();
            case "Sigmoid" -> new Sigmoid();
            case "Tanh" -> new Tanh();
            case "Softsign" -> new Softsign();
            case "Softplus" -> new Softplus();
            case "Mish" -> new Mish();
            case "HardSwish" -> new HardSwish();
            case "Identity" -> new Identity();
            case "Gelu" -> node.text("approximate", "none").equals("none") ? new Gelu() : null;
            case "LeakyRelu" -> new LeakyRelu(node.number("alpha", 0.01f));
            case "Elu" -> new Elu(node.number("alpha", 1));
            default -> null;
        };
    }

    private static Layer configured(ChainImport chain, GraphNode node) {
        return switch (node.operator()) {
            case "Gemm" -> gemm(chain, node);
            case "MatMul" -> {
                Constant weight = chain.weight(node, 1);
                yield weight == null || weight.rank() != 2 ? null : linear(weight, null);
            }
            case "Gather" -> embedding(chain, node);
            case "Dropout" -> dropout(chain, node);
            case "Clip" -> clip(chain, node);
            case "Softmax" -> new Softmax((int) node.integer("axis", -1));
            case "LogSoftmax" -> new LogSoftmax((int) node.integer("axis", -1));
            case "Flatten" -> {
                chain.rank(2);
                yield node.integer("axis", 1) == 1 ? new Flatten() : null;
            }
            case "Reshape" -> reshape(chain, node);
            case "LayerNormalization" -> layerNorm(chain, node);
            default -> null;
        };
    }

    private static Layer gemm(ChainImport chain, GraphNode node) {
        Constant weight = chain.weight(node, 1);
        Constant bias = chain.weight(node, 2);
        boolean plain = node.number("alpha", 1) == 1 && node.number("beta", 1) == 1 && node.integer("transA", 0) == 0;
        boolean biased = bias != null && bias.rank() == 1;
        if (!plain || weight == null || weight.rank() != 2 || (!node.input(2).isEmpty() && !biased)) {
            return null;
        }
        if (node.integer("transB", 0) == 0) {
            return biased && bias.size() != weight.dims()[1] ? null : linear(weight, bias);
        }
        Linear linear = new Linear(weight.dims()[1], weight.dims()[0], bias != null);
        if (bias != null && bias.size() != weight.dims()[0]) {
            return null;
        }
        linear.parameter("weight").set(ChainImport.tensor(weight));
        return withBias(linear, bias);
    }

    /** Of a matrix (inputs, outputs). */
    static Layer linear(Constant weight, Constant bias) {
        Linear linear = new Linear(weight.dims()[0], weight.dims()[1], bias != null);
        linear.parameter("weight").set(ChainImport.tensor(weight).transpose(0, 1));
        return withBias(linear, bias);
    }

    static Layer withBias(Layer layer, Constant bias) {
        if (bias != null) {
            layer.parameter("bias").set(ChainImport.tensor(bias));
        }
        return layer;
    }

    private static Layer embedding(ChainImport chain, GraphNode node) {
        Constant table = chain.weight(node, 0);
        if (table == null || table.rank() != 2 || node.integer("axis", 0) != 0) {
            return null;
        }
        Embedding embedding = new Embedding(table.dims()[0], table.dims()[1]);
        embedding.parameter("weight").set(ChainImport.tensor(table));
        chain.rank(chain.rank() + 1);
        return embedding;
    }

    /** In training mode or not: a layer of ours knows by itself. */
    private static Layer dropout(ChainImport chain, GraphNode node) {
        Constant ratio = chain.weight(node, 1);
        double p = ratio != null && ratio.size() == 1 ? ratio.floats()[0] : node.number("ratio", 0.5);
        return p >= 0 && p <= 1 ? new Dropout(p) : null;
    }

    private static Layer clip(ChainImport chain, GraphNode node) {
        Constant min = chain.weight(node, 1);
        Constant max = chain.weight(node, 2);
        if (min == null || max == null || min.size() != 1 || max.size() != 1 || min.floats()[0] > max.floats()[0]) {
            return null;
        }
        boolean six = min.floats()[0] == 0 && max.floats()[0] == 6;
        return six ? new Relu6() : new HardTanh(min.floats()[0], max.floats()[0]);
    }

    /** Rows as vectors, or vectors as something larger. */
    private static Layer reshape(ChainImport chain, GraphNode node) {
        long[] sizes = chain.integers(node, 1);
        if (sizes == null || sizes.length < 2 || sizes[0] > 0) {
            return null;
        }
        if (sizes.length == 2 && chain.rank() >= 2) {
            chain.rank(2);
            return new Flatten();
        }
        boolean known = Arrays.stream(sizes).skip(1).allMatch(size -> size > 0 && size <= Integer.MAX_VALUE);
        if (!known || chain.rank() != 2 || sizes.length < 3) {
            return null;
        }
        chain.rank(sizes.length);
        return new Unflatten(
                Arrays.stream(sizes).skip(1).mapToInt(size -> (int) size).toArray());
    }

    private static Layer layerNorm(ChainImport chain, GraphNode node) {
        Constant weight = chain.weight(node, 1);
        Constant bias = chain.weight(node, 2);
        long axis = node.integer("axis", -1);
        if (weight == null
                || axis >= 0
                || -axis != weight.rank()
                || (!node.input(2).isEmpty() && bias == null)) {
            return null;
        }
        LayerNorm norm = new LayerNorm(weight.dims(), node.number("epsilon", 1e-5f), true, bias != null);
        norm.parameter("weight").set(ChainImport.tensor(weight));
        return withBias(norm, bias);
    }
}
