package io.sparknn.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a step of the digits network allocates once the pool is filled: far less than its tensors take.
 *
 * <p>In a JVM of its own: what the compiler makes of the vector kernels depends on all that ran before, and here that is
 * every other test of them.
 */
@Tag("fast")
final class StepMemoryTest {
    @Test
    void stepsUseTheirBuffersAgain() {
        String printed = ChildJvm.run(Steps.class, List.of("-Xmx1g"));
        assertThat(Long.parseLong(printed.trim())).isBetween(1L, Steps.BYTES_PER_STEP);
    }

    /** The steps, and what they take. */
    @SuppressWarnings("try")
    public static final class Steps {
        private static final int ROWS = 128;
        static final long BYTES_PER_STEP = 16 << 10;
        private static final int STEPS = 100;
        private static final int ROUNDS = 100;

        private final Tensor[] parameters = {
            Numbers.normal(1, 128, 784).mul(0.03),
            Numbers.normal(2, 128),
            Numbers.normal(3, 10, 128),
            Numbers.normal(4, 10)
        };
        private final float[] x = Numbers.normal(5, ROWS, 784).toArray();
        private final float[] labels = new float[ROWS];
        private final float[] weights = Tensor.ones(ROWS).toArray();
        private final long[] numbers = LongStream.range(0, ROWS).toArray();

        /** Prints how many bytes a step takes. */
        public static void main(String[] arguments) {
            new Steps().measure();
        }

        private void measure() {
            for (Tensor parameter : parameters) {
                parameter.requiresGrad(true);
            }
            Gradients gradients = new Gradients(List.of(parameters));
            com.sun.management.ThreadMXBean threads =
                    (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            long allocated = Long.MAX_VALUE;
            // until the vector kernels are compiled, they put their vectors on the heap
            for (int round = 0; round < ROUNDS && allocated > BYTES_PER_STEP; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                run(gradients, round * STEPS, (round + 1) * STEPS);
                allocated = (threads.getCurrentThreadAllocatedBytes() - before) / STEPS;
            }
            System.out.println(allocated);
        }

        private void run(Gradients gradients, int from, int to) {
            for (int step = from; step < to; step++) {
                gradients.clear();
                // the last batch is smaller now and then
                int rows = step % 10 == 9 ? 64 : ROWS;
                long[] ofRows = LongStream.of(numbers).limit(rows).toArray();
                try (Pass pass = Pass.step(1, step, rows, ofRows, part -> part, gradients)) {
                    Tensor hidden = pass.block(x, Shape.of(rows, 784))
                            .linear(parameters[0], parameters[1])
                            .relu();
                    Tensor kept = Pass.random("dropout", hidden.shape(), false).ge(0.2);
                    Tensor output = hidden.mul(kept).mul(1.25).linear(parameters[2], parameters[3]);
                    pass.backward(output.crossEntropy(pass.block(labels, Shape.of(rows)), null, 0), weights);
                }
            }
        }
    }
}
