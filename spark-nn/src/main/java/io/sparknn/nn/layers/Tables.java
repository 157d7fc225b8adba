package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;

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
}
