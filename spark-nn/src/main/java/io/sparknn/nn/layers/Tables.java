package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;
import io.sparknn.tensor.Shape;
import java.util.Map;

/** What tables of vectors by id have in common. */
final class Tables {
    private Tables() {}

    static void check(String layer, int numEmbeddings, int embeddingDim, int paddingIdx) {
        Sizes.positive(layer, "numEmbeddings", numEmbeddings);
        Sizes.positive(layer, "embeddingDim", embeddingDim);
        Reading.ids(numEmbeddings);
        if (paddingIdx < Embedding.NO_PADDING || paddingIdx >= numEmbeddings) {
            throw new IllegalArgumentException(layer + " expects a paddingIdx from 0 to " + (numEmbeddings - 1)
                    + ", or Embedding.NO_PADDING, got " + paddingIdx + "; give it an id of the table");
        }
    }

    /** How many ids a lazy table is built for: what it was told, else what the input tells. */
    static int numEmbeddings(String who, int told, Shape input) {
        int count = told == Shape.UNKNOWN ? input.ids() : told;
        if (count == Shape.UNKNOWN) {
            throw new IllegalArgumentException(who + " expects to know how many ids there are, got an input of shape "
                    + input + " that does not tell; call setNumEmbeddings, fit it on a column of ids, or build it with"
                    + " shape.withIds(n)");
        }
        return count;
    }

    /** Sequences of ids for a table of given weights. */
    static Shape ids(String who, Map<String, Shape> weights) {
        Shape weight = weights.get("weight");
        if (weight == null || weight.rank() != 2) {
            throw new IllegalArgumentException(who + " expects a weight of rank 2, got the weights " + weights);
        }
        return Shape.of(Shape.UNKNOWN, Shape.RAGGED).withIds(weight.dim(0));
    }
}
