package io.sparknn.tensor;

import java.util.Arrays;

/** Tensors one after the other along an axis; each gets its part of the gradient. Within rows only. */
final class Cat extends Operation {
    private final int axis;
    private Shape shape;
    private Lanes lanes;

    Cat(int axis) {
        this.axis = axis;
    }

    static Tensor cat(int axis, Tensor... parts) {
        require("cat", parts);
        return new Cat(parts[0].axisOfValues("cat", axis)).apply(parts);
    }

    static Tensor stack(int axis, Tensor... parts) {
        require("stack", parts);
        for (Tensor part : parts) {
            if (!part.localShape().equals(parts[0].localShape())) {
                throw new IllegalArgumentException("stack of " + shapes(parts) + " expects equal shapes");
            }
        }
        Tensor[] widened =
                Arrays.stream(parts).map(part -> part.unsqueeze(axis)).toArray(Tensor[]::new);
        return cat(axis, widened);
    }

    private static void require(String name, Tensor... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException(name + " expects at least one tensor, got none");
        }
    }

    @Override
    void describe(Note note) {
        note.integer("axis", axis);
    }

    @Override
    String name() {
        return "cat";
    }

    @Override
    Shape shape(Tensor... in) {
        Shape first = in[0].localShape();
        int size = 0;
        for (Tensor part : in) {
            Shape own = part.localShape();
            if (own.rank() != first.rank() || !own.with(axis, 0).equals(first.with(axis, 0))) {
                throw new IllegalArgumentException(
                        "cat of " + shapes(in) + " along axis " + axis + " expects equal sizes on all other axes");
            }
            size += own.dim(axis);
        }
        shape = first.with(axis, size);
        return shape;
    }

    @Override
    Tensor[] values(Lengths lengths, Tensor... in) {
        return allFlat(in);
    }

    @Override
    int rowAxis(Tensor... in) {
        int rows = in[0].rowAxis();
        for (Tensor part : in) {
            if (part.rowAxis() != rows || rows == axis) {
                throw mixesRows(in);
            }
        }
        return rows;
    }

    @Override
    void forward(Tensor[] in, float[] y) {
        if (lanes == null) { // a plan runs over and over
            lanes = new Lanes(shape, axis);
        }
        Lanes all = lanes;
        int to = 0;
        for (Tensor part : in) {
            int run = part.localShape().dim(axis) * all.inner;
            for (int o = 0; o < all.outer; o++) {
                System.arraycopy(part.values(), o * run, y, to + o * all.size * all.inner, run);
            }
            to += run;
        }
    }

    @Override
    void backward(Tensor[] in, float[] y, float[] gy, float[][] gradients) {
        Lanes all = new Lanes(shape, axis);
        int from = 0;
        for (int part = 0; part < in.length; part++) {
            int run = in[part].localShape().dim(axis) * all.inner;
            for (int o = 0; gradients[part] != null && o < all.outer; o++) {
                for (int i = 0; i < run; i++) {
                    gradients[part][o * run + i] += gy[from + o * all.size * all.inner + i];
                }
            }
            from += run;
        }
    }
}
