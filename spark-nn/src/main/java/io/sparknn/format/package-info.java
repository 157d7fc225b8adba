/**
 * Weights files in the safetensors layout, the small strict JSON they need, and recordings in it; knows nothing of Spark
 * or layers.
 *
 * <p>Files come from anywhere, so both readers treat what they read as hostile: it is checked before memory is taken
 * for it, and whatever is wrong is refused as a {@link io.sparknn.format.FormatException} with its own reason.
 */
package io.sparknn.format;
