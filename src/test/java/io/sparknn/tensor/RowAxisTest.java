package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.OperationCase.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One DataFrame is one tensor: every operation over blocks of rows gives what it gives over all rows at once. */
@Tag("fast")
final class RowAxisTest {
    static Stream<OperationCase> possible() {
        return OperationCases.all().filter(c -> c.rows != Rows.REFUSED);
    }

    static Stream<OperationCase> refused() {
        return OperationCases.all().filter(c -> c.rows == Rows.REFUSED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("possible")
    void blocksGiveTheBitsOfTheWhole(OperationCase c) {
        Tensor whole = c.function.apply(c.tensors());
        for (int[] sizes : cuts(rowCount(c))) {
            Blocks blocks = new Blocks(sizes);
            List<Blocks.Result> results = blocks.run(c.function, c.tensors(), marks(c));
            Tensor joined = Blocks.join(results);
            String cut = "cut into " + Arrays.toString(sizes);
            assertThat(joined.shape()).as(cut).isEqualTo(whole.shape());
            assertThat(joined.toArray()).as(cut).isEqualTo(whole.toArray());
            assertThat(blocks.reductions() > 0)
                    .as("meets a reduction over rows")
                    .isEqualTo(c.rows == Rows.REDUCED);
            for (Blocks.Result result : results) {
                if (result.rowAxis < 0) {
                    assertThat(result.values).as(cut).isEqualTo(whole.toArray());
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void singleRowsAreNotMixed(OperationCase c) {
        Blocks blocks = new Blocks(rowCount(c) - 1, 1);
        assertThatThrownBy(() -> blocks.run(c.function, c.tensors(), marks(c)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("mixes single rows of the DataFrame, which are scored in blocks");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("possible")
    void aPassOverShapesGivesTheSameShape(OperationCase c) {
        List<String> met = new ArrayList<>();
        Tensor whole = c.function.apply(c.tensors());
        try (Pass pass = Pass.shapes(part -> {
            met.add(part.signature());
            return part;
        })) {
            Tensor[] inputs = c.tensors();
            for (int i = 0; i < inputs.length; i++) {
                inputs[i] = c.inputs[i].rows ? Blocks.block(pass, inputs[i], 0, rowCount(c)) : inputs[i];
            }
            assertThat(pass.localShape(c.function.apply(inputs))).isEqualTo(whole.shape());
        }
        assertThat(!met.isEmpty()).isEqualTo(c.rows == Rows.REDUCED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aPassOverShapesRefusesTheSame(OperationCase c) {
        try (Pass pass = Pass.shapes(part -> part)) {
            Tensor[] inputs = c.tensors();
            for (int i = 0; i < inputs.length; i++) {
                // Two rows, as a dry run takes: fewer or more than the case has.
                if (inputs[i].lengths() != null) {
                    inputs[i] = pass.block(null, inputs[i].shape().with(0, 2));
                    continue;
                }
                Tensor rows = inputs[i].localShape().rank() == 0 ? inputs[i] : twoRows(inputs[i]);
                inputs[i] = c.inputs[i].rows ? pass.block(rows.toArray(), rows.shape()) : inputs[i];
            }
            assertThatThrownBy(() -> c.function.apply(inputs)).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Tensor twoRows(Tensor x) {
        return Tensor.zeros(x.shape().with(0, 2).dims());
    }

    @Test
    void sumsOverManyRowsDoNotDependOnTheCut() {
        Tensor x = Numbers.normal(1, 1000, 3).mul(1e4);
        List<Function<Tensor[], Tensor>> functions = List.of(
                t -> t[0].sub(t[0].mean()),
                t -> t[0].sub(t[0].mean(0)).div(t[0].var(0).add(1e-5).sqrt()),
                t -> t[0].transpose(0, 1).matmul(t[0]),
                t -> t[0].max(0).add(t[0].min(0)),
                t -> t[0].softmax(0).logsumexp(0));
        for (Function<Tensor[], Tensor> function : functions) {
            Tensor one = Blocks.join(new Blocks(1000).run(function, new Tensor[] {x}, true));
            for (int[] sizes : new int[][] {{500, 500}, {1, 999}, {0, 333, 0, 667}, {999, 1, 0}}) {
                Tensor cut = Blocks.join(new Blocks(sizes).run(function, new Tensor[] {x}, true));
                assertThat(cut.toArray()).as(Arrays.toString(sizes)).isEqualTo(one.toArray());
            }
        }
    }

    @Test
    void sumsOverRowsCancelExactlyOnAnyAxis() {
        Tensor x = Tensor.of(new float[][] {{1e30f}, {1}, {-1e30f}});
        for (int[] sizes : new int[][] {{3}, {1, 2}, {2, 1}, {1, 1, 1}}) {
            Blocks blocks = new Blocks(sizes);
            Tensor first = Blocks.join(blocks.run(t -> t[0].sum(0), new Tensor[] {x}, true));
            Tensor last = Blocks.join(blocks.run(t -> t[0].transpose(0, 1).sum(1), new Tensor[] {x}, true));
            assertThat(first.item()).isEqualTo(1);
            assertThat(last.item()).isEqualTo(1);
        }
    }

    @Test
    void theNumberOfRowsIsAReduction() {
        List<Function<Tensor, Number>> counts = List.of(
                x -> x.size(0), x -> x.shape().dim(0), x -> x.shape().dims()[0], x -> x.numel() / 3, x -> x.size(-2));
        for (Function<Tensor, Number> count : counts) {
            Blocks blocks = new Blocks(2, 0, 5);
            Tensor result = Blocks.join(blocks.run(
                    t -> Tensor.scalar(count.apply(t[0]).doubleValue()), new Tensor[] {Tensor.zeros(7, 3)}, true));
            assertThat(result.item()).isEqualTo(7);
            assertThat(blocks.reductions()).isEqualTo(1);
        }
    }

    @Test
    void anOtherSizeIsNoReduction() {
        Blocks blocks = new Blocks(2, 5);
        blocks.run(t -> t[0].mul(t[0].size(1)), new Tensor[] {Tensor.zeros(7, 3)}, true);
        assertThat(blocks.reductions()).isZero();
    }

    @Test
    void readingSingleValuesOfRowsIsRefused() {
        List<Consumer<Tensor>> reads = List.of(Tensor::toArray, Tensor::item, x -> x.get(0, 0));
        for (Consumer<Tensor> read : reads) {
            assertThatThrownBy(() -> new Blocks(1)
                            .run(
                                    t -> {
                                        read.accept(t[0]);
                                        return t[0];
                                    },
                                    new Tensor[] {Tensor.zeros(1, 1)},
                                    true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "reading single values of a tensor of rows (?, 1) is not possible: its rows are one block"
                                    + " of the DataFrame's; reduce over the rows first (mean, sum, max, ...)");
        }
    }

    @Test
    void reducedValuesCanBeRead() {
        Tensor result = Blocks.join(
                new Blocks(2, 1).run(t -> t[0].mul(t[0].max().item()), new Tensor[] {Tensor.of(1, 5, 3)}, true));
        assertThat(result.toArray()).containsExactly(5, 25, 15);
    }

    @Test
    void blocksThatMeetDifferentReductionsAreRefused() {
        Function<Tensor[], Tensor> function = t -> t[0].localSize() == 2 ? t[0].sub(t[0].mean()) : t[0].sub(t[0].max());
        assertThatThrownBy(() -> new Blocks(2, 1).run(function, new Tensor[] {Tensor.of(1, 5, 3)}, true))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(
                        "expects every block to meet the same reductions in the same order, got mean over axes"
                                + " [0] of (?) in one block and max over axes [0] of (?) in another");
    }

    private static int rowCount(OperationCase c) {
        return Arrays.stream(c.inputs)
                .filter(input -> input.rows)
                .findFirst()
                .orElseGet(() -> c.inputs[0])
                .tensor
                .size(0);
    }

    private static int[][] cuts(int rows) {
        return rows == 2
                ? new int[][] {{2}, {1, 1}, {0, 2}}
                : new int[][] {{rows}, {1, 1, rows - 2}, {rows - 1, 0, 1}, {0, rows}};
    }

    private static boolean[] marks(OperationCase c) {
        boolean[] marks = new boolean[c.inputs.length];
        for (int i = 0; i < marks.length; i++) {
            marks[i] = c.inputs[i].rows;
        }
        return marks;
    }
}
