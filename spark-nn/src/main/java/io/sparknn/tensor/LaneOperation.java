package io.sparknn.tensor;

/** What is computed for each lane along one axis, of whatever width. */
abstract class LaneOperation extends Operation {
    private final int axis;
    private Lanes lanes;

    LaneOperation(int axis) {
        this.axis = axis;
    }

    final Lanes lanes() {
        return lanes;
    }

    @Override
    final void describe(Note note) {
        note.integer("axis", axis);
    }

    @Override
    final Shape shape(Tensor... in) {
        lanes = new Lanes(in[0].localShape(), axis);
        return in[0].localShape();
    }

    @Override
    final Tensor[] values(Lengths lengths, Tensor... in) {
        return flat(in);
    }

    @Override
    final int rowAxis(Tensor... in) {
        return in[0].rowAxis();
    }
}
