package io.sparknn.nn.layers;

import io.sparknn.nn.Init;
import io.sparknn.tensor.RandomStream;
import io.sparknn.tensor.Shape;
import java.util.Arrays;

/** Standard normal, but for the row of padding, which is 0. */
final class PaddedNormal extends Init {
    private final int paddingIdx;

    PaddedNormal(int paddingIdx) {
        super(paddingIdx);
        this.paddingIdx = paddingIdx;
    }

    @Override
    public void fill(float[] values, Shape shape, RandomStream random) {
        Init.normal().fill(values, shape, random);
        int width = shape.dim(1);
        Arrays.fill(values, paddingIdx * width, (paddingIdx + 1) * width, 0f);
    }
}
