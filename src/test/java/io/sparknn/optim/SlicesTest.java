package io.sparknn.optim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Workers step slices of their own: wherever those are cut, the weights get the bits of a step over the whole. */
@Tag("fast")
class SlicesTest {
    private static final Layout LAYOUT =
            new Layout(new String[] {"0.weight", "none", "0.bias", "2.weight", "2.bias"}, new int[] {37, 0, 5, 23, 2});

    @Property(tries = 60)
    void slicesGiveTheBitsOfTheWhole(@ForAll @Size(max = 6) List<@IntRange(max = 67) Integer> cuts, @ForAll int seed) {
        int[] places = IntStream.concat(
                        IntStream.of(0, LAYOUT.length()), cuts.stream().mapToInt(Integer::intValue))
                .sorted()
                .toArray();
        Optimizers.all().forEach((name, optimizer) -> {
            float[] whole = run(optimizer, seed, 0, LAYOUT.length());
            assertThat(run(optimizer, seed, places)).as(name).isEqualTo(whole);
        });
    }

    /** Weights after four steps, each made slice by slice. */
    private static float[] run(Optimizer optimizer, long seed, int... places) {
        Random random = new Random(seed);
        float[] weights = normal(random);
        float[][] state = optimizer.newState(weights.length);
        for (int step = 1; step <= 4; step++) {
            float[] gradients = normal(random);
            for (int i = 1; i < places.length; i++) {
                optimizer.update(weights, gradients, state, places[i - 1], places[i], LAYOUT, 0.05, step);
            }
        }
        return weights;
    }

    private static float[] normal(Random random) {
        float[] values = new float[LAYOUT.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
