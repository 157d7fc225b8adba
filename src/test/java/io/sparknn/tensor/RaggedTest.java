package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tensors whose rows differ in length. */
@Tag("fast")
@SuppressWarnings("try")
final class RaggedTest {
    private static Tensor numbers() {
        return Tensor.ragged(Tensor.of(1, 5, 3), Tensor.of(new float[0]), Tensor.of(-2));
    }

    private static Tensor vectors() {
        return Tensor.ragged(Tensor.of(new float[][] {{1, 2}, {3, 10}, {-1, -3}}), 1, 0, 2);
    }

    @Test
    void showsItsRows() {
        assertThat(numbers().toString()).isEqualTo("[[1, 5, 3], [], [-2]] (3, *)");
        assertThat(vectors().toString()).isEqualTo("[[[1, 2]], [], [[3, 10], [-1, -3]]] (3, *, 2)");
        assertThat(numbers().shape()).isEqualTo(Shape.of(3, Shape.RAGGED));
        assertThat(vectors().rowLengths().toArray()).containsExactly(1, 0, 2);
        assertThat(Tensor.zeros(2, 3, 4).rowLengths().toArray()).containsExactly(3, 3);
        assertThat(vectors().size(0)).isEqualTo(3);
        assertThat(vectors().size(2)).isEqualTo(2);
        assertThat(vectors().numel()).isEqualTo(6);
        assertThat(vectors().get(2, 1, 0)).isEqualTo(-1);
        assertThat(vectors().toArray()).containsExactly(1, 2, 3, 10, -1, -3);
    }

    @Test
    void reducesEachRowByItself() {
        assertThat(numbers().sum(1).toArray()).containsExactly(9, 0, -2);
        assertThat(numbers().mean(1).toArray()).containsExactly(3, 0, -2);
        assertThat(vectors().sum(1).toString()).isEqualTo("[[1, 2], [0, 0], [2, 7]] (3, 2)");
        assertThat(vectors().sum(true, 1).shape()).isEqualTo(Shape.of(3, 1, 2));
        assertThat(vectors().mean(1, 2).toArray()).containsExactly(1.5f, 0, 2.25f);
        assertThat(vectors().max(2).toString()).isEqualTo("[[2], [], [10, -1]] (3, *)");
        assertThat(vectors().sum().item()).isEqualTo(12);
        assertThat(vectors().mean(0, 1).toArray()).containsExactly(1, 3);
    }

    @Test
    void aRowWithoutElementsGivesZero() {
        Tensor empty = Tensor.ragged(Tensor.zeros(0, 2), 0, 0);
        Map<String, Function<Tensor, Tensor>> reductions = new LinkedHashMap<>();
        reductions.put("sum", x -> x.sum(1));
        reductions.put("mean", x -> x.mean(1));
        reductions.put("max", x -> x.max(1));
        reductions.put("min", x -> x.min(1));
        reductions.put("var", x -> x.var(1));
        reductions.put("std", x -> x.std(1));
        reductions.put("norm", x -> x.norm(1));
        reductions.forEach((name, reduction) -> {
            Tensor y = reduction.apply(empty);
            assertThat(y.shape()).as(name).isEqualTo(Shape.of(2, 2));
            assertThat(y.toArray()).as(name).containsExactly(0, 0, 0, 0);
        });
        assertThat(empty.logsumexp(1).toArray()).containsOnly(Float.NEGATIVE_INFINITY);
        assertThat(empty.softmax(1).toString()).isEqualTo("[[], []] (2, *, 2)");
    }

    @Test
    void aRowGivesTheBitsOfATensorThatHoldsItAlone() {
        Tensor x = Numbers.normal(4, 12, 5);
        Tensor ragged = Tensor.ragged(x, 7, 0, 4, 1);
        Map<String, Function<Tensor, Tensor>> functions = new LinkedHashMap<>();
        functions.put("sum", t -> t.sum(1));
        functions.put("mean", t -> t.mean(1));
        functions.put("max", t -> t.max(1));
        functions.put("norm", t -> t.norm(1));
        functions.put("var", t -> t.var(0, false, 1));
        functions.put("softmax", t -> t.softmax(1));
        functions.put("logSoftmax", t -> t.logSoftmax(1));
        functions.put("centred", t -> t.sub(t.mean(true, 1)));
        int[][] rows = {{0, 7}, {7, 11}, {11, 12}};
        functions.forEach((name, function) -> {
            float[] all = function.apply(ragged).toArray();
            boolean reduced = function.apply(ragged).shape().rank() == 2;
            for (int row = 0; row < 3; row++) {
                int from = rows[row][0];
                int to = rows[row][1];
                Tensor alone = function.apply(x.slice(0, from, to).unsqueeze(0));
                int start = reduced ? new int[] {0, 2, 3}[row] * 5 : from * 5;
                int length = reduced ? 5 : (to - from) * 5;
                assertThat(java.util.Arrays.copyOfRange(all, start, start + length))
                        .as(name + " of row " + row)
                        .isEqualTo(alone.toArray());
            }
        });
    }

    @Test
    void whatCannotRunIsRefusedByName() {
        Tensor x = vectors();
        Map<String, Function<Tensor, Object>> refused = new LinkedHashMap<>();
        refused.put("matmul of (3, *, 2) and (3, 2, 4)", t -> t.matmul(Tensor.zeros(3, 2, 4)));
        refused.put("matmul of (5, 3) and (3, *, 2)", t -> Tensor.zeros(5, 3).matmul(t));
        refused.put("reshape of (3, *, 2)", t -> t.reshape(3, -1));
        refused.put("permute of (3, *, 2)", t -> t.transpose(1, 2));
        refused.put("slice of (3, *, 2) cannot run along axis 1", t -> t.slice(1, 0, 1));
        refused.put("narrow of (3, *, 2) cannot run along axis 0", t -> t.narrow(0, 0, 1));
        refused.put("cat of (3, *, 2) cannot run along axis 1", t -> Tensor.cat(1, t, t));
        refused.put("cat of (3, *, 2) and (3, 1, 2)", t -> Tensor.cat(2, t, Tensor.zeros(3, 1, 2)));
        refused.put("argmax of (3, *, 2) cannot run along axis 1", t -> t.argmax(1));
        refused.put("softmax of (3, *, 2) cannot run along axis 0", t -> t.softmax(0));
        refused.put("sum over axis 0 of (3, *, 2) expects rows of one length", t -> t.sum(0));
        refused.put("expand of (3, *, 2)", t -> t.expand(2, -1, -1, -1));
        refused.put("gather of (3, *, 2)", t -> t.gather(2, t));
        refused.put("add of (3, *, 2) and (3, 2, 2)", t -> t.add(Tensor.zeros(3, 2, 2)));
        refused.put("add of (3, *, 2) and (3, 2)", t -> t.add(Tensor.zeros(3, 2)));
        refused.put("add of (3, *, 2) and (2, 3, 1, 2)", t -> t.add(Tensor.zeros(2, 3, 1, 2)));
        refused.put("add of (3, *, 2) and (3, *)", t -> t.add(Tensor.ragged(Tensor.of(1, 2, 3), 1, 0, 2)));
        refused.put(
                "mul of (3, *, 2) and (3, *, 2) expects rows of the same lengths",
                t -> t.mul(Tensor.ragged(Tensor.zeros(3, 2), 1, 1, 1)));
        refused.put("size(1) of (3, *, 2) expects rows of one length", t -> t.size(1));
        refused.put(
                "CrossEntropyLoss of (3, *, 2) and (3, *)",
                t -> t.crossEntropy(Tensor.ragged(Tensor.of(1, 0, 1), 1, 0, 2), null, 0));
        refused.put("of (3, *, 2) cannot run over rows of different length", t -> t.flatten(1));
        refused.put("reshape of (3, *, 2) cannot run over", t -> t.unsqueeze(1));
        refused.forEach((message, function) -> assertThatThrownBy(() -> function.apply(x), message)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message));
    }

    @Test
    void wrongLengthsAreRefused() {
        assertThatThrownBy(() -> Tensor.ragged(Tensor.zeros(3, 2), 1, 1))
                .hasMessage("Tensor.ragged expects 2 elements for rows of these lengths, got shape (3, 2)");
        assertThatThrownBy(() -> Tensor.ragged(Tensor.zeros(3, 2), 4, -1))
                .hasMessageContaining("expects lengths of 0 or more, got -1 for row 1");
        assertThatThrownBy(() -> Tensor.ragged(vectors(), 1, 1, 1))
                .hasMessageContaining("no rows yet, got shape (3, *, 2)");
        assertThatThrownBy(() -> Shape.of(3, Shape.RAGGED, Shape.RAGGED)).hasMessageContaining("at most one");
        assertThatThrownBy(() -> vectors().get(1, 0, 0)).hasMessageContaining("a place within shape (3, *, 2)");
    }

    @Test
    void gradientsFlowToTheElements() {
        Tensor elements = Tensor.of(new float[][] {{1, 2}, {3, 10}, {-1, -3}}).requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            Tensor.ragged(elements, 1, 0, 2).mean(1).sum().backward();
        }
        assertThat(elements.grad().toArray()).containsExactly(1, 1, 0.5f, 0.5f, 0.5f, 0.5f);
        Tensor x = vectors().requiresGrad(true);
        try (Pass pass = Pass.recording()) {
            x.mul(x).sum().backward();
        }
        assertThat(x.grad().toString()).isEqualTo("[[[2, 4]], [], [[6, 20], [-2, -6]]] (3, *, 2)");
        x.zeroGrad();
        assertThat(x.grad()).isNull();
        assertThat(x.detach().requiresGrad()).isFalse();
    }

    @Test
    void randomNumbersOfARowDependOnItsNumberAlone() {
        Tensor x = Tensor.ragged(Tensor.zeros(9, 2), 2, 4, 3);
        float[] all = drawn(x, 10, 11, 12);
        float[] last = drawn(Tensor.ragged(Tensor.zeros(7, 2), 4, 3), 11, 12);
        assertThat(java.util.Arrays.copyOfRange(all, 4, 18)).isEqualTo(last);
        assertThat(all).doesNotHaveDuplicates();
    }

    private static float[] drawn(Tensor x, long... numbers) {
        Gradients none = new Gradients(java.util.List.of());
        try (Pass pass = Pass.step(1, 2, numbers.length, numbers, part -> part, none)) {
            Tensor block = Blocks.ragged(pass, x, 0, numbers.length, 2);
            Tensor drawn = Pass.random("layer", block.shape(), true);
            assertThat(drawn.localShape()).isEqualTo(x.shape());
            return java.util.Arrays.copyOf(pass.values(drawn), x.numel());
        }
    }

    @Test
    void rowsOfADataFrameAreCountedAndNotRead() {
        Tensor x = vectors();
        Blocks blocks = new Blocks(2, 1);
        Tensor sum = Blocks.join(blocks.run(t -> t[0].mul(t[0].size(0)), new Tensor[] {x}, true));
        assertThat(sum.toArray()).containsExactly(3, 6, 9, 30, -3, -9);
        assertThat(blocks.reductions()).isEqualTo(1);
        assertThatThrownBy(() -> blocks.run(t -> t[0].mul(t[0].toArray()[0]), new Tensor[] {x}, true))
                .hasMessageContaining("reading single values of a tensor of rows (?, *, 2) is not possible");
        assertThatThrownBy(() -> blocks.run(t -> t[0].mul(t[0].numel()), new Tensor[] {x}, true))
                .hasMessageContaining("numel of (?, *, 2) expects rows of one length");
        Tensor mean = Blocks.join(
                new Blocks(1, 2).run(t -> t[0].sum(1).div(t[0].rowLengths().unsqueeze(1)), new Tensor[] {x}, true));
        assertThat(mean.toArray()).containsExactly(1, 2, Float.NaN, Float.NaN, 1, 3.5f);
    }
}
