package io.sparknn.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Runs a function over tensors whose first axis is cut into blocks of rows, as a DataFrame's rows are: a pass over all
 * blocks ends at the first reduction over rows that is not known yet, the parts are merged in order, and it starts again.
 */
final class Blocks {
    /** Ends a pass over one block. */
    private static final class Unresolved extends Error {
        private final transient RowPart part;

        Unresolved(RowPart part) {
            super(part.signature(), null, false, false);
            this.part = part;
        }
    }

    /** What one block gives. */
    static final class Result {
        final float[] values;
        final Shape shape;
        final int rowAxis;

        private Result(Pass pass, Tensor tensor) {
            shape = pass.localShape(tensor);
            values = Arrays.copyOf(pass.values(tensor), tensor.localSize());
            rowAxis = pass.rowAxis(tensor);
        }
    }

    private final int[] sizes;
    private final List<RowPart> resolved = new ArrayList<>();

    /** Blocks of these sizes. */
    Blocks(int... sizes) {
        this.sizes = sizes.clone();
    }

    /** How many reductions over all rows the last run met. */
    int reductions() {
        return resolved.size();
    }

    /** The results of all blocks; inputs marked as rows are cut. */
    List<Result> run(Function<Tensor[], Tensor> function, Tensor[] inputs, boolean... rows) {
        resolved.clear();
        while (true) {
            List<Result> results = new ArrayList<>();
            RowPart merged = null;
            int from = 0;
            for (int size : sizes) {
                try {
                    results.add(runBlock(function, inputs, rows, from, size));
                } catch (Unresolved end) {
                    if (merged == null) {
                        merged = end.part;
                    } else {
                        merged.add(end.part);
                    }
                }
                from += size;
            }
            if (merged == null) {
                return results;
            }
            if (!results.isEmpty()) {
                throw new IllegalStateException("only some blocks met " + merged.signature());
            }
            resolved.add(merged);
        }
    }

    private Result runBlock(Function<Tensor[], Tensor> function, Tensor[] inputs, boolean[] rows, int from, int size) {
        int[] met = new int[1];
        try (Pass pass = Pass.scoring(part -> resolve(met[0]++, part))) {
            Tensor[] blocks = inputs.clone();
            for (int i = 0; i < inputs.length; i++) {
                if (rows[i]) {
                    blocks[i] = block(pass, inputs[i], from, size);
                }
            }
            return new Result(pass, function.apply(blocks));
        }
    }

    private RowPart resolve(int number, RowPart part) {
        if (number == resolved.size()) {
            throw new Unresolved(part);
        }
        RowPart all = resolved.get(number);
        if (!all.signature().equals(part.signature())) {
            throw new IllegalStateException(part.signature() + " in place of " + all.signature());
        }
        return all;
    }

    static Tensor block(Pass pass, Tensor x, int from, int size) {
        if (x.lengths() != null) {
            return ragged(pass, x, from, size, 0);
        }
        Shape shape = x.shape().with(0, size);
        int row = shape.dropFirst(1).size();
        return pass.block(Arrays.copyOfRange(x.toArray(), from * row, (from + size) * row), shape);
    }

    /** A block of rows of different length, with NaNs behind its values. */
    static Tensor ragged(Pass pass, Tensor x, int from, int size, int spare) {
        Lengths all = x.lengths();
        int[] offsets = new int[size + 1 + spare];
        for (int row = 0; row <= size; row++) {
            offsets[row] = all.offset(from + row) - all.offset(from);
        }
        int width = x.shape().dropFirst(2).size();
        int start = all.offset(from) * width;
        int length = offsets[size] * width;
        float[] values = Arrays.copyOf(Arrays.copyOfRange(x.toArray(), start, start + length), length + spare);
        Arrays.fill(values, length, length + spare, Float.NaN);
        return pass.block(values, offsets, x.shape().with(0, size));
    }

    /** The results of all blocks put together along their row axis; of one block if they carry no rows. */
    static Tensor join(List<Result> results) {
        int axis = results.get(0).rowAxis;
        Tensor[] parts = results.stream()
                .map(result -> Tensor.of(result.values, result.shape))
                .toArray(Tensor[]::new);
        if (axis == 0 && parts[0].lengths() != null) {
            int[] lengths = Arrays.stream(parts)
                    .map(Tensor::lengths)
                    .flatMapToInt(rows -> IntStream.range(0, rows.rows()).map(rows::length))
                    .toArray();
            return Tensor.ragged(
                    Tensor.cat(0, Arrays.stream(parts).map(Tensor::flat).toArray(Tensor[]::new)), lengths);
        }
        return axis < 0 ? parts[0] : Tensor.cat(axis, parts);
    }
}
