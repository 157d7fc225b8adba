package io.sparknn.tensor;

/** Operations over sequences: (rows, length, width), or (rows, *, width) where rows differ in length. */
interface Sequences {
    /**
     * Rows of a table, one for each id of this tensor. The gradient is added to the rows looked up and to no others.
     *
     * @param table (ids, width)
     * @param paddingIdx the id whose row gets no gradient; -1 for none
     * @return this shape with the width behind it
     * @throws IllegalArgumentException if a value is no whole number from 0 to ids - 1
     */
    default Tensor embedding(Tensor table, int paddingIdx) {
        return new EmbeddingOp(paddingIdx).apply((Tensor) this, table);
    }

    /**
     * What each element of this sequence, as a query, finds in another one: the mean of the values, weighted by
     * {@code softmax(q · kᵀ / √width)} over the elements of its own row, in each head by itself.
     *
     * @param keys (rows, *, width), as many rows as here; of any lengths
     * @param values (rows, *, width), of the lengths of the keys
     * @param heads into how many parts the width falls
     * @return the shape of this tensor; 0 where a row has no keys
     * @throws IllegalArgumentException if the sizes do not fit, or the heads do not divide the width
     */
    default Tensor attention(Tensor keys, Tensor values, int heads) {
        return Attention.of((Tensor) this, keys, values, heads);
    }

    /**
     * This sequence with the place of each element in its row added to it, as sines and cosines of growing wave length:
     * {@code sin(t / 10000^(2i / width))} at the place 2i of an element, the cosine at 2i + 1.
     *
     * @return this shape
     * @throws IllegalArgumentException if this is no sequence of vectors
     */
    default Tensor addPositions() {
        return Positions.of((Tensor) this);
    }

    /**
     * A recurrent layer with tanh, in one direction.
     *
     * @param unroll which way, and whether every state is wanted or the last one
     * @param weights of elements (size, width), of the state (size, size), and a bias (size) for each, or none
     * @return (rows, *, size), or (rows, size) of the last states, which for a row without elements are 0
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor rnn(Unroll unroll, Tensor... weights) {
        return Recurrent.of((way, lengths) -> new RnnOp(false, way, lengths), unroll, (Tensor) this, weights);
    }

    /**
     * A recurrent layer with {@code max(x, 0)} in place of tanh, in one direction.
     *
     * @param unroll which way, and whether every state is wanted or the last one
     * @param weights of elements (size, width), of the state (size, size), and a bias (size) for each, or none
     * @return (rows, *, size), or (rows, size) of the last states, which for a row without elements are 0
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor rnnRelu(Unroll unroll, Tensor... weights) {
        return Recurrent.of((way, lengths) -> new RnnOp(true, way, lengths), unroll, (Tensor) this, weights);
    }

    /**
     * A layer of gated recurrent units, in one direction.
     *
     * @param unroll which way, and whether every state is wanted or the last one
     * @param weights of elements (3 · size, width), of the state (3 · size, size), and a bias (3 · size) for each, or
     *     none; gates in the order reset, update, new
     * @return (rows, *, size), or (rows, size) of the last states, which for a row without elements are 0
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor gru(Unroll unroll, Tensor... weights) {
        return Recurrent.of(GruOp::new, unroll, (Tensor) this, weights);
    }

    /**
     * A layer of long short-term memory, in one direction.
     *
     * @param unroll which way, and whether every state is wanted or the last one
     * @param weights of elements (4 · size, width), of the state (4 · size, size), and a bias (4 · size) for each, or
     *     none; gates in the order input, forget, cell, output
     * @return (rows, *, size), or (rows, size) of the last states, which for a row without elements are 0
     * @throws IllegalArgumentException if the sizes do not fit
     */
    default Tensor lstm(Unroll unroll, Tensor... weights) {
        return Recurrent.of(LstmOp::new, unroll, (Tensor) this, weights);
    }
}
