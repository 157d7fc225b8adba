package io.sparknn.nn.layers;

import io.sparknn.nn.Layer;
import io.sparknn.nn.LazyLayer;
import io.sparknn.nn.LazySequential;
import io.sparknn.nn.Sequential;
import io.sparknn.onnx.Onnx;
import io.sparknn.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Every layer of the library, in every form that has rules of its own: the catalogue behind the layer contract. */
public final class LayerCases {
    private static final List<LayerCase> ALL = new ArrayList<>();
    private static final Shape ROWS = Shape.of(9, 6);
    private static final Shape IMAGES = Shape.of(9, 2, 3, 4);

    static {
        linear();
        activations();
        shaping();
        graphs();
        normalisations();
        containers();
        WindowLayerCases.all().forEach(ALL::add);
        tables();
        recurrent();
        attention();
    }

    private LayerCases() {}

    static Stream<LayerCase> all() {
        return ALL.stream();
    }

    public static Stream<LayerCase> lazy() {
        return ALL.stream().filter(c -> c.lazy != null);
    }

    private static void linear() {
        twins("Linear", () -> new Linear(6, 3), () -> new LazyLinear(3), ROWS);
        twins("Linear: no bias", () -> new Linear(6, 3, false), () -> new LazyLinear(3, false), ROWS);
        twins("Linear: rank 3", () -> new Linear(4, 3), () -> new LazyLinear(3), Shape.of(9, 5, 4));
        twins("Linear: one column", () -> new Linear(1, 1), () -> new LazyLinear(1), Shape.of(9, 1));
        Shape[] two = {Shape.of(9, 5), Shape.of(9, 4)};
        twins("Bilinear", () -> new Bilinear(5, 4, 3), () -> new LazyBilinear(3), two);
        twins("Bilinear: no bias", () -> new Bilinear(5, 4, 3, false), () -> new LazyBilinear(3, false), two);
    }

    private static void activations() {
        ready("Relu", Relu::new, ROWS);
        ready("LeakyRelu", LeakyRelu::new, ROWS);
        ready("LeakyRelu: slope", () -> new LeakyRelu(-0.3), ROWS);
        ready("PRelu", PRelu::new, ROWS);
        twins("PRelu: channels", () -> new PRelu(2, 0.1), () -> new LazyPRelu(0.1), IMAGES);
        ready("Elu", Elu::new, ROWS);
        ready("Elu: alpha", () -> new Elu(0.5), ROWS);
        ready("Selu", Selu::new, ROWS);
        ready("Gelu", Gelu::new, ROWS);
        ready("Sigmoid", Sigmoid::new, ROWS);
        ready("LogSigmoid", LogSigmoid::new, ROWS);
        ready("Tanh", Tanh::new, ROWS);
        ready("Silu", Silu::new, ROWS);
        ready("Mish", Mish::new, ROWS);
        ready("Softplus", Softplus::new, ROWS);
        ready("Softplus: sharp", () -> new Softplus(3, 2), ROWS);
        ready("Softsign", Softsign::new, ROWS);
        ready("Relu6", Relu6::new, ROWS);
        ready("HardTanh", HardTanh::new, ROWS);
        ready("HardTanh: bounds", () -> new HardTanh(-0.5, 2), ROWS);
        ready("HardSigmoid", HardSigmoid::new, ROWS);
        ready("HardSwish", HardSwish::new, ROWS);
        ready("Softmax", Softmax::new, ROWS);
        ready("Softmax: channels", () -> new Softmax(1), IMAGES);
        ready("Softmax: over the rows", () -> new Softmax(0), ROWS);
        ready("LogSoftmax", LogSoftmax::new, ROWS);
        ready("LogSoftmax: channels", () -> new LogSoftmax(1), IMAGES);
    }

    private static void shaping() {
        ready("Dropout", Dropout::new, ROWS);
        ready("Dropout: all", () -> new Dropout(1), ROWS);
        ready("Dropout: none", () -> new Dropout(0), IMAGES);
        ready("Dropout1d", Dropout1d::new, Shape.of(9, 3, 5));
        ready("Dropout2d", () -> new Dropout2d(0.3), IMAGES);
        ready("Dropout3d", Dropout3d::new, Shape.of(5, 2, 2, 3, 2));
        ready("Identity", Identity::new, IMAGES);
        ready("Flatten", Flatten::new, IMAGES);
        ready("Flatten: of rows", Flatten::new, ROWS);
        ready("Flatten: last two", () -> new Flatten(-2), IMAGES);
        ready("Flatten: between", () -> new Flatten(1, 2), IMAGES);
        ready("Unflatten", () -> new Unflatten(1, 2, 3), ROWS);
        ready("Unflatten: last of many", () -> new Unflatten(2, 2), IMAGES);
    }

    /** A graph of ONNX that is no chain. */
    private static void graphs() {
        Residual body = new Residual(new Sequential(new Linear(6, 4), new Tanh(), new Linear(4, 6)));
        try {
            String file = java.nio.file.Files.createTempDirectory("graphs")
                    .resolve("residual.onnx")
                    .toString();
            Onnx.export(body, file, ROWS.with(0, Shape.UNKNOWN));
            ready("OnnxLayer", () -> Onnx.load(file), ROWS);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void normalisations() {
        Shape series = Shape.of(9, 3, 5);
        Shape volumes = Shape.of(5, 2, 2, 3, 2);
        twins("BatchNorm1d", () -> new BatchNorm1d(6), LazyBatchNorm1d::new, ROWS);
        twins("BatchNorm1d: series", () -> new BatchNorm1d(3), LazyBatchNorm1d::new, series);
        twins(
                "BatchNorm1d: of all rows",
                () -> new BatchNorm1d(6, 1e-3, null, true, false),
                () -> new LazyBatchNorm1d(1e-3, null, true, false),
                ROWS);
        twins(
                "BatchNorm1d: plain",
                () -> new BatchNorm1d(3, 1e-5, 0.1, false, false),
                () -> new LazyBatchNorm1d(1e-5, 0.1, false, false),
                series);
        twins("BatchNorm2d", () -> new BatchNorm2d(2), LazyBatchNorm2d::new, IMAGES);
        twins(
                "BatchNorm2d: cumulative",
                () -> new BatchNorm2d(2, 1e-5, null),
                () -> new LazyBatchNorm2d(1e-5, null),
                IMAGES);
        twins("BatchNorm3d", () -> new BatchNorm3d(2), LazyBatchNorm3d::new, volumes);
        ready("InstanceNorm1d", () -> new InstanceNorm1d(3), series);
        twins(
                "InstanceNorm1d: tracking",
                () -> new InstanceNorm1d(3, 1e-5, 0.1, true, true),
                LazyInstanceNorm1d::new,
                series);
        twins(
                "InstanceNorm2d",
                () -> new InstanceNorm2d(2, 1e-4, 0.2, true, false),
                () -> new LazyInstanceNorm2d(1e-4, 0.2, true, false),
                IMAGES);
        twins(
                "InstanceNorm3d",
                () -> new InstanceNorm3d(2, 1e-5, 0.1, false, true),
                () -> new LazyInstanceNorm3d(1e-5, 0.1, false, true),
                volumes);
        twins("LayerNorm", () -> new LayerNorm(6), LazyLayerNorm::new, ROWS);
        twins("LayerNorm: two axes", () -> new LayerNorm(3, 4), () -> new LazyLayerNorm(2), IMAGES);
        int[] last = {4};
        twins(
                "LayerNorm: no bias",
                () -> new LayerNorm(last, 1e-3, true, false),
                () -> new LazyLayerNorm(1, 1e-3, true, false),
                IMAGES);
        ready("LayerNorm: plain", () -> new LayerNorm(last, 1e-5, false, true), IMAGES);
        twins("RmsNorm", () -> new RmsNorm(6), LazyRmsNorm::new, ROWS);
        twins(
                "RmsNorm: eps, plain",
                () -> new RmsNorm(last, 0.01, false),
                () -> new LazyRmsNorm(1, 0.01, false),
                IMAGES);
        twins("GroupNorm", () -> new GroupNorm(2, 6), () -> new LazyGroupNorm(2), ROWS);
        twins("GroupNorm: images", () -> new GroupNorm(1, 2), () -> new LazyGroupNorm(1), IMAGES);
        twins(
                "GroupNorm: plain",
                () -> new GroupNorm(2, 2, 1e-3, false),
                () -> new LazyGroupNorm(2, 1e-3, false),
                IMAGES);
    }

    private static void containers() {
        twins(
                "Sequential",
                () -> new Sequential(new Linear(6, 8), new Tanh(), new Dropout(0.3), new Linear(8, 2)),
                () -> new LazySequential(new LazyLinear(8), new Tanh(), new Dropout(0.3), new LazyLinear(2)),
                ROWS);
        twins("Sequential: empty", Sequential::new, LazySequential::new, ROWS);
        twins(
                "Sequential: tied and nested",
                () -> {
                    Linear shared = new Linear(6, 6);
                    return new Sequential(shared, new Sequential(new Tanh(), shared), new Softmax());
                },
                () -> {
                    LazyLinear shared = new LazyLinear(6);
                    return new LazySequential(shared, new LazySequential(new Tanh(), shared), new Softmax());
                },
                ROWS);
        twins(
                "Sequential: images",
                () -> new Sequential(new Unflatten(2, 3), new Linear(3, 4), new Flatten(), new Linear(8, 2)),
                () -> new LazySequential(new Unflatten(2, 3), new LazyLinear(4), new Flatten(), new LazyLinear(2)),
                ROWS);
        twins(
                "Residual",
                () -> new Residual(new Sequential(new Linear(6, 6), new Tanh())),
                () -> new LazyResidual(new LazySequential(new LazyLinear(6), new Tanh())),
                ROWS);
        twins(
                "Concat",
                () -> new Concat(new Linear(6, 3), new Identity(), new Linear(6, 1)),
                () -> new LazyConcat(new LazyLinear(3), new Identity(), new LazyLinear(1)),
                ROWS);
        Shape[] two = {Shape.of(9, 5), Shape.of(9, 4)};
        twins(
                "Concat: a column each",
                () -> new Concat(new Linear(5, 3), new Tanh()),
                () -> new LazyConcat(new LazyLinear(3), new Tanh()),
                two);
        twins(
                "Add",
                () -> new Add(new Linear(6, 6), new Identity()),
                () -> new LazyAdd(new LazyLinear(6), new Identity()),
                ROWS);
        twins(
                "Add: a column each",
                () -> new Sequential(new Add(new Linear(5, 3), new Linear(4, 3)), new Tanh()),
                () -> new LazySequential(new LazyAdd(new LazyLinear(3), new LazyLinear(3)), new Tanh()),
                two);
    }

    private static void tables() {
        Shape single = Shape.of(9).withIds(12);
        Shape texts = Shape.of(9, Shape.RAGGED).withIds(12);
        Shape equal = Shape.of(9, 4).withIds(12);
        twins("Embedding: single ids", () -> new Embedding(12, 3), () -> new LazyEmbedding(3), single);
        twins("Embedding: texts", () -> new Embedding(12, 3), () -> new LazyEmbedding(3), texts);
        twins(
                "Embedding: padding", // The id of padding does not occur, for its gradient is not that of its value.
                () -> new Embedding(13, 3, 12),
                () -> new LazyEmbedding(3, 12).setNumEmbeddings(13),
                equal);
        twins("EmbeddingBag", () -> new EmbeddingBag(12, 3), () -> new LazyEmbeddingBag(3), texts);
        twins(
                "EmbeddingBag: sum",
                () -> new EmbeddingBag(12, 3, EmbeddingBag.Mode.SUM),
                () -> new LazyEmbeddingBag(3, EmbeddingBag.Mode.SUM),
                equal);
        twins(
                "EmbeddingBag: max",
                () -> new EmbeddingBag(12, 3, EmbeddingBag.Mode.MAX),
                () -> new LazyEmbeddingBag(3, EmbeddingBag.Mode.MAX),
                texts);
        twins(
                "Sequential: text",
                () -> new Sequential(new Embedding(12, 3), new Dropout(0.2), new Gru(3, 4), new Linear(4, 2)),
                () -> new LazySequential(new LazyEmbedding(3), new Dropout(0.2), new LazyGru(4), new LazyLinear(2)),
                texts);
        Shape[] columns = {Shape.of(9, 5), single, texts};
        twins(
                "Concat: numbers, categories and texts",
                () -> new Concat(
                        new Linear(5, 2), new Embedding(12, 3), new Sequential(new Embedding(12, 3), new Gru(3, 4))),
                () -> new LazyConcat(
                        new LazyLinear(2),
                        new LazyEmbedding(3),
                        new LazySequential(new LazyEmbedding(3), new LazyGru(4))),
                columns);
    }

    private static void attention() {
        Shape rows = Shape.of(9, Shape.RAGGED, 4);
        Shape equal = Shape.of(9, 5, 4);
        Supplier<Layer> attention = () -> new MultiheadAttention(4, 2);
        twins("MultiheadAttention", attention, () -> new LazyMultiheadAttention(2), rows);
        twins("MultiheadAttention: rows of one length", attention, () -> new LazyMultiheadAttention(2), equal);
        twins("MultiheadAttention: of others", attention, () -> new LazyMultiheadAttention(2), rows, equal);
        twins("MultiheadAttention: three inputs", attention, () -> new LazyMultiheadAttention(2), equal, rows, rows);
        ready("SinusoidalPositions", SinusoidalPositions::new, rows);
        ready("SinusoidalPositions: rows of one length", SinusoidalPositions::new, Shape.of(9, 5, 3));
        twins(
                "TransformerEncoderLayer",
                () -> new TransformerEncoderLayer(4, 2, 6, 0.1),
                () -> new LazyTransformerEncoderLayer(2, 6, 0.1),
                Shape.of(3, Shape.RAGGED, 4));
        twins(
                "TransformerEncoderLayer: rows of one length",
                () -> new TransformerEncoderLayer(4, 1, 6, 0),
                () -> new LazyTransformerEncoderLayer(1, 9, 0).setDimFeedforward(6),
                Shape.of(3, 2, 4));
        twins(
                "Sequential: transformer",
                () -> new Sequential(
                        new Embedding(12, 4),
                        new SinusoidalPositions(),
                        new TransformerEncoderLayer(4, 2, 6, 0.1),
                        new Linear(4, 3)),
                () -> new LazySequential(
                        new LazyEmbedding(4),
                        new SinusoidalPositions(),
                        new LazyTransformerEncoderLayer(2, 6, 0.1),
                        new LazyLinear(3)),
                Shape.of(9, Shape.RAGGED).withIds(12));
    }

    private static void recurrent() {
        Shape rows = Shape.of(9, Shape.RAGGED, 3);
        Shape equal = Shape.of(9, 5, 3);
        twins("Rnn", () -> new Rnn(3, 4), () -> new LazyRnn(4), rows);
        twins("Gru", () -> new Gru(3, 4), () -> new LazyGru(4), rows);
        twins("Lstm", () -> new Lstm(3, 4), () -> new LazyLstm(4), rows);
        twins("Rnn: rows of one length", () -> new Rnn(3, 4), () -> new LazyRnn(4), equal);
        twins(
                "Gru: rows of one length, all states",
                () -> new Gru(3, 4).setReturnSequences(true),
                () -> new LazyGru(4).setReturnSequences(true),
                equal);
        twins(
                "Lstm: all states, both ways, two layers",
                () -> new Lstm(3, 2, 2, true).setReturnSequences(true),
                () -> new LazyLstm(2, 2, true).setReturnSequences(true),
                rows);
        twins("Gru: both ways, two layers", () -> new Gru(3, 2, 2, true), () -> new LazyGru(2, 2, true), rows);
        twins(
                "Rnn: relu without biases", // a small one, for each element has kinks
                () -> new Rnn(2, 1, 1, false, false).setNonlinearity("relu"),
                () -> new LazyRnn(1, 1, false, false).setNonlinearity("relu"),
                Shape.of(2, 2, 2));
        twins("Gru: without biases", () -> new Gru(3, 4, 1, false, false), () -> new LazyGru(4, 1, false, false), rows);
        twins(
                "Lstm: two layers without biases, dropout between",
                () -> new Lstm(3, 4, 2, false, false).setDropout(0.3),
                () -> new LazyLstm(4, 2, false, false).setDropout(0.3),
                equal);
        twins(
                "Sequential: series",
                () -> new Sequential(
                        new Linear(3, 4), new Tanh(), new Rnn(4, 3).setReturnSequences(true), new Softmax(1)),
                () -> new LazySequential(
                        new LazyLinear(4), new Tanh(), new LazyRnn(3).setReturnSequences(true), new Softmax(1)),
                rows);
    }

    private static void ready(String name, Supplier<Layer> layer, Shape... inputs) {
        twins(name, layer, null, inputs);
    }

    private static void twins(String name, Supplier<Layer> layer, Supplier<LazyLayer<?>> lazy, Shape... inputs) {
        ALL.add(new LayerCase(name, layer, lazy, inputs));
    }
}
