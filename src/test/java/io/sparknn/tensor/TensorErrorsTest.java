package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Misuse is an error that says which shapes do not fit. */
@Tag("fast")
final class TensorErrorsTest {
    private static final Tensor X = Tensor.zeros(2, 5);
    private static final Tensor Y = Tensor.zeros(3, 4);

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void productsNameTheSizesThatDiffer() {
        refused(() -> X.matmul(Y), "matmul of (2, 5) and (3, 4): inner sizes 5 and 3 differ");
        refused(
                () -> Tensor.zeros(2, 3, 5).matmul(Tensor.zeros(4, 5, 1)),
                "matmul of (2, 3, 5) and (4, 5, 1): leading axes do not broadcast");
        refused(
                () -> X.matmul(Tensor.scalar(1)),
                "matmul of (2, 5) and (): a scalar has no axis to multiply over; use mul");
        refused(() -> X.linear(Y, null), "linear of (2, 5) and (3, 4): the input has 5 features, the weight is for 4");
        refused(
                () -> X.linear(Tensor.zeros(3, 5), Tensor.zeros(2)),
                "linear of (2, 5) and (3, 5) and (2) expects a bias of (3)");
        refused(
                () -> X.bilinear(Tensor.zeros(2, 3), Tensor.zeros(1, 5, 4), null),
                "bilinear of (2, 5) and (2, 3) and (1, 5, 4): the inputs have 5 and 3 features, the weight is for 5 and 4");
        refused(
                () -> X.bilinear(Tensor.zeros(3, 4), Tensor.zeros(1, 5, 4), null),
                "bilinear of (2, 5) and (3, 4) and (1, 5, 4) expects two inputs that differ in their last axis only, and a"
                        + " weight of rank 3");
        refused(
                () -> X.bilinear(Tensor.zeros(2, 4), Tensor.zeros(1, 5, 4), Tensor.zeros(2)),
                "bilinear of (2, 5) and (2, 4) and (1, 5, 4) and (2) expects a bias of (1)");
    }

    @Test
    void broadcastingNamesTheAxis() {
        refused(() -> X.add(Y), "add of (2, 5) and (3, 4): sizes 2 and 3 on axis -2 differ and neither is 1");
        refused(() -> X.gt(Y), "gt of (2, 5) and (3, 4): sizes 2 and 3 on axis -2 differ and neither is 1");
        refused(
                () -> Tensor.where(X, X, Tensor.zeros(2)),
                "where of (2, 5) and (2, 5) and (2): sizes 5 and 2 on axis -1 differ and neither is 1");
    }

    @Test
    void axesThatDoNotExistAreRefused() {
        refused(() -> X.sum(2), "axis 2 of a tensor of shape (2, 5) does not exist; it has 2 axes");
        refused(() -> X.softmax(-3), "axis -3 of a tensor of shape (2, 5) does not exist; it has 2 axes");
        refused(() -> Tensor.of(1).argmax(1), "axis 1 of a tensor of shape (1) does not exist; it has 1 axis");
        refused(() -> X.sum(0, -2), "a reduction of (2, 5) expects each axis once, got [0, -2]");
        refused(() -> X.permute(0, 0), "permute of (2, 5) expects each axis once, got [0, 0]");
        refused(() -> X.unsqueeze(3), "unsqueeze of (2, 5) expects an axis from -3 to 2, got 3");
    }

    private static final String FIX = "; count from 0 on, within the size of what they choose from";

    @Test
    void placesThatDoNotExistAreRefused() {
        refused(() -> X.slice(1, 2, 6), "slice of (2, 5) expects places from 0 to 5 on axis 1, got 2 to 6");
        refused(() -> X.slice(1, 3, 2), "slice of (2, 5) expects places from 0 to 5 on axis 1, got 3 to 2");
        refused(() -> X.narrow(0, -1, 1), "narrow of (2, 5) expects places from 0 to 2 on axis 0, got -1 to 0");
        refused(
                () -> X.narrow(0, 1, Integer.MAX_VALUE),
                "narrow of (2, 5) expects places from 0 to 2 on axis 0, got 1 to 2147483648");
        refused(
                () -> X.indexSelect(0, Tensor.of(2)),
                "indexSelect of (2, 5) and (1) expects whole numbers from 0 to 1, got 2.0 at place 0" + FIX);
        refused(
                () -> X.gather(1, Tensor.full(0.5, 2, 1)),
                "gather of (2, 5) and (2, 1) expects whole numbers from 0 to 4, got 0.5 at place 0" + FIX);
        refused(
                () -> Tensor.of(-1).oneHot(3),
                "oneHot(3) of (1) expects whole numbers from 0 to 2, got -1.0 at place 0" + FIX);
        refused(
                () -> Tensor.of(Float.NaN).oneHot(3),
                "oneHot(3) of (1) expects whole numbers from 0 to 2, got NaN at place 0" + FIX);
        refused(
                () -> X.gather(1, Tensor.zeros(3, 1)),
                "gather of (2, 5) and (3, 1) along axis 1 expects an index of the same rank, and no larger on the other"
                        + " axes");
        refused(() -> X.get(0, 5), "get expects a place within shape (2, 5), got [0, 5]");
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        refused(
                () -> X.reshape(3, -1),
                "reshape of (2, 5) to [3, -1]: the number of elements differs, or more than one size is open");
        refused(
                () -> X.reshape(-1, -1),
                "reshape of (2, 5) to [-1, -1]: the number of elements differs, or more than one size is open");
        refused(
                () -> X.expand(2, 6),
                "expand of (2, 5) to [2, 6]: only axes of size 1 can be repeated, and new ones come in front");
        refused(
                () -> X.expand(5),
                "expand of (2, 5) to [5]: only axes of size 1 can be repeated, and new ones come in front");
        refused(
                () -> X.expand(-1, 2, 5),
                "expand of (2, 5) to [-1, 2, 5]: only axes of size 1 can be repeated, and new ones come in front");
        refused(
                () -> Tensor.cat(0, X, Y),
                "cat of (2, 5) and (3, 4) along axis 0 expects equal sizes on all other axes");
        refused(() -> Tensor.stack(0, X, Y), "stack of (2, 5) and (3, 4) expects equal shapes");
        refused(() -> Tensor.cat(0), "cat expects at least one tensor, got none");
        refused(() -> Tensor.stack(0), "stack expects at least one tensor, got none");
        refused(
                () -> X.prelu(Tensor.zeros(2)),
                "prelu of (2, 5) and (2) expects a weight of (1), or of one value for each element of axis 1");
        refused(() -> X.item(), "item expects a tensor of one element, got shape (2, 5)");
        refused(() -> Tensor.of(new float[3], Shape.of(2)), "Tensor.of expects 2 values for shape (2), got 3");
        refused(
                () -> Tensor.of(new double[][] {{1}, {1, 2}}),
                "Tensor.of expects rows of one length, got 1 in row 0 and 2 in row 1");
    }

    @Test
    void reductionsOverNothingAreRefusedWhereTheyHaveNoValue() {
        refused(() -> Tensor.zeros(2, 0).max(1), "max of (2, 0) over no elements has no value");
        refused(() -> Tensor.zeros(2, 0).argmax(1), "argmax of (2, 0) over no elements has no value");
        assertThat(Tensor.zeros(2, 0).sum(1).toArray()).containsExactly(0, 0);
        assertThat(Tensor.zeros(2, 0).mean(1).toArray()).containsExactly(Float.NaN, Float.NaN);
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        refused(() -> X.softplus(0, 20), "softplus expects a beta above 0, got 0.0");
        refused(() -> X.hardTanh(1, -1), "hardTanh expects min <= max, got 1.0 and -1.0");
        refused(() -> X.oneHot(0), "oneHot expects at least one class, got 0");
    }
}
