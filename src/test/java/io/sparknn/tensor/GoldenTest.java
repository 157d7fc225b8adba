package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.Golden;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values and gradients of operations against PyTorch's. */
@Tag("fast")
@SuppressWarnings("try")
final class GoldenTest {
    /** What computes each case from its inputs followed by its parameters. */
    private static final Map<String, Function<Tensor[], Tensor>> CASES = new LinkedHashMap<>();

    static {
        CASES.put("act_elu", t -> t[0].elu());
        CASES.put("act_gelu", t -> t[0].gelu());
        CASES.put("act_hardsigmoid", t -> t[0].hardSigmoid());
        CASES.put("act_hardswish", t -> t[0].hardSwish());
        CASES.put("act_hardtanh", t -> t[0].hardTanh());
        CASES.put("act_leakyrelu", t -> t[0].leakyRelu());
        CASES.put("act_logsigmoid", t -> t[0].logSigmoid());
        CASES.put("act_mish", t -> t[0].mish());
        CASES.put("act_prelu", t -> t[0].prelu(t[1]));
        CASES.put("act_relu", t -> t[0].relu());
        CASES.put("act_relu6", t -> t[0].relu6());
        CASES.put("act_selu", t -> t[0].selu());
        CASES.put("act_sigmoid", t -> t[0].sigmoid());
        CASES.put("act_silu", t -> t[0].silu());
        CASES.put("act_softplus", t -> t[0].softplus());
        CASES.put("act_softsign", t -> t[0].softsign());
        CASES.put("act_tanh", t -> t[0].tanh());
        CASES.put("softmax", t -> t[0].softmax(-1));
        CASES.put("log_softmax", t -> t[0].logSoftmax(-1));
        CASES.put("linear", t -> t[0].linear(t[1], t[2]));
        CASES.put("linear_nobias", t -> t[0].linear(t[1], null));
        CASES.put("linear_rank3", t -> t[0].linear(t[1], t[2]));
        CASES.put("bilinear", t -> t[0].bilinear(t[1], t[2], t[3]));
        CASES.put("seed_centered", t -> t[0].sub(t[0].mean()));
        CASES.put("seed_linear_centered", t -> centered(t[0].linear(t[1], t[2])));
        CASES.put("seed_mylinear", t -> myLinear(t[0], t[1], t[2]));
        CASES.put("seed_mylinear_stack", t -> myLinear(myLinear(t[0], t[1], t[2]), t[3], t[4]));
    }

    private static Tensor centered(Tensor x) {
        return x.sub(x.mean());
    }

    private static Tensor myLinear(Tensor x, Tensor weight, Tensor bias) {
        return x.matmul(weight).add(bias).relu();
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyFileOfTheseKindsIsChecked() {
        assertThat(Golden.names("act_", "softmax", "log_softmax", "linear", "bilinear", "seed_"))
                .containsExactlyInAnyOrderElementsOf(CASES.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void givesPyTorchsValuesAndGradients(String name) {
        Golden golden = Golden.load(name);
        List<String> names = new ArrayList<>();
        golden.tensors().stream().filter(n -> n.startsWith("input")).forEach(names::add);
        golden.parameters().forEach(parameter -> names.add("param." + parameter));
        Tensor[] tensors =
                names.stream().map(n -> golden.tensor(n).requiresGrad(true)).toArray(Tensor[]::new);
        try (Pass pass = Pass.recording()) {
            Tensor output = CASES.get(name).apply(tensors);
            golden.check("output", output);
            output.mul(golden.gradOutput()).sum().backward();
        }
        for (int i = 0; i < tensors.length; i++) {
            golden.check("grad." + names.get(i), tensors[i].grad());
        }
    }
}
