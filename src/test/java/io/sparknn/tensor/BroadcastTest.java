package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Broadcasting against loops that compute every index. */
@Tag("fast")
@SuppressWarnings("try")
final class BroadcastTest {
    /** All shapes of rank 0 to 4 with sizes 1 to 3 that fit under (2, 3, 1, 3) and one with a size of 0. */
    private static List<Shape> shapes() {
        List<Shape> shapes = new ArrayList<>(List.of(Shape.of(), Shape.of(0), Shape.of(2, 0)));
        int[] full = {2, 3, 2, 3};
        for (int rank = 1; rank <= 4; rank++) {
            for (int mask = 0; mask < 1 << rank; mask++) {
                int[] dims = new int[rank];
                for (int axis = 0; axis < rank; axis++) {
                    dims[axis] = (mask >> axis & 1) == 0 ? 1 : full[4 - rank + axis];
                }
                shapes.add(Shape.of(dims));
            }
        }
        return shapes;
    }

    @Test
    void everyPairOfShapesGivesWhatLoopsGive() {
        for (Shape left : shapes()) {
            for (Shape right : shapes()) {
                Tensor a = Numbers.apart(0.125, left.dims());
                Tensor b = Numbers.apart(0, right.dims());
                int[] dims = naiveShape(left, right);
                if (dims == null) {
                    assertThatThrownBy(() -> a.sub(b))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("sub of " + left + " and " + right + ": sizes ");
                    continue;
                }
                check(dims, a, b, Tensor::sub, (x, y) -> x - y);
                check(dims, a, b, Tensor::gt, (x, y) -> x > y ? 1f : 0f);
                check(dims, a, b, (x, y) -> Tensor.where(x, y, Tensor.scalar(7)), (x, y) -> x != 0 ? y : 7f);
            }
        }
    }

    private static void check(
            int[] dims, Tensor a, Tensor b, BinaryOperator<Tensor> operation, BinaryOperator<Float> expected) {
        Tensor y = operation.apply(a, b);
        assertThat(y.shape()).isEqualTo(Shape.of(dims));
        int[] index = new int[dims.length];
        for (float value : y.toArray()) {
            assertThat(value).isEqualTo(expected.apply(at(a, index), at(b, index)));
            for (int axis = dims.length - 1; axis >= 0 && ++index[axis] == dims[axis]; axis--) {
                index[axis] = 0;
            }
        }
    }

    private static float at(Tensor x, int... index) {
        int rank = x.shape().rank();
        int[] own = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            own[axis] = x.size(axis) == 1 ? 0 : index[index.length - rank + axis];
        }
        return x.get(own);
    }

    private static int[] naiveShape(Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        int[] dims = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int a = i <= left.rank() ? left.dim(-i) : 1;
            int b = i <= right.rank() ? right.dim(-i) : 1;
            if (a != b && a != 1 && b != 1) {
                return null;
            }
            dims[rank - i] = a == 1 ? b : a;
        }
        return dims;
    }

    @Test
    void gradientsAreSummedOverWhatWasRepeated() {
        for (Shape left : shapes()) {
            for (Shape right : shapes()) {
                int[] dims = naiveShape(left, right);
                if (dims == null) {
                    continue;
                }
                Tensor a = Numbers.apart(0, left.dims()).requiresGrad(true);
                Tensor b = Numbers.apart(0, right.dims()).requiresGrad(true);
                try (Pass pass = Pass.recording()) {
                    a.add(b).sum().backward();
                }
                float total = Shape.of(dims).size();
                assertThat(a.grad().toArray())
                        .containsOnly(left.size() == 0 ? new float[0] : new float[] {total / left.size()});
                assertThat(b.grad().toArray())
                        .containsOnly(right.size() == 0 ? new float[0] : new float[] {total / right.size()});
            }
        }
    }

    @Test
    void expandRepeatsLikeBroadcasting() {
        Tensor x = Tensor.of(new float[][] {{1}, {2}});
        assertThat(x.expand(3, 2, 2).toArray()).containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2);
        assertThat(x.expand(-1, 3).toArray()).containsExactly(1, 1, 1, 2, 2, 2);
    }
}
