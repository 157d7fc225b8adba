package io.sparknn.nn;

import io.sparknn.tensor.Shape;

/** Which connections of a unit an initialiser counts; for a weight of shape (d0, d1, k...). */
public enum Fan {
    /** The inputs of a unit: {@code d1 · Πk}. */
    IN,
    /** The outputs a unit feeds: {@code d0 · Πk}. */
    OUT;

    int of(Shape weight) {
        if (weight.rank() < 2) {
            throw new IllegalArgumentException(
                    "an initialiser that counts inputs and outputs expects a weight of rank 2 or" + " more, got shape "
                            + weight + "; use uniform, normal or constant");
        }
        int field = weight.dropFirst(2).size();
        return weight.dim(this == IN ? 1 : 0) * field;
    }
}
