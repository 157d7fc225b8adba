package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values of operations worked out by hand or by loops, and what becomes of NaN. */
@Tag("fast")
final class TensorValuesTest {
    private static final float NAN = Float.NaN;
    private static final Tensor X = Tensor.of(new float[][] {{1, 5, 2}, {4, 0, 4}});

    @Test
    void elementwiseFunctionsGiveTheirFormula() {
        Tensor x = Numbers.normal(1, 5, 7);
        same(x, x.neg(), v -> -v);
        same(x, x.unary_$minus(), v -> -v);
        same(x, x.abs(), Math::abs);
        same(x, x.exp(), Math::exp);
        same(x.abs(), x.abs().log(), Math::log);
        same(x.abs(), x.abs().sqrt(), Math::sqrt);
        same(x, x.clamp(-0.5, 0.25), v -> Math.min(Math.max(v, -0.5), 0.25));
        same(x, x.hardTanh(-0.5, 0.25), v -> Math.min(Math.max(v, -0.5), 0.25));
        same(x, x.leakyRelu(0.3), v -> v > 0 ? v : 0.3 * v);
        same(x, x.elu(0.7), v -> v > 0 ? v : 0.7 * Math.expm1(v));
        same(x, x.softplus(2, 1), v -> 2 * v > 1 ? v : Math.log1p(Math.exp(2 * v)) / 2);
        same(x, x.mish(), v -> v * Math.tanh(Math.log1p(Math.exp(v))));
        for (double exponent : new double[] {-2, -1, -0.5, 0, 0.5, 1, 1.7, 2, 3, 7}) {
            same(x.abs(), x.abs().pow(exponent), v -> Math.pow(v, exponent));
            same(x.abs(), x.abs().pow(Tensor.scalar(exponent)), v -> Math.pow(v, (float) exponent));
        }
    }

    private static void same(Tensor x, Tensor y, DoubleUnaryOperator formula) {
        assertThat(y.shape()).isEqualTo(x.shape());
        float[] in = x.toArray();
        float[] out = y.toArray();
        for (int i = 0; i < in.length; i++) {
            double expected = formula.applyAsDouble(in[i]);
            assertThat((double) out[i]).isCloseTo(expected, within(1e-6 + 1e-6 * Math.abs(expected)));
        }
    }

    @Test
    void activationsHoldFarOut() {
        Tensor far = Tensor.of(-200, -100, 100, 200);
        assertThat(far.softplus().toArray()).containsExactly(0, 3.783506e-44f, 100, 200);
        assertThat(far.logSigmoid().toArray()).containsExactly(-200, -100, -3.783506e-44f, 0);
        assertThat(far.sigmoid().toArray()).containsExactly(0, 3.783506e-44f, 1, 1);
        assertThat(far.gelu().toArray()).containsExactly(-0f, -0f, 100, 200);
        assertThat(far.mish().get(3)).isEqualTo(200);
        assertThat(far.silu().get(3)).isEqualTo(200);
        assertThat(far.elu().toArray()).containsExactly(-1, -1, 100, 200);
        assertThat(Tensor.of(-1e30f, 1e30f).softmax(0).toArray()).containsExactly(0, 1);
        assertThat(Tensor.of(1000, 1000).logsumexp().item()).isCloseTo(1000.6931f, within(1e-4f));
        assertThat(Tensor.of(1000, 0).logSoftmax(0).toArray()).containsExactly(0, -1000);
        assertThat(Tensor.full(Double.NEGATIVE_INFINITY, 2).logsumexp().item()).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(Tensor.of(1, Double.POSITIVE_INFINITY).logsumexp().item()).isEqualTo(Float.POSITIVE_INFINITY);
    }

    @Test
    void numbersGiveTheBitsOfTensors() {
        Tensor x = Numbers.normal(2, 100);
        for (double value : new double[] {0.1, -3.7, 1e-30, 1e30, 0, -0.0}) {
            Tensor scalar = Tensor.scalar(value);
            assertThat(bits(x.add(value))).isEqualTo(bits(x.add(scalar)));
            assertThat(bits(x.sub(value))).isEqualTo(bits(x.sub(scalar)));
            assertThat(bits(x.mul(value))).isEqualTo(bits(x.mul(scalar)));
            assertThat(bits(x.div(value))).isEqualTo(bits(x.div(scalar)));
        }
    }

    private static int[] bits(Tensor x) {
        float[] values = x.toArray();
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToIntBits(values[i]);
        }
        return bits;
    }

    @Test
    void nanStaysNan() {
        List<UnaryOperator<Tensor>> functions = List.of(
                Tensor::relu,
                Tensor::leakyRelu,
                x -> x.prelu(Tensor.of(0.25f)),
                Tensor::elu,
                Tensor::selu,
                Tensor::gelu,
                Tensor::sigmoid,
                Tensor::logSigmoid,
                Tensor::tanh,
                Tensor::silu,
                Tensor::mish,
                Tensor::softplus,
                Tensor::softsign,
                Tensor::relu6,
                Tensor::hardTanh,
                Tensor::hardSigmoid,
                Tensor::hardSwish,
                x -> x.clamp(-1, 1),
                x -> x.maximum(Tensor.scalar(1)),
                x -> Tensor.scalar(1).minimum(x),
                Tensor::max,
                Tensor::min,
                Tensor::sum,
                Tensor::norm,
                Tensor::std,
                Tensor::logsumexp,
                x -> x.softmax(0),
                x -> x.logSoftmax(0),
                Tensor::exp,
                Tensor::log,
                Tensor::sqrt,
                Tensor::abs,
                x -> x.pow(2),
                x -> x.pow(1.3));
        for (int i = 0; i < functions.size(); i++) {
            assertThat(functions.get(i).apply(Tensor.of(1, NAN, 2)).toArray())
                    .as("function %d", i)
                    .contains(NAN);
        }
        assertThat(Tensor.of(-1).log().item()).isNaN();
        assertThat(Tensor.of(-1).sqrt().item()).isNaN();
    }

    @Test
    void comparisonsWithNanAreFalseButNotEqual() {
        Tensor x = Tensor.of(1, NAN, 3);
        Tensor y = Tensor.of(1, NAN, 2);
        assertThat(x.gt(y).toArray()).containsExactly(0, 0, 1);
        assertThat(x.ge(y).toArray()).containsExactly(1, 0, 1);
        assertThat(x.lt(y).toArray()).containsExactly(0, 0, 0);
        assertThat(x.le(y).toArray()).containsExactly(1, 0, 0);
        assertThat(x.eq(y).toArray()).containsExactly(1, 0, 0);
        assertThat(x.ne(y).toArray()).containsExactly(0, 1, 1);
        assertThat(x.lt(3).toArray()).containsExactly(1, 0, 0);
        assertThat(x.le(3).toArray()).containsExactly(1, 0, 1);
        assertThat(x.gt(1).toArray()).containsExactly(0, 0, 1);
        assertThat(x.ge(1).toArray()).containsExactly(1, 0, 1);
        assertThat(x.eq(3).toArray()).containsExactly(0, 0, 1);
        assertThat(x.ne(3).toArray()).containsExactly(1, 1, 0);
        assertThat(Tensor.where(x, y, Tensor.scalar(9)).toArray()).containsExactly(1, NAN, 2);
    }

    @Test
    void argmaxIsTheFirstOfEqualsAndTheFirstNan() {
        assertThat(X.argmax(1).toArray()).containsExactly(1, 0);
        assertThat(X.argmax(0).toArray()).containsExactly(1, 0, 1);
        assertThat(Tensor.of(3, NAN, 9, NAN).argmax(0).item()).isEqualTo(1);
        assertThat(Tensor.of(NAN, 3).argmax(-1).item()).isEqualTo(0);
        assertThat(Tensor.full(Double.NEGATIVE_INFINITY, 3).argmax(0).item()).isEqualTo(0);
    }

    @Test
    void reductionsAgreeWithHandWork() {
        assertThat(X.std(1).toArray()).containsExactly((float) Math.sqrt(13 / 3.0), (float) Math.sqrt(16 / 3.0));
        assertThat(X.std(0, true, 0).toArray()).containsExactly(1.5f, 2.5f, 1);
        assertThat(X.var().item()).isEqualTo((float) (58 / 15.0));
        assertThat(X.norm().item()).isEqualTo((float) Math.sqrt(62));
        assertThat(X.norm(true, 0).shape()).isEqualTo(Shape.of(1, 3));
        assertThat(X.logsumexp(0).toArray()[1]).isCloseTo((float) Math.log(1 + Math.exp(5)), within(1e-6f));
        assertThat(X.mean(0, 1).item()).isCloseTo(16 / 6f, within(1e-6f));
        assertThat(X.max(1).toArray()).containsExactly(5, 4);
        assertThat(X.min(true, 0).toArray()).containsExactly(1, 0, 2);
        assertThat(X.softmax(0).get(0, 0)).isCloseTo((float) (1 / (1 + Math.exp(3))), within(1e-7f));
        assertThat(X.logSoftmax(0).get(0, 0)).isCloseTo((float) -Math.log(1 + Math.exp(3)), within(1e-6f));
    }

    @Test
    void slicesAndJoinsMoveTheRightElements() {
        assertThat(X.slice(1, 1, 3).toArray()).containsExactly(5, 2, 0, 4);
        assertThat(X.slice(0, 1, 2).toArray()).containsExactly(4, 0, 4);
        assertThat(X.narrow(-1, 0, 1).shape()).isEqualTo(Shape.of(2, 1));
        assertThat(X.slice(1, 3, 3).shape()).isEqualTo(Shape.of(2, 0));
        Tensor y = Tensor.of(new float[][] {{7}, {8}});
        assertThat(Tensor.cat(1, X, y).toArray()).containsExactly(1, 5, 2, 7, 4, 0, 4, 8);
        assertThat(Tensor.cat(0, y, y).toArray()).containsExactly(7, 8, 7, 8);
        assertThat(Tensor.stack(1, y, y.neg()).toArray()).containsExactly(7, -7, 8, -8);
        assertThat(Tensor.stack(-1, y, y.neg()).shape()).isEqualTo(Shape.of(2, 1, 2));
        assertThat(Tensor.stack(0, y, y.neg()).toArray()).containsExactly(7, 8, -7, -8);
    }

    @Test
    void lookUpsTakeTheRightElements() {
        Tensor index = Tensor.of(new float[][] {{2, 0}, {1, 1}});
        assertThat(X.gather(1, index).toArray()).containsExactly(2, 1, 0, 0);
        assertThat(X.gather(0, Tensor.of(new float[][] {{1, 0, 1}})).toArray()).containsExactly(4, 5, 4);
        assertThat(X.indexSelect(0, Tensor.of(1, 0, 1)).toArray()).containsExactly(4, 0, 4, 1, 5, 2, 4, 0, 4);
        assertThat(X.indexSelect(1, Tensor.of(2, 2)).toArray()).containsExactly(2, 2, 4, 4);
        assertThat(X.indexSelect(1, index).shape()).isEqualTo(Shape.of(2, 2, 2));
        assertThat(X.indexSelect(1, index).toArray()).containsExactly(2, 1, 5, 5, 4, 4, 0, 0);
        assertThat(X.indexSelect(0, Tensor.scalar(1)).toArray()).containsExactly(4, 0, 4);
        assertThat(Tensor.of(2, 0).oneHot(3).toArray()).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void makersMake() {
        assertThat(Tensor.eye(2).toArray()).containsExactly(1, 0, 0, 1);
        assertThat(Tensor.of(new double[][] {{0.1, 2}, {3, 4}}).toArray()).containsExactly(0.1f, 2, 3, 4);
        assertThat(Tensor.arange(3).toArray()).containsExactly(0, 1, 2);
        assertThat(Tensor.full(2.5, 2).toArray()).containsExactly(2.5f, 2.5f);
    }

    @Test
    void permutationsMoveEveryElement() {
        int[][] orders = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
        for (int[] sizes : new int[][] {{2, 3, 4}, {1, 70, 33}, {40, 1, 65}, {3, 0, 2}}) {
            Tensor x = Numbers.apart(0, sizes);
            for (int[] order : orders) {
                Tensor y = x.permute(order);
                for (int i = 0; i < x.numel(); i++) {
                    int[] at = {i / (sizes[1] * sizes[2]), i / sizes[2] % sizes[1], i % sizes[2]};
                    assertThat(y.get(at[order[0]], at[order[1]], at[order[2]])).isEqualTo(x.get(at));
                }
            }
        }
        assertThat(Tensor.scalar(3).permute().item()).isEqualTo(3);
        assertThat(Tensor.of(1, 2, 3).permute(0).toArray()).containsExactly(1, 2, 3);
    }

    @Test
    void productsWithoutInnerElementsAreZero() {
        assertThat(Tensor.zeros(2, 0).matmul(Tensor.zeros(0, 3)).toArray()).isEqualTo(new float[6]);
        assertThat(Tensor.zeros(4, 2, 0).matmul(Tensor.zeros(4, 0, 3)).shape()).isEqualTo(Shape.of(4, 2, 3));
        assertThat(Tensor.zeros(2, 0)
                        .linear(Tensor.zeros(3, 0), Tensor.of(1, 2, 3))
                        .toArray())
                .containsExactly(1, 2, 3, 1, 2, 3);
        assertThat(Tensor.zeros(0, 2).matmul(Tensor.zeros(2, 3)).shape()).isEqualTo(Shape.of(0, 3));
    }

    @Test
    void operationsLeaveTheirInputsAlone() {
        OperationCases.all().forEach(c -> {
            Tensor[] inputs = c.tensors();
            Tensor[] before = c.tensors();
            assertThat(c.function.apply(inputs)).isNotNull();
            for (int i = 0; i < inputs.length; i++) {
                assertThat(inputs[i].toArray()).as(c.name).isEqualTo(before[i].toArray());
            }
        });
    }
}
