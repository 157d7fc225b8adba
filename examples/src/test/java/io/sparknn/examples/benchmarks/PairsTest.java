package io.sparknn.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class PairsTest {
    private static final double[] OURS = {1, 2, 4, 1};
    private static final double[] THEIRS = {10, 30, 20, 50};

    @Test
    void ratiosAreThoseOfPairsAndNotOfMedians() {
        Spread speed = new Pairs(OURS, THEIRS).values(Target.speed(2));
        assertThat(speed).isEqualTo(new Spread(12.5, 5, 50)); // of 5, 10, 15, 50
        Spread time = new Pairs(OURS, THEIRS).values(Target.time(1));
        assertThat(time.median()).isCloseTo((0.1 + 1 / 15.0) / 2, within(1e-12));
        assertThat(new Pairs(OURS, THEIRS).values(Target.secondsMore(1))).isEqualTo(new Spread(-22, -49, -9));
    }

    @Test
    void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
        assertThatThrownBy(Spread::of).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void contendersTakeTurnsAndWarmUpsDoNotCount() throws IOException {
        List<String> turns = new ArrayList<>();
        Pairs pairs = Pairs.inTurns(1, 4, 100, () -> turn(turns, "ours"), () -> turn(turns, "theirs"));
        assertThat(turns)
                .containsExactly(
                        "ours", "theirs", "ours", "theirs", "ours", "theirs", "ours", "theirs", "ours", "theirs");
        assertThat(pairs.ours()).containsExactly(3, 5, 7, 9);
        assertThat(pairs.theirs()).containsExactly(4, 6, 8, 10);
    }

    @Test
    void whenTheTimeIsUpThreeRoundsAreLeft() throws IOException {
        assertThat(Pairs.inTurns(0, 9, 0, () -> 1, () -> 2).ours()).hasSize(3);
        assertThat(Pairs.inTurns(0, 2, 0, () -> 1, () -> 2).ours()).hasSize(2);
    }

    @Test
    void aTargetIsMetAtItsBound() {
        assertThat(Target.speed(2).isMet(2)).isTrue();
        assertThat(Target.speed(2).isMet(1.99)).isFalse();
        assertThat(Target.time(1.5).isMet(1.5)).isTrue();
        assertThat(Target.time(1.5).isMet(1.51)).isFalse();
        assertThat(Target.secondsMore(1).isMet(-3)).isTrue();
        assertThat(Target.secondsMore(1).isMet(1.1)).isFalse();
    }

    @Test
    void theShareOfATargetIsAboveOneWhereItIsMet() {
        assertThat(Target.speed(2).share(3)).isEqualTo(1.5);
        assertThat(Target.time(1.5).share(3)).isEqualTo(0.5);
        assertThat(Target.secondsMore(1).share(0.25)).isEqualTo(4);
        assertThat(Target.secondsMore(1).share(-1)).isEqualTo(1000);
    }

    private static double turn(List<String> turns, String who) {
        turns.add(who);
        return turns.size();
    }
}
