package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("fast")
final class SparseProductTest {
    private static final int K = 40;
    private static final RowResolver NO_REDUCTIONS = part -> {
        throw new AssertionError("reduces over rows: " + part.signature());
    };

    static Stream<Gemm> kernels() {
        return Stream.of(Gemm.of("plain"), Gemm.of("vector"));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void givesTheBitsOfTheDenseProduct(Gemm gemm) {
        Random random = new Random(1);
        for (int n : new int[] {1, 2, 15, 16, 17, 31, 32, 33, 48, 63, 64, 65, 100, 128, 130, 513}) {
            Block block = new Block(37);
            for (int row = 0; row < 37; row++) {
                // Rows of no value, of few, and of so many that they count as dense.
                block.fill(random, row, row % 5 == 4 ? K : row % 11);
            }
            block.check(gemm, n, values(random, K * n));
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void aSumOfMinusZeroGetsTheSignThatLaterZerosGiveIt(Gemm gemm) {
        Block block = new Block(2);
        float[] weights = new float[K * 64];
        for (int j = 0; j < 64; j++) {
            weights[3 * 64 + j] = j % 2 == 0 ? -1e-30f : 1e-30f;
            weights[5 * 64 + j] = j % 3 == 0 ? -1 : 1;
        }
        block.store(0, 3, 1e-30f); // the product is below the least float
        block.store(1, 3, -1e-30f);
        block.check(gemm, 64, weights);
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void weightsThatAreNotFiniteMeetTheZeros(Gemm gemm) {
        Block block = new Block(1);
        float[] weights = values(new Random(2), K * 16);
        weights[7 * 16 + 2] = Float.POSITIVE_INFINITY;
        block.store(0, 3, 1);
        float[] y = block.check(gemm, 16, weights);
        assertThat(y[2]).isNaN();
        assertThat(y[3]).isFinite();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void onlyRowsOfFewValuesAndSumsOtherThanZeroAreReadByPlaces(Gemm gemm) {
        Random random = new Random(4);
        Block block = new Block(3);
        block.fill(random, 0, K / 4);
        block.fill(random, 1, K / 4 + 1);
        block.fill(random, 2, 0);
        assertThat(block.rows.isFew(0)).isTrue();
        assertThat(block.rows.isFew(1)).isFalse();
        PackedMatrix packed = gemm.pack(K, 70, values(random, 70 * K), 0, 70, 1);
        float[] sums = new float[packed.paddedColumns()];
        assertThat(gemm.sparseRow(block.rows, 0, packed, sums)).isTrue();
        assertThat(gemm.sparseRow(block.rows, 2, packed, sums)).isFalse();
    }

    @Test
    void aRowThatIsReadAgainTakesThePlaceOfTheFirst() {
        Block block = new Block(2);
        block.store(0, 1, 5);
        block.store(1, 2, 6);
        block.store(1, 3, 7);
        assertThat(block.rows.from(1)).isEqualTo(1);
        assertThat(block.rows.to(1)).isEqualTo(2);
        assertThat(block.rows.places()[1]).isEqualTo(3);
    }

    @Test
    void linearLayersReadWhatABlockStores() {
        Random random = new Random(3);
        Block block = new Block(9);
        for (int row = 0; row < 9; row++) {
            block.fill(random, row, row);
        }
        Tensor weight = Tensor.of(values(random, 20 * K)).reshape(20, K);
        Tensor bias = Tensor.of(values(random, 20));
        float[] stored;
        try (Pass pass = Pass.scoring(NO_REDUCTIONS)) {
            Tensor x = pass.block(block.x, Shape.of(9, K), block.rows);
            assertThat(pass.sparseRows(x.values(), K)).isSameAs(block.rows);
            assertThat(pass.sparseRows(x.values(), K / 2)).isNull();
            assertThat(pass.sparseRows(x.mul(2).values(), K)).isNull();
            stored = x.linear(weight, bias).values().clone();
        }
        try (Pass pass = Pass.scoring(NO_REDUCTIONS)) {
            float[] dense =
                    pass.block(block.x, Shape.of(9, K)).linear(weight, bias).values();
            for (int i = 0; i < 9 * 20; i++) {
                assertThat(stored[i]).isEqualTo(dense[i]);
            }
        }
    }

    private static float[] values(Random random, int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    /** Rows, dense and as what they store. */
    private static final class Block {
        private final int m;
        private final float[] x;
        private final SparseRows rows;
        private int stored;

        Block(int m) {
            this.m = m;
            this.x = new float[m * K];
            this.rows = new SparseRows(m, K);
        }

        /** A row of so many values, in places drawn at random. */
        void fill(Random random, int row, int count) {
            rows.begin(row);
            int left = count;
            stored = 0;
            for (int place = 0; place < K; place++) {
                if (random.nextInt(K - place) < left) {
                    put(row, place, random.nextFloat() - 0.5f);
                    left--;
                }
            }
            rows.end(row, stored);
        }

        void store(int row, int place, float value) {
            rows.begin(row);
            stored = 0;
            put(row, place, value);
            rows.end(row, stored);
        }

        private void put(int row, int place, float value) {
            x[row * K + place] = value;
            int at = rows.reserve(row, stored + 1) + stored++;
            rows.places()[at] = place;
            rows.values()[at] = value;
        }

        float[] check(Gemm gemm, int n, float... weights) {
            PackedMatrix packed = gemm.pack(K, n, weights, 0, n, 1);
            float[] dense = new float[m * n];
            gemm.multiply(m, x, 0, K, 1, packed, dense, 0, false);
            float[] sparse = new float[m * n];
            SparseProduct.multiply(gemm, m, x, packed, rows, sparse);
            for (int i = 0; i < dense.length; i++) {
                assertThat(Float.floatToIntBits(sparse[i]))
                        .as("%s, %d columns, row %d, column %d", gemm.name(), n, i / n, i % n)
                        .isEqualTo(Float.floatToIntBits(dense[i]));
            }
            return sparse;
        }
    }
}
