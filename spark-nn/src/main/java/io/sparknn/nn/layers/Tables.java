package io.sparknn.nn.layers;

import io.sparknn.nn.Reading;

/** What tables of vectors by id have in common. */
final class Tables {
    private Tables() {}

    static void checkCount(String layer, String name, int count) {
        if (count > Reading.MAX_IDS) {
            throw new IllegalArgumentException(layer + " expects " + name + " of " + Reading.MAX_IDS + " at most, got "
                    + count + "; ids are kept as floats, which name no larger whole numbers");
        }
        Sizes.positive(layer, name, count);
    }

    static void checkPadding(String layer, int paddingIdx) {
        if (paddingIdx < Embedding.NO_PADDING) {
            throw new IllegalArgumentException(
                    layer + " expects a paddingIdx of 0 or more, or Embedding.NO_PADDING, got " + paddingIdx
                            + "; give it an id of the table");
        }
    }

    static void check(String layer, int numEmbeddings, int embeddingDim, int paddingIdx) {
        checkCount(layer, "numEmbeddings", numEmbeddings);
        Sizes.positive(layer, "embeddingDim", embeddingDim);
        if (paddingIdx < Embedding.NO_PADDING || paddingIdx >= numEmbeddings) {
            throw new IllegalArgumentException(layer + " expects a paddingIdx from 0 to " + (numEmbeddings - 1)
                    + ", or Embedding.NO_PADDING, got " + paddingIdx + "; give it an id of the table");
        }
    }
}
