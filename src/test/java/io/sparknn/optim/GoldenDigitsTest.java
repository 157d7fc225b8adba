package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparknn.Golden;
import io.sparknn.HandwrittenDigits;
import io.sparknn.nn.loss.CrossEntropyLoss;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** PyTorch's run of 48 steps of Adam on handwritten digits, step by step; skipped where there are none. */
@Tag("fast")
@SuppressWarnings("try")
final class GoldenDigitsTest {
    private static final int ROWS = 1024;
    private static final int BATCH = 64;
    /** Not said in the file; the only usual one with which the figures come out. */
    private static final double RATE = 2e-3;

    private static final List<String> NAMES = List.of("0.weight", "0.bias", "2.weight", "2.bias");

    @Test
    void trainsAsPyTorchDoes() {
        HandwrittenDigits digits = HandwrittenDigits.first(ROWS);
        Golden golden = Golden.load("train_mlp_adam");
        Tensor[] parameters = NAMES.stream()
                .map(name -> golden.tensor("start." + name).requiresGrad(true))
                .toArray(Tensor[]::new);
        float[][][] states = new float[NAMES.size()][][];
        float[] losses = golden.tensor("losses").toArray();
        for (int step = 1; step <= losses.length; step++) {
            int first = (step - 1) * BATCH % ROWS;
            Tensor batch = digits.pixels().narrow(0, first, BATCH);
            Tensor label = digits.labels().narrow(0, first, BATCH);
            try (Pass pass = Pass.recording()) {
                Tensor output = network(batch, parameters);
                Tensor loss = new CrossEntropyLoss().mean(output, label);
                double expected = losses[step - 1];
                assertThat((double) loss.item())
                        .as("loss of step %d", step)
                        .isCloseTo(expected, within(1e-5 * expected));
                loss.backward();
            }
            for (int i = 0; i < parameters.length; i++) {
                parameters[i] = stepped(parameters[i], i, states, step);
            }
        }
        for (int i = 0; i < parameters.length; i++) {
            golden.check("end." + NAMES.get(i), parameters[i], 1e-4, 1e-6);
        }
        Tensor first = digits.pixels().narrow(0, 0, 64);
        golden.check("logits", network(first, parameters), 1e-4, 1e-5);
    }

    private static Tensor network(Tensor x, Tensor... parameters) {
        return x.linear(parameters[0], parameters[1]).relu().linear(parameters[2], parameters[3]);
    }

    private static Tensor stepped(Tensor parameter, int number, float[][][] states, int step) {
        Adam adam = new Adam();
        float[] weights = parameter.toArray();
        float[] gradients = parameter.grad().toArray();
        if (states[number] == null) {
            states[number] = adam.newState(weights.length);
        }
        adam.step(weights, gradients, states[number], 0, weights.length, new Step(RATE, step, NAMES.get(number)));
        return Tensor.of(weights, parameter.shape()).requiresGrad(true);
    }
}
