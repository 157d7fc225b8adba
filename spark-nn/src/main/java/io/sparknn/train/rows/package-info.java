/**
 * Rows as training needs them: packed once into floats, numbered, dealt to workers, drawn into batches. The engine's own;
 * nothing here is meant for users.
 *
 * <p>{@code TrainingData} plans it on the driver. {@code Packing} turns the rows of a source partition into chunks of
 * words, which go through a shuffle to the worker that {@code Deal} says; {@code Receiving} makes the {@code WorkerRows}
 * of them that Spark keeps, on the heap or in a file. Their {@code RowSummary} goes to the driver and comes back as {@code
 * RowCounts} of all rows, by which every worker numbers its rows and {@code BatchOrder} draws batches.
 */
package io.sparknn.train.rows;
