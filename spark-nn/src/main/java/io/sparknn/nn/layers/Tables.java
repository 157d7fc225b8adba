package io.sparknn.nn.layers;

/** What tables of vectors by id have in common. */
final class Tables {
    /** From here on not every whole number is a float, as which ids are kept. */
    private static final int MAX_IDS = 1 << 24;

    private Tables() {}

    static void checkCount(String layer, String name, int count) {
        if (count > MAX_IDS) {
            throw new IllegalArgumentException(layer + " expects " + name + " of " + MAX_IDS + " at most, got " + count
                    + "; ids are kept as floats, which name no larger whole numbers");
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
