package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparknn.nn.layers.Linear;
import io.sparknn.nn.layers.Relu;
import io.sparknn.tensor.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class DryRunTest {
    @Test
    void seesTheWidestTensorOnTheWayByWhichBlocksOfRowsAreCut() {
        Layer bulge = new Sequential(new Linear(2, 100_000), new Relu(), new Linear(100_000, 3));
        DryRun dryRun = DryRun.of(bulge, Shape.of(Shape.UNKNOWN, 2));
        assertThat(dryRun.output()).isEqualTo(Shape.of(Shape.UNKNOWN, 3));
        assertThat(dryRun.widestRow()).isEqualTo(100_000);
    }
}
