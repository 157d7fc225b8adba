package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a training step of a worker collects, draws, knows and refuses. */
@Tag("fast")
@SuppressWarnings("try")
final class StepTest {
    private static final RowResolver NEVER = part -> {
        throw new IllegalStateException("nothing is to be asked, got " + part.signature());
    };

    private static Pass step(int rows, Gradients gradients) {
        return Pass.step(7, 3, rows, numbers(0, rows), part -> part, gradients);
    }

    private static long[] numbers(int from, int rows) {
        return LongStream.range(from, from + rows).toArray();
    }

    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    @Test
    void gradientsGoToTheArraysOfTheWorkerAndNowhereElse() {
        Tensor w = leaf(2, 3);
        Tensor b = leaf(1);
        Gradients gradients = new Gradients(List.of(w, b));
        double sum;
        try (Pass pass = step(2, gradients)) {
            Tensor x = pass.block(new float[] {1, 2, 3, 4}, Shape.of(2, 2));
            sum = pass.backward(x.mul(w).sum(1).add(b), new float[] {1, 0.5f});
        }
        assertThat(sum).isEqualTo((2 + 6 + 1) + 0.5 * (6 + 12 + 1));
        assertThat(gradients.of(w)).containsExactly(2.5f, 4);
        assertThat(gradients.of(b)).containsExactly(1.5f);
        assertThat(List.of(gradients.arrays())).containsExactly(gradients.of(w), gradients.of(b));
        assertThat(w.grad()).isNull();
        gradients.clear();
        assertThat(gradients.of(w)).containsOnly(0);
    }

    @Test
    void aTiedLeafGetsTheSum() {
        Tensor w = leaf(2);
        Gradients gradients = new Gradients(List.of(w));
        try (Pass pass = step(1, gradients)) {
            Tensor x = pass.block(new float[] {5}, Shape.of(1));
            pass.backward(x.mul(w).mul(w).add(w), new float[] {1});
        }
        assertThat(gradients.of(w)).containsExactly(21);
    }

    @Test
    void theGradientOfAScalarIsCollectedToo() {
        Tensor w = leaf(2);
        Gradients gradients = new Gradients(List.of(w));
        try (Pass pass = step(1, gradients)) {
            w.mul(w).sum().backward();
        }
        assertThat(gradients.of(w)).containsExactly(4);
    }

    @Test
    void gradientsOfTensorsThatNobodyCollectsAreRefused() {
        Tensor kept = leaf(2);
        Gradients gradients = new Gradients(List.of());
        try (Pass pass = step(1, gradients)) {
            Tensor losses = pass.block(new float[] {5}, Shape.of(1)).mul(kept);
            assertThatThrownBy(() -> pass.backward(losses, new float[] {1}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("training expects tensors that require gradients to be parameters of the network, got"
                            + " another one of shape (1); register it with addParameter, or take its detach()");
        }
        assertThat(kept.grad()).isNull();
        assertThatThrownBy(() -> gradients.of(kept))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Gradients expects one of its 0 leaves, got another tensor of shape (1)");
        assertThatThrownBy(() -> new Gradients(List.of(kept, kept)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Gradients expects each tensor once, got one of shape (1) twice");
    }

    @Test
    void backwardOverRowsExpectsALossAndAWeightForEachRow() {
        Tensor w = leaf(2);
        try (Pass pass = step(2, new Gradients(List.of(w)))) {
            Tensor x = pass.block(new float[] {1, 2, 3, 4}, Shape.of(2, 2)).mul(w);
            for (Tensor losses : List.of(x, x.sum(), x.transpose(0, 1), x.sum(1))) {
                assertThatThrownBy(() -> pass.backward(losses, new float[1]))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("backward over rows expects a loss and a weight for each row");
            }
        }
        try (Pass pass = Pass.recording()) {
            assertThatThrownBy(() -> pass.backward(w.mul(2), new float[1]))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("backward over rows expects a training step, got another pass");
        }
    }

    @Test
    void aBlockHasTheRowsThatAreNumbered() {
        try (Pass pass = step(2, new Gradients(List.of()))) {
            assertThatThrownBy(() -> pass.block(new float[3], Shape.of(3)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a step over 2 rows expects blocks of as many, got (3); number each row of the block");
        }
    }

    @Test
    void theNumberOfRowsOfTheBatchIsKnown() {
        try (Pass pass = Pass.step(7, 3, 128, numbers(0, 2), NEVER, new Gradients(List.of()))) {
            Tensor x = pass.block(new float[4], Shape.of(2, 2));
            assertThat(x.size(0)).isEqualTo(128);
            assertThat(x.shape().dims()).containsExactly(128, 2);
            assertThat(x.numel()).isEqualTo(256);
            assertThat(x.reshape(128, 2, 1).size(0)).isEqualTo(128);
            assertThat(x.shape().with(1, 5).size()).isEqualTo(640);
            assertThat(x.unsqueeze(0).shape().dropFirst(1).dim(0)).isEqualTo(128);
            assertThat(x.shape().dropFirst(1).dim(0)).isEqualTo(2);
            assertThat(x.shape().with(0, 9).dim(0)).isEqualTo(9);
            assertThat(Pass.isTraining()).isTrue();
        }
    }

    @Test
    void randomNumbersOfARowDoNotDependOnItsWorker() {
        List<Function<Tensor, Tensor>> draws = List.of(
                x -> Pass.random("a", x.shape(), false),
                x -> Pass.random("a", x.shape(), true),
                x -> Pass.random("b", x.shape().with(2, 1), false).add(x.mul(0)),
                x -> {
                    Pass.random("a", x.shape(), false);
                    return Pass.random("a", x.shape(), false);
                },
                x -> Pass.random("a", x.permute(1, 0, 2).shape(), false).permute(1, 0, 2));
        float[][] wholes = new float[draws.size()][];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = drawn(draws.get(i), 3, 0, 7);
            float[] joined = new float[0];
            for (int[] part : new int[][] {{0, 2}, {2, 0}, {2, 4}, {6, 1}}) {
                float[] more = drawn(draws.get(i), 3, part[0], part[1]);
                joined = Arrays.copyOf(joined, joined.length + more.length);
                System.arraycopy(more, 0, joined, joined.length - more.length, more.length);
            }
            assertThat(joined).isEqualTo(wholes[i]);
            assertThat(drawn(draws.get(i), 4, 0, 7)).as("in another step").isNotEqualTo(wholes[i]);
        }
        assertThat(wholes[4]).as("with the rows on another axis").isEqualTo(wholes[0]);
        assertThat(Arrays.stream(wholes).limit(4).map(Arrays::hashCode)).doesNotHaveDuplicates();
        // all numbers of all rows differ
        assertThat(wholes[0]).hasSize(7 * 3 * 2).doesNotHaveDuplicates();
    }

    private static float[] drawn(Function<Tensor, Tensor> draw, long step, int from, int rows) {
        try (Pass pass = Pass.step(7, step, 7, numbers(from, rows), NEVER, new Gradients(List.of()))) {
            Tensor drawn = draw.apply(pass.block(new float[rows * 6], Shape.of(rows, 3, 2)));
            assertThat(pass.rowAxis(drawn)).isZero();
            return Arrays.copyOf(pass.values(drawn), rows * 6);
        }
    }

    @Test
    void randomNumbersWithoutRowsAreTheSameOnAllWorkers() {
        List<float[]> drawn = Team.run(3, (rank, rows) -> {
            try (Pass pass = Pass.step(7, 3, 3, numbers(rank, 1), rows, new Gradients(List.of()))) {
                return Pass.random("a", Shape.of(5), false).toArray();
            }
        });
        assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
        assertThat(drawn.get(2)).isEqualTo(drawn.get(0));
    }

    @Test
    void elementsOfAllWorkersThatAttainTheMaximumShareItsGradient() {
        for (boolean largest : new boolean[] {true, false}) {
            float[] x = {1, 4, 4, 1, 4, 1};
            Tensor w = leaf(1);
            List<float[]> gradients = Team.run(3, (rank, rows) -> {
                Gradients own = new Gradients(List.of(w));
                try (Pass pass = Pass.step(7, 3, 6, numbers(2 * rank, 2), rows, own)) {
                    // the shift by a leaf times the row's number tells the shares of the rows
                    Tensor number = pass.block(new float[] {1 << (2 * rank), 1 << (2 * rank + 1)}, Shape.of(2));
                    Tensor block = pass.block(Arrays.copyOfRange(x, 2 * rank, 2 * rank + 2), Shape.of(2));
                    Tensor moved = block.add(w.sub(1).mul(number));
                    Tensor extreme = largest ? moved.max(0) : moved.min(0);
                    pass.backward(block.mul(0).add(extreme), new float[] {1, 1});
                }
                return own.of(w);
            });
            float total = gradients.get(0)[0] + gradients.get(1)[0] + gradients.get(2)[0];
            // rows 1, 2 and 4, or 0, 3 and 5, of weights 2^row, by the 6 rows that the extreme goes to
            assertThat(total).isEqualTo((largest ? 2 + 4 + 16 : 1 + 8 + 32) * 6 / 3f);
        }
    }

    @Test
    void workersMeetInTheOrderOfTheGraph() {
        Tensor w = leaf(1);
        List<String> met = Team.reductions((rank, rows) -> {
            try (Pass pass = Pass.step(7, 3, 2, numbers(0, 2), rows, new Gradients(List.of(w)))) {
                Tensor x = pass.block(new float[] {1, 2}, Shape.of(2)).mul(w);
                Tensor y = x.sub(x.mean()).div(x.std().detach());
                return pass.backward(y.mul(x.max()), new float[] {1, 1});
            }
        });
        assertThat(met)
                .containsExactly(
                        "mean over axes [0] of (?)",
                        "std over axes [0] of (?)",
                        "max over axes [0] of (?)",
                        "gradient of max over axes [0] of (?)",
                        "ties of max over axes [0] of (?)",
                        "gradient of mean over axes [0] of (?)");
    }

    @Test
    void validationSeesParametersThatChangedInPlace() {
        float[] values = {1, 2, 3, 4};
        Tensor w = new Tensor(Shape.of(2, 2), values, -1, null);
        for (float first : new float[] {1, 10}) {
            values[0] = first;
            try (Pass pass = Pass.validating(NEVER)) {
                Tensor x = pass.block(new float[] {1, 1}, Shape.of(1, 2));
                assertThat(pass.values(x.matmul(w))[0]).isEqualTo(first + 3);
                assertThat(pass.values(x.linear(w, null))[0]).isEqualTo(first + 2);
                assertThat(Pass.isTraining()).isFalse();
            }
        }
    }

    @Test
    void aTensorOfAStepIsRefusedAfterwards() {
        Tensor w = leaf(2);
        Tensor y;
        try (Pass pass = step(1, new Gradients(List.of(w)))) {
            y = w.mul(w);
        }
        assertThatThrownBy(y::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("was used after its pass ended");
    }

    @Test
    void partsOfReductionsTravelAsBytes() {
        for (RowPart.Merge merge : RowPart.Merge.values()) {
            RowPart part = new RowPart("mean of Größe (?, 3)", merge, new double[] {1, 0.5}, 9);
            RowPart sent = RowPart.of(part.toBytes());
            assertThat(sent.signature()).isEqualTo(part.signature());
            assertThat(sent.count()).isEqualTo(9);
            sent.add(part);
            part.add(RowPart.of(part.toBytes()));
            assertThat(sent.state()).isEqualTo(part.state());
        }
    }
}
