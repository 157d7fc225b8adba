package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.OperationCase.Rows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is recorded of a function gives the bits of the function, for any number of rows. */
@Tag("fast")
final class RecordingTest {
    private static final Map<String, Tensor> NO_NAMES = Map.of();

    static Stream<OperationCase> withinRows() {
        return OperationCases.all().filter(c -> isRecorded(c));
    }

    static Stream<OperationCase> others() {
        return OperationCases.all().filter(c -> !isRecorded(c));
    }

    /** All but losses, and lengths that no input has; also where the number of rows is written as a size. */
    private static boolean isRecorded(OperationCase c) {
        boolean isLoss = c.name.startsWith("crossEntropy")
                || c.name.startsWith("negativeLogLikelihood")
                || c.name.startsWith("binaryCrossEntropy");
        boolean within = c.rows == Rows.WITHIN || c.name.endsWith(": the number of rows");
        return within && !isLoss && !c.name.equals("Tensor.ragged(Tensor[])");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withinRows")
    void everyOperationWithinRowsIsMadeAgain(OperationCase c) {
        Tensor[] inputs = c.tensors();
        List<Tensor> rows = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            if (c.inputs[i].rows) {
                rows.add(inputs[i]);
            }
        }
        Function<Tensor[], Tensor> function = x -> rowsFirst(c.function.apply(with(c, inputs, x)));
        Tensor[] x = rows.toArray(Tensor[]::new);
        Recording recording = Recording.of(
                function,
                NO_NAMES,
                Arrays.stream(x).map(t -> t.shape().with(0, Shape.UNKNOWN)).toArray(Shape[]::new));
        Tensor whole = eager(function, x);
        assertThat(recording.outputShape())
                .isEqualTo(Shape.of(whole.shape().dims()).with(0, Shape.UNKNOWN));
        Program program = new Program(recording, name -> null);
        // Twice: what an operation keeps from one run must not show in the next.
        for (int run = 0; run < 2; run++) {
            assertThat(run(program, x, whole)).isEqualTo(whole.toArray());
        }
    }

    private static Tensor[] with(OperationCase c, Tensor[] inputs, Tensor... rows) {
        Tensor[] all = inputs.clone();
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = c.inputs[i].rows ? rows[next++] : all[i];
        }
        return all;
    }

    private static Tensor rowsFirst(Tensor y) {
        return y.rowAxis() > 0 ? y.transpose(0, y.rowAxis()) : y;
    }

    private static Tensor eager(Function<Tensor[], Tensor> function, Tensor... x) {
        boolean[] marks = new boolean[x.length];
        Arrays.fill(marks, true);
        return Blocks.join(new Blocks(x[0].shape().dim(0)).run(function, x, marks));
    }

    private static float[] run(Program program, Tensor[] x, Tensor whole) {
        int rows = x[0].shape().dim(0);
        float[][] values = Arrays.stream(x).map(Tensor::toArray).toArray(float[][]::new);
        if (program.isRagged()) {
            int[][] offsets = Arrays.stream(x)
                    .map(t -> t.lengths() == null ? null : t.lengths().offsets())
                    .toArray(int[][]::new);
            return program.runRagged(rows, values, offsets);
        }
        float[] y = new float[whole.toArray().length];
        program.run(rows, values, y);
        return y;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void whatMixesRowsIsRefused(OperationCase c) {
        Tensor[] inputs = c.tensors();
        Shape[] shapes = Stream.of(inputs)
                .map(t -> t.localShape().rank() == 0 ? Shape.of(-1) : t.shape().with(0, Shape.UNKNOWN))
                .toArray(Shape[]::new);
        assertThatThrownBy(() -> Recording.of(x -> c.function.apply(with(c, inputs, x)), NO_NAMES, rowsOf(c, shapes)))
                .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
    }

    private static Shape[] rowsOf(OperationCase c, Shape... shapes) {
        List<Shape> rows = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            if (c.inputs[i].rows) {
                rows.add(shapes[i]);
            }
        }
        return rows.toArray(Shape[]::new);
    }

    private static void assertRefused(String why, Function<Tensor, Tensor> forward) {
        assertThatThrownBy(() -> Recording.of(x -> forward.apply(x[0]), NO_NAMES, Shape.of(-1, 3)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(why);
    }

    @Test
    void whatLooksAtDataIsRefused() {
        assertRefused("reduces over the rows: mean over axes", x -> x.sub(x.mean()));
        assertRefused("reading single values of a tensor of rows", x -> x.get(0, 0) > 0 ? x : x.neg());
        assertRefused("random numbers", x -> x.add(Tensor.rand(3)));
        assertRefused("mixes single rows", x -> x.slice(0, 0, 1));
        assertRefused("reads values of a tensor that it computes", x -> {
            Tensor computed = Tensor.of(1, 2).exp();
            return computed.get(0) > 1 ? x : x.neg();
        });
        assertRefused("does other things for other numbers of rows", x -> x.div(x.size(0)));
        assertRefused("does not return one row for each row", x -> Tensor.zeros(3));
    }

    @Test
    void theNumberOfRowsMayBeWrittenAsASize() {
        Recording recording = Recording.of(x -> x[0].reshape(x[0].size(0), 3, 2).flatten(1), NO_NAMES, Shape.of(-1, 6));
        assertThat(recording.outputShape()).isEqualTo(Shape.of(-1, 6));
        float[] y = new float[30];
        new Program(recording, name -> null).run(5, Numbers.normal(1, 30).toArray(), 0, y, 0);
        assertThat(y).isEqualTo(Numbers.normal(1, 30).toArray());
    }

    @Test
    void rowsOfTwoInputsMayDifferInLength() {
        Function<Tensor[], Tensor> function = x -> Tensor.cat(1, x[0].mean(1), x[1].max(1));
        Tensor[] x = {
            Tensor.ragged(Numbers.normal(1, 6, 2), 3, 0, 1, 2), Tensor.ragged(Numbers.normal(2, 5, 3), 1, 1, 2, 1)
        };
        Recording recording = Recording.of(function, NO_NAMES, Shape.of(-1, -2, 2), Shape.of(-1, -2, 3));
        Tensor whole = eager(function, x);
        assertThat(run(new Program(recording, name -> null), x, whole)).isEqualTo(whole.toArray());
    }

    @Test
    void rowsThatMustBeEquallyLongAreCompared() {
        Recording recording = Recording.of(x -> x[0].add(x[1]).sum(1), NO_NAMES, Shape.of(-1, -2), Shape.of(-1, -2));
        Program program = new Program(recording, name -> null);
        float[][] values = {{1, 2, 3}, {10, 20, 30}};
        assertThat(program.runRagged(2, values, new int[][] {{0, 1, 3}, {0, 1, 3}}))
                .containsExactly(11, 55);
        assertThatThrownBy(() -> program.runRagged(2, values, new int[][] {{0, 1, 3}, {0, 2, 3}}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of the same lengths in its inputs 0 and 1");
    }

    @Test
    void parametersGoByNameAndOthersByValue() {
        Tensor weight = Tensor.of(1, 2, 3);
        Recording recording = Recording.of(
                x -> x[0].mul(weight.exp()).add(Tensor.of(4, 5, 6)), Map.of("weight", weight), Shape.of(-1, 3));
        assertThat(recording.names()).containsExactly("weight");
        float[] y = new float[3];
        new Program(recording, name -> new float[3]).run(1, new float[] {1, 1, 1}, 0, y, 0);
        assertThat(y).containsExactly(5, 6, 7);
    }

    @Test
    void aRecordingThatIsNoneIsRefused() {
        Slot x = Slot.computed(Shape.of(-1, 3), -1);
        Step step = new Step("relu", new Attributes(), new int[] {1}, 1);
        assertThatThrownBy(() -> new Recording(1, List.of(x, x), List.of(step), 1, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a recording expects tensors that are there");
        Step unknown = new Step("frobnicate", new Attributes(), new int[] {0}, 1);
        Program program = new Program(new Recording(1, List.of(x, x), List.of(unknown), 1, -1), name -> null);
        assertThatThrownBy(() -> program.run(1, new float[3], 0, new float[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("frobnicate");
    }
}
