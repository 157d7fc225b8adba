package io.sparknn.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparknn.tensor.Gradients;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Buffers that a layer updates while it is trained. */
@Tag("fast")
@SuppressWarnings("try")
final class BufferUpdateTest {
    /** Divides by a running scale that it moves half of the way to the mean of what comes. */
    private static final class Scaled extends Layer {
        private static final long serialVersionUID = 1L;

        private final Parameter scale = addBuffer("scale", Init.ones());

        @Override
        public Tensor forward(Tensor x) {
            if (training()) {
                Tensor next = update(scale, old -> old.mul(0.5).add(x.mean().mul(0.5)));
                assertThat(next.requiresGrad()).isFalse();
            }
            return x.mul(scale);
        }
    }

    private final Scaled layer = new Scaled();
    private final Tensor x = Tensor.of(2, 4).requiresGrad(true);

    private float scale() {
        return layer.parameter("scale").value().item();
    }

    @Test
    void takeEffectWhenThePassIsClosed() {
        try (Pass pass = Pass.training(1)) {
            Tensor y = layer.forward(x);
            assertThat(y.toArray()).containsExactly(2, 4);
            assertThat(scale()).isEqualTo(1);
            y.sum().backward();
        }
        // The gradient is that of the value which was used.
        assertThat(x.grad().toArray()).containsExactly(1, 1);
        assertThat(scale()).isEqualTo(2);
        assertThat(layer.forward(x).toArray()).containsExactly(4, 8);
    }

    @Test
    void followEachOtherWithinAPass() {
        try (Pass pass = Pass.training(1)) {
            layer.forward(x);
            layer.forward(x);
            assertThat(pass.bufferUpdates().get(layer.parameter("scale"))).containsExactly(2.5f);
        }
        assertThat(scale()).isEqualTo(2.5f);
    }

    @Test
    void areCollectedByAStepForWhoeverRunsIt() {
        Pass step = Pass.step(1, 1, 2, new long[] {0, 1}, part -> part, new Gradients(List.of()));
        try (step) {
            layer.forward(step.block(new float[] {2, 4}, Shape.of(2)));
        }
        assertThat(scale()).isEqualTo(1);
        assertThat(step.bufferUpdates()).hasSize(1);
        assertThat(step.bufferUpdates().get(layer.parameter("scale"))).containsExactly(2);
    }

    @Test
    void areNotMadeInEvaluationOrByShapes() {
        layer.outputShape(Shape.of(Shape.UNKNOWN));
        layer.forward(x);
        try (Pass pass = Pass.recording()) {
            layer.forward(x);
        }
        assertThat(scale()).isEqualTo(1);
    }

    @Test
    void outsideTrainingAreRefused() {
        assertThatThrownBy(() -> layer.update(layer.parameter("scale"), old -> old))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an update of a buffer of shape () expects a training pass, got another one or none; update"
                        + " while training() is true");
    }

    @Test
    void ofParametersAndOtherTensorsAreRefused() {
        Layer other = new CustomLayers.MyLinear(2, 2);
        try (Pass pass = Pass.training(1)) {
            assertThatThrownBy(() -> other.update(other.parameter("bias"), old -> old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("an update expects a buffer, got parameter bias of " + other.who()
                            + "; parameters change by their gradients, register what shall not with addBuffer");
            assertThatThrownBy(() -> Pass.update(x, old -> old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "an update expects a buffer of a layer, got another tensor of shape (2); register it with"
                                    + " addBuffer");
        }
    }

    @Test
    void toAnotherShapeOrToRowsAreRefused() {
        Parameter scale = layer.parameter("scale");
        try (Pass pass = Pass.training(1)) {
            assertThatThrownBy(() -> layer.update(scale, old -> x))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("an update of a buffer expects values of shape (), got (2); reduce over the rows with"
                            + " mean(0) or the like");
        }
        assertThat(scale()).isEqualTo(1);
    }
}
