package io.sparknn.nn.check;

import io.sparknn.nn.Layer;
import io.sparknn.tensor.Pass;
import io.sparknn.tensor.RowPart;
import io.sparknn.tensor.Shape;
import io.sparknn.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Shape, mode and blocks of the forward pass. */
final class ForwardChecks {
    private static final int[] BLOCKS = {1, 3, 7};

    private ForwardChecks() {}

    static void run(Subject subject) {
        shape(subject);
        modes(subject);
        if (isRowWise(subject)) {
            for (int size : BLOCKS) {
                blocks(subject, size);
            }
            blocks(subject, subject.rows());
        }
    }

    private static void shape(Subject subject) {
        Layer layer = subject.layer();
        Shape declared = layer.outputShape(subject.shapes());
        Shape real = subject.output(layer).shape();
        if (!declared.equals(real)) {
            throw Subject.broken(layer, "to give the shape it declares, " + declared, real);
        }
        Shape[] open = Arrays.stream(subject.shapes())
                .map(shape -> shape.with(0, Shape.UNKNOWN))
                .toArray(Shape[]::new);
        Shape ofRows = layer.outputShape(open);
        if (!ofRows.equals(real.with(0, Shape.UNKNOWN))) {
            throw Subject.broken(
                    layer, "to declare " + real.with(0, Shape.UNKNOWN) + " for any number of rows", ofRows);
        }
        Shape built = layer.build(subject.shapes()).outputShape(subject.shapes());
        if (!built.equals(real)) {
            throw Subject.broken(layer, "to be ready: build(shape) returns it", built);
        }
    }

    private static void modes(Subject subject) {
        Layer layer = subject.layer();
        float[] first = subject.output(layer).toArray();
        Subject.requireEqual(
                "in two evaluations", layer, first, subject.output(layer).toArray());
        // Running statistics are meant to change what evaluation gives.
        Map<String, Tensor> buffers = new TreeMap<>();
        layer.buffers().forEach((path, buffer) -> buffers.put(path, buffer.value()));
        float[] trained = Subject.trained(layer, 1, subject.inputs(0));
        layer.buffers().forEach((path, buffer) -> buffer.set(buffers.get(path)));
        Subject.requireEqual("in training with one seed", layer, trained, Subject.trained(layer, 1, subject.inputs(0)));
        layer.buffers().forEach((path, buffer) -> buffer.set(buffers.get(path)));
        Subject.requireEqual(
                "in evaluation before and after training",
                layer,
                first,
                subject.output(layer).toArray());
    }

    private static boolean isRowWise(Subject subject) {
        Layer layer = subject.layer();
        try {
            block(layer, subject.inputs(0), 0, subject.rows());
            return true;
        } catch (Crossing crossing) {
            return false;
        }
    }

    private static void blocks(Subject subject, int size) {
        Layer layer = subject.layer();
        Tensor[] x = subject.inputs(0);
        Tensor whole = Subject.forward(layer, x);
        for (int from = 0; from < subject.rows(); from += size) {
            int to = Math.min(from + size, subject.rows());
            float[] expected = Subject.rows(whole, from, to);
            String what = "for rows " + from + " to " + (to - 1) + " by themselves";
            Subject.requireEqual(what, layer, expected, block(layer, x, from, to));
        }
    }

    /** The layer over some rows as executors run it. */
    private static float[] block(Layer layer, Tensor[] x, int from, int to) {
        try (Pass pass = Pass.scoring(ForwardChecks::refuse)) {
            Tensor[] rows = new Tensor[x.length];
            for (int i = 0; i < x.length; i++) {
                rows[i] = block(pass, x[i], from, to);
            }
            Tensor y = Subject.forward(layer, rows);
            if (pass.rowAxis(y) != 0 || pass.localShape(y).dim(0) != to - from) {
                throw Subject.broken(layer, "to give one row for each row", pass.localShape(y));
            }
            Shape shape = pass.localShape(y);
            int[] offsets = pass.offsets(y);
            int size = offsets == null
                    ? shape.size()
                    : offsets[to - from] * shape.dropFirst(2).size();
            return Arrays.copyOf(pass.values(y), size);
        }
    }

    private static Tensor block(Pass pass, Tensor x, int from, int to) {
        Shape shape = x.shape().with(0, to - from);
        float[] values = Subject.rows(x, from, to);
        if (!shape.isRagged()) {
            return pass.block(values, shape);
        }
        int[] all = Subject.offsets(x);
        int width = shape.dropFirst(2).size();
        int[] offsets = new int[to - from + 1];
        Arrays.setAll(offsets, row -> (all[from + row] - all[from]) / width);
        return pass.block(values, offsets, shape);
    }

    private static RowPart refuse(RowPart part) {
        throw new Crossing();
    }

    /** A reduction over the rows was met. An Error, which user code has no reason to catch. */
    private static final class Crossing extends Error {
        private static final long serialVersionUID = 1L;

        Crossing() {
            super("a reduction over rows", null, false, false);
        }
    }
}
