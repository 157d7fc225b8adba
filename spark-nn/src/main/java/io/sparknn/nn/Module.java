package io.sparknn.nn;

import io.sparknn.tensor.Shape;

/**
 * What a network is made of: a {@link Layer}, which is ready, or a {@link LazyLayer}, which knows what to build and
 * waits for its input's shape.
 *
 * <p>Shapes include the rows as their first size, which may be {@link Shape#UNKNOWN}. Users extend Layer or LazyLayer,
 * never this interface.
 */
public interface Module {
    /**
     * Identifies this module in errors, Params and saved files.
     *
     * @return the uid that Spark knows it by
     */
    String uid();

    /**
     * The shape of the output for an input of a shape, found without data.
     *
     * @param input the input's shape; unknown sizes are allowed where the output does not depend on them
     * @return the output's shape
     * @throws IllegalArgumentException if this module cannot take such input
     */
    Shape outputShape(Shape input);

    /**
     * The shape of the output for several inputs.
     *
     * @param inputs the shape of each input
     * @return the output's shape
     * @throws IllegalArgumentException if this module cannot take such inputs
     */
    Shape outputShape(Shape... inputs);

    /**
     * The ready layer for an input of a shape. A ready layer checks the shape and returns itself; a lazy one builds a new
     * layer each time and stays as it was.
     *
     * @param input the input's shape
     * @return a ready layer
     * @throws IllegalArgumentException if this module cannot take such input; nothing has changed then
     */
    Layer build(Shape input);

    /**
     * The ready layer for several inputs.
     *
     * @param inputs the shape of each input
     * @return a ready layer
     * @throws IllegalArgumentException if this module cannot take such inputs; nothing has changed then
     */
    Layer build(Shape... inputs);

    /**
     * How a column that feeds this module is to be read: as plain numbers, unless overridden.
     *
     * @param input the place of the column among those that feed this module
     * @param count how many columns feed it
     * @return the way of reading
     */
    default Reading reading(int input, int count) {
        return Reading.numbers();
    }

    /**
     * Layers, shapes and parameter counts as a table; {@code ?} for what is not known yet.
     *
     * @return several lines of text
     */
    String summary();

    /**
     * Saves the parameters and buffers alone, in the safetensors format under PyTorch's names. A lazy module has none,
     * and says so in the file.
     *
     * @param path a file on any file system Hadoop knows; replaced if it exists
     */
    void saveWeights(String path);

    /**
     * Loads what {@link #saveWeights} or PyTorch wrote. A ready layer takes the values and returns itself. A lazy module
     * is built with the sizes of the file, checked against those it declares; from a file of a lazy module it stays lazy.
     *
     * @param path a file on any file system Hadoop knows; weights that are spread over several are named by their index
     *     ({@code model.safetensors.index.json}) or by the directory they are in
     * @return the module with these weights
     * @throws IllegalArgumentException if names or sizes differ; nothing has changed then
     */
    default Module loadWeights(String path) {
        return loadWeights(path, "");
    }

    /**
     * Loads the part of a file whose names start with a prefix. Of several files with an index, only those are read that
     * hold such names.
     *
     * @param path a file, an index or a directory on any file system Hadoop knows
     * @param prefix dropped from the names, such as {@code encoder.}; other names are ignored
     * @return the module with these weights
     * @throws IllegalArgumentException if names or sizes differ; nothing has changed then
     */
    Module loadWeights(String path, String prefix);
}
