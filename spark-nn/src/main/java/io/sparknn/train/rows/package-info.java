/**
 * Rows as training needs them: packed once into floats, numbered, dealt to workers, drawn into batches. The engine's own;
 * nothing here is meant for users.
 */
package io.sparknn.train.rows;
