package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recurrent operations over more rows than one band, and more elements than one panel of gradients, holds. */
@Tag("fast")
@SuppressWarnings("try") // the pass is open while its block runs
final class RecurrentTest {
    private static final int ROWS = 60;
    private static final int WIDTH = 3;
    private static final int SIZE = 300;

    private final int[] lengths = new int[ROWS];

    RecurrentTest() {
        Arrays.setAll(lengths, row -> row * 7 % 13);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "rnnRelu", "gru", "lstm"})
    void aRowHasTheBitsAndGradientsItHasAlone(String name) {
        int gates = "gru".equals(name) ? 3 : "lstm".equals(name) ? 4 : 1;
        Tensor[] weights = {
            Numbers.normal(1, gates * SIZE, WIDTH).mul(0.3),
            Numbers.normal(2, gates * SIZE, SIZE).mul(0.03),
            Numbers.normal(3, gates * SIZE),
            Numbers.normal(4, gates * SIZE)
        };
        Tensor all = Numbers.normal(5, Arrays.stream(lengths).sum(), WIDTH);
        Tensor[] together = run(name, Tensor.ragged(all, lengths), weights);
        Tensor[] sums = new Tensor[5];
        int from = 0;
        for (int row = 0; row < ROWS; row++) {
            Tensor own = all.slice(0, from, from + lengths[row]);
            Tensor[] alone = run(name, Tensor.ragged(own, lengths[row]), weights);
            assertThat(alone[0].toArray())
                    .isEqualTo(together[0].slice(0, row, row + 1).toArray());
            if (lengths[row] > 0) {
                closeTo(alone[1], together[1].slice(0, from, from + lengths[row]));
            }
            for (int i = 2; i < 5; i++) {
                sums[i] = row == 0 ? alone[i] : sums[i].add(alone[i]);
            }
            from += lengths[row];
        }
        for (int i = 2; i < 5; i++) {
            closeTo(together[i], sums[i]);
        }
    }

    /** The last states, and the gradients of the elements, both matrices and a bias. */
    private static Tensor[] run(String name, Tensor x, Tensor... weights) {
        Tensor[] leaves = new Tensor[4];
        Arrays.setAll(
                leaves, i -> Tensor.of(weights[i].toArray(), weights[i].shape()).requiresGrad(true));
        Tensor in = x.detach().requiresGrad(true);
        Tensor y;
        try (Pass pass = Pass.recording()) {
            y = switch (name) {
                case "rnn" -> in.rnn(Unroll.LAST_FORWARD, leaves);
                case "rnnRelu" -> in.rnnRelu(Unroll.LAST_FORWARD, leaves);
                case "gru" -> in.gru(Unroll.LAST_FORWARD, leaves);
                default -> in.lstm(Unroll.LAST_FORWARD, leaves);
            };
            y.mul(y).sum().backward();
        }
        Tensor ofElements = Tensor.of(in.grad().toArray(), Shape.of(x.lengths().total(), WIDTH));
        return new Tensor[] {y.detach(), ofElements, leaves[0].grad(), leaves[1].grad(), leaves[3].grad()};
    }

    private static void closeTo(Tensor actual, Tensor expected) {
        float[] a = actual.toArray();
        float[] e = expected.toArray();
        float largest = 0;
        for (float value : e) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(a).hasSameSizeAs(e);
        for (int i = 0; i < a.length; i++) {
            assertThat(a[i]).isCloseTo(e[i], within(1e-5f * Math.max(1, largest)));
        }
    }
}
