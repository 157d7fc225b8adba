package io.sparknn.nn.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.Golden;
import io.sparknn.nn.Init;
import io.sparknn.nn.Layer;
import io.sparknn.nn.Parameter;
import io.sparknn.nn.Sequential;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers against PyTorch's figures: outputs, gradients of inputs and parameters, buffers afterwards. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class GoldenLayerTest {
    private static final String[] KINDS = {
        "act_",
        "softmax",
        "log_softmax",
        "linear",
        "bilinear",
        "seed_",
        "batchnorm",
        "instancenorm",
        "layernorm",
        "groupnorm",
        "conv",
        "maxpool",
        "avgpool",
        "adaptive_",
        "global_"
    };
    private static final Map<String, Supplier<Layer>> CASES = new TreeMap<>();

    static {
        CASES.put("act_elu", Elu::new);
        CASES.put("act_gelu", Gelu::new);
        CASES.put("act_hardsigmoid", HardSigmoid::new);
        CASES.put("act_hardswish", HardSwish::new);
        CASES.put("act_hardtanh", HardTanh::new);
        CASES.put("act_leakyrelu", LeakyRelu::new);
        CASES.put("act_logsigmoid", LogSigmoid::new);
        CASES.put("act_mish", Mish::new);
        CASES.put("act_prelu", PRelu::new);
        CASES.put("act_relu", Relu::new);
        CASES.put("act_relu6", Relu6::new);
        CASES.put("act_selu", Selu::new);
        CASES.put("act_sigmoid", Sigmoid::new);
        CASES.put("act_silu", Silu::new);
        CASES.put("act_softplus", Softplus::new);
        CASES.put("act_softsign", Softsign::new);
        CASES.put("act_tanh", Tanh::new);
        CASES.put("softmax", () -> new Softmax(-1));
        CASES.put("log_softmax", () -> new LogSoftmax(-1));
        CASES.put("linear", () -> new Linear(100, 10));
        CASES.put("linear_nobias", () -> new Linear(100, 10, false));
        CASES.put("linear_rank3", () -> new Linear(6, 4));
        CASES.put("bilinear", () -> new Bilinear(5, 4, 3));
        CASES.put("batchnorm1d_plain", () -> new BatchNorm1d(4, 1e-5, 0.1, false, false));
        CASES.put("batchnorm1d_rank2_eval", () -> new BatchNorm1d(6));
        CASES.put("batchnorm1d_rank2_train", () -> new BatchNorm1d(6));
        CASES.put("batchnorm1d_rank3_eval", () -> new BatchNorm1d(3));
        CASES.put("batchnorm1d_rank3_train", () -> new BatchNorm1d(3));
        CASES.put("batchnorm2d_cumulative", () -> new BatchNorm2d(3, 1e-5, null));
        CASES.put("batchnorm2d_rank4_eval", () -> new BatchNorm2d(3));
        CASES.put("batchnorm2d_rank4_train", () -> new BatchNorm2d(3));
        CASES.put("batchnorm3d_rank5_eval", () -> new BatchNorm3d(2));
        CASES.put("batchnorm3d_rank5_train", () -> new BatchNorm3d(2));
        CASES.put("groupnorm", () -> new GroupNorm(2, 6));
        CASES.put("instancenorm1d_eval", () -> new InstanceNorm1d(4, 1e-5, 0.1, true, true));
        CASES.put("instancenorm1d_train", () -> new InstanceNorm1d(4, 1e-5, 0.1, true, true));
        CASES.put("instancenorm2d_eval", () -> new InstanceNorm2d(4, 1e-5, 0.1, true, true));
        CASES.put("instancenorm2d_train", () -> new InstanceNorm2d(4, 1e-5, 0.1, true, true));
        CASES.put("instancenorm3d_eval", () -> new InstanceNorm3d(3, 1e-5, 0.1, true, true));
        CASES.put("instancenorm3d_train", () -> new InstanceNorm3d(3, 1e-5, 0.1, true, true));
        CASES.put("layernorm", () -> new LayerNorm(10));
        CASES.put("conv1d", () -> new Conv1d(4, 6, 3));
        CASES.put("conv1d_strided", () -> new Conv1d(4, 6, new int[] {4}, 2, true)
                .setStride(2)
                .setPadding(1)
                .setDilation(2));
        CASES.put("conv2d", () -> new Conv2d(3, 8, 3));
        CASES.put(
                "conv2d_dilated_grouped",
                () -> new Conv2d(4, 8, new int[] {3}, 4, true).setDilation(2).setPadding(2));
        CASES.put("conv2d_nobias", () -> new Conv2d(1, 4, new int[] {5}, 1, false));
        CASES.put("conv2d_padded", () -> new Conv2d(3, 5, new int[] {3, 5}, 1, true)
                .setStride(2, 1)
                .setPadding(1, 2));
        CASES.put("conv2d_same", () -> new Conv2d(2, 3, 3).setPadding("same"));
        CASES.put("conv3d", () -> new Conv3d(2, 4, 3, 1, 1));
        CASES.put("conv_transpose1d", () -> new ConvTranspose1d(4, 6, 3, 2, 1).setOutputPadding(1));
        CASES.put("conv_transpose2d", () -> new ConvTranspose2d(4, 6, new int[] {3}, 2, true)
                .setStride(2)
                .setPadding(1));
        CASES.put("conv_transpose2d_dilated", () -> new ConvTranspose2d(3, 2, 2).setDilation(2));
        CASES.put("conv_transpose3d", () -> new ConvTranspose3d(2, 3, 3, 2, 0));
        CASES.put("maxpool1d", () -> new MaxPool1d(3, 2, 1));
        CASES.put("maxpool2d", () -> new MaxPool2d(2));
        CASES.put("maxpool2d_strided", () -> new MaxPool2d(3, 2, 1).setCeilMode(true));
        CASES.put("avgpool2d", () -> new AvgPool2d(3, 2, 1));
        CASES.put("adaptive_avgpool2d", () -> new AdaptiveAvgPool2d(2, 2));
        CASES.put("global_avgpool", () -> new AdaptiveAvgPool1d(1));
        CASES.put("seed_centered", CenteredLayer::new);
        CASES.put("seed_linear_centered", () -> new Sequential(new Linear(8, 128), new CenteredLayer()));
        CASES.put("seed_mylinear", () -> new MyLinear(5, 3));
        CASES.put("seed_mylinear_stack", () -> new Sequential(new MyLinear(64, 8), new MyLinear(8, 1)));
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyFileOfTheseKindsIsChecked() {
        assertThat(Golden.names(KINDS)).containsExactlyElementsOf(CASES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesPyTorchsValuesAndGradients(String name) {
        Golden golden = Golden.load(name);
        Layer layer = CASES.get(name).get();
        assertThat(layer.parameters().keySet()).containsExactlyInAnyOrderElementsOf(golden.parameters());
        layer.parameters().forEach((path, parameter) -> parameter.set(golden.parameter(path)));
        layer.buffers()
                .forEach((path, buffer) -> buffer.set(
                        golden.tensor("buffer." + path).reshape(buffer.shape().dims())));
        List<String> names = golden.tensors().stream()
                .filter(tensor -> tensor.startsWith("input"))
                .sorted()
                .collect(Collectors.toList());
        Tensor[] x = names.stream()
                .map(input -> golden.tensor(input).requiresGrad(true))
                .toArray(Tensor[]::new);
        try (Pass pass = golden.training() ? Pass.training(1) : Pass.recording()) {
            Tensor y = x.length == 1 ? layer.forward(x[0]) : layer.forward(x);
            golden.check("output", y);
            y.mul(golden.gradOutput()).sum().backward();
        }
        for (int i = 0; i < x.length; i++) {
            golden.check("grad." + names.get(i), x[i].grad());
        }
        layer.parameters().forEach((path, parameter) -> golden.check("grad.param." + path, parameter.grad()));
        layer.buffers().forEach((path, buffer) -> {
            Tensor after = golden.tensor("buffer_after." + path);
            golden.check(
                    "buffer_after." + path, buffer.value().reshape(after.shape().dims()));
        });
    }

    /** The layer without parameters of the d2l chapter. */
    static final class CenteredLayer extends Layer {
        private static final long serialVersionUID = 1L;

        @Override
        public Tensor forward(Tensor x) {
            return x.sub(x.mean());
        }
    }

    /** The layer with parameters of the d2l chapter. */
    static final class MyLinear extends Layer {
        private static final long serialVersionUID = 1L;

        private final Parameter weight;
        private final Parameter bias;

        MyLinear(int inUnits, int units) {
            super(inUnits, units);
            weight = addParameter("weight", Init.normal(), inUnits, units);
            bias = addParameter("bias", Init.normal(), units);
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.matmul(weight).add(bias).relu();
        }
    }
}
