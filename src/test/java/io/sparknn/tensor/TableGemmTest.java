package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products of scattered matrices: each output is one chain of fused multiply-adds, in both kernels. */
@Tag("fast")
final class TableGemmTest {
    private final RandomStream random = RandomStream.of(1, "tables");

    @ParameterizedTest(name = "{0} x {2} x {1}")
    @CsvSource({
        "1, 1, 1",
        "1, 40, 9",
        "2, 3, 5",
        "6, 32, 7",
        "7, 33, 25",
        "8, 16, 300",
        "9, 17, 4",
        "16, 80, 25",
        "13, 1, 600",
        "25, 48, 576",
        "3, 600, 5",
        "12, 15, 0"
    })
    void bothKernelsGiveTheBitsOfOneChain(int m, int n, int k) {
        int[] aRows = table(m);
        int[] aColumns = table(k);
        int[] bRows = table(k);
        float[] a = values(2100);
        float[] b = values(2100 + n);
        float[] starts = values(m + 3);
        for (TableGemm gemm : new TableGemm[] {TableGemm.of(Gemm.of("plain")), TableGemm.get()}) {
            int stride = gemm.padded(n) + 5;
            float[] c = values((m + TableGemm.SPARE_ROWS) * stride + gemm.lanes());
            float[] old = c.clone();
            float[] slack = Arrays.copyOf(b, b.length + gemm.lanes());
            Scattered matrix = new Scattered(m, k, aRows, aColumns).at(a, 7);
            gemm.product(matrix, n, slack, 9, bRows, starts, 3, c, stride);
            float[] packed = old.clone();
            gemm.product(gemm.pack(matrix), n, slack, 9, bRows, starts, 3, packed, stride);
            float[] added = old.clone();
            gemm.product(matrix, n, slack, 9, bRows, null, 0, added, stride);
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    float chain = starts[3 + i];
                    float more = old[i * stride + j];
                    for (int p = 0; p < k; p++) {
                        float left = a[7 + aRows[i] + aColumns[p]];
                        chain = Math.fma(left, b[9 + bRows[p] + j], chain);
                        more = Math.fma(left, b[9 + bRows[p] + j], more);
                    }
                    assertThat(c[i * stride + j]).isEqualTo(chain);
                    assertThat(packed[i * stride + j]).isEqualTo(chain);
                    assertThat(added[i * stride + j]).isEqualTo(more);
                }
            }
        }
    }

    @Test
    void theKernelIsTheOneOfTheVectorApiWhereThatIs() {
        String expected = Kernels.isVectorPresent() ? "VectorTableGemm" : "PlainTableGemm";
        assertThat(TableGemm.of(Gemm.of(null)).getClass().getSimpleName()).isEqualTo(expected);
        assertThat(TableGemm.of(Gemm.of("plain"))).isInstanceOf(PlainTableGemm.class);
    }

    @Test
    void linesAreMergedAlikeByBothKernels() {
        float[] special = {Float.NaN, -0f, 0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 1, -1, Float.MIN_VALUE
        };
        for (int n : new int[] {0, 1, 15, 16, 17, 64, 100}) {
            float[] from = values(n + 3);
            float[] to = values(n + 5);
            for (int i = 0; i < n; i++) {
                from[i + 3] = i % 3 == 0 ? special[i / 3 % 8] : from[i + 3];
                to[i + 5] = i % 5 == 0 ? special[i / 5 % 8] : to[i + 5];
            }
            float[] sums = to.clone();
            float[] largest = to.clone();
            float[] plainSums = to.clone();
            float[] plainLargest = to.clone();
            Lines.get().add(n, from, 3, sums, 5);
            Lines.get().max(n, from, 3, largest, 5);
            new PlainLines().add(n, from, 3, plainSums, 5);
            new PlainLines().max(n, from, 3, plainLargest, 5);
            assertThat(sums).isEqualTo(plainSums);
            assertThat(largest).isEqualTo(plainLargest);
        }
    }

    @Test
    void manyLinesAreCopiedAndAddedAlikeByBothKernels() {
        for (int n : new int[] {1, 4, 7, 8, 16, 24, 35}) {
            int lines = 5;
            int pitch = n + 3;
            float[] apart = values(2 + lines * pitch);
            float[] together = values(1 + lines * n);
            float[] copied = together.clone();
            float[] added = apart.clone();
            for (int i = 0; i < lines * n; i++) {
                copied[1 + i] = apart[2 + i / n * pitch + i % n];
                added[2 + i / n * pitch + i % n] += together[1 + i];
            }
            for (Lines kernel : new Lines[] {Lines.get(), new PlainLines()}) {
                float[] to = together.clone();
                kernel.copy(lines, n, apart, 2, pitch, to, 1);
                assertThat(to).isEqualTo(copied);
                to = apart.clone();
                kernel.add(lines, n, together, 1, to, 2, pitch);
                assertThat(to).isEqualTo(added);
            }
        }
    }

    private int[] table(int n) {
        int[] table = new int[n];
        for (int i = 0; i < n; i++) {
            table[i] = (int) random.uniform(0, 1000);
        }
        return table;
    }

    private float[] values(int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = random.normal();
        }
        return values;
    }
}
