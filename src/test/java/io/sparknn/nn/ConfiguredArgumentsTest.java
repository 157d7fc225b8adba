package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.SharedSpark;
import io.sparknn.optim.Schedule;
import io.sparknn.optim.SequentialLr;
import io.sparknn.optim.StepLr;
import io.sparknn.tensor.Configured;
import io.sparknn.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.param.ParamMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses, optimisers and the like as constructor arguments of layers, and in JSON. */
final class ConfiguredArgumentsTest {
    @TempDir
    private Path directory;

    /** A layer that is made from a schedule. */
    static final class Scaled extends Layer {
        private static final long serialVersionUID = 1L;

        private final Schedule schedule;

        Scaled(Schedule schedule) {
            super(schedule);
            this.schedule = schedule;
        }

        @Override
        public Tensor forward(Tensor x) {
            return x.mul(schedule.rate(1, 4, new double[4]));
        }
    }

    /** Holds something that is no value. */
    static final class Holding extends Schedule {
        private static final long serialVersionUID = 1L;

        Holding(Runnable action) {
            super(action);
        }

        @Override
        public double rate(double base, int epoch, double... losses) {
            return base;
        }
    }

    private static ConfiguredParam<Configured> param() {
        return new ConfiguredParam<>("parent", "value", "doc", Configured.class);
    }

    @Test
    void aLayerIsCopiedAndSavedWithTheScheduleItIsMadeFrom() throws IOException {
        SharedSpark.session();
        Scaled layer = new Scaled(new SequentialLr(new StepLr(1, 0.5), 3, new StepLr(1, 0.25)));
        String path = directory.resolve("layer").toString();
        layer.save(path);
        float[] expected = layer.forward(Tensor.of(8)).toArray();
        assertThat(Layer.load(path).forward(Tensor.of(8)).toArray()).containsExactly(expected);
        assertThat(layer.copy(ParamMap.empty()).forward(Tensor.of(8)).toArray()).containsExactly(expected);
        assertThat(layer.copy(ParamMap.empty()).recipe()).isEqualTo(layer.recipe());
    }

    @Test
    void whatCannotBeMadeAgainIsRefusedByItsName() {
        assertThatThrownBy(() -> param().jsonEncode(new Holding(() -> {})))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ConfiguredArgumentsTest$$Lambda");
        Schedule anonymous = new Schedule() {
            private static final long serialVersionUID = 1L;

            @Override
            public double rate(double base, int epoch, double... losses) {
                return base;
            }
        };
        assertThatThrownBy(() -> new Scaled(anonymous))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(anonymous.getClass().getName());
    }

    @Test
    void onlyConfiguredObjectsAreMadeFromJson() {
        String thread = "{\"configured\":{\"class\":\"java.lang.Thread\",\"arguments\":[]}}";
        assertThatThrownBy(() -> param().jsonDecode(thread))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extends Configured, got java.lang.Thread");
        String gone = "{\"configured\":{\"class\":\"no.such.Schedule\",\"arguments\":[]}}";
        assertThatThrownBy(() -> param().jsonDecode(gone))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no.such.Schedule");
        ConfiguredParam<Schedule> schedule = new ConfiguredParam<>("p", "schedule", "doc", Schedule.class);
        assertThatThrownBy(() -> schedule.jsonDecode("{\"int\":3}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schedule expects JSON of a Schedule");
        assertThatThrownBy(() -> schedule.jsonDecode("{"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schedule expects JSON of a Schedule");
    }
}
