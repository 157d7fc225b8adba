package io.sparknn.tensor;

import java.util.Arrays;

/** A 1 at the place each element names, 0 elsewhere, along a new last axis; rows stay where they are. */
final class OneHot extends Operation {
    private final int classes;

    OneHot(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("oneHot expects at least one class, got " + classes);
        }
        this.classes = classes;
    }

    @Override
    void describe(Note note) {
        note.integer("classes", classes);
    }

    @Override
    String name() {
        return "oneHot";
    }

    @Override
    Shape shape(Tensor... in) {
        int[] dims = in[0].localShape().local();
        int[] wider = Arrays.copyOf(dims, dims.length + 1);
        wider[dims.length] = classes;
        return Shape.of(wider);
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    int rowAxis(Tensor... in) {
        return in[0].rowAxis();
    }

    @Override
    boolean isDifferentiable() {
        return false;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        int[] places = Indices.of(name() + "(" + classes + ") of " + shapes(in), in[0], classes);
        Arrays.fill(y, 0, places.length * classes, 0f);
        for (int i = 0; i < places.length; i++) {
            y[i * classes + places[i]] = 1f;
        }
    }
}
