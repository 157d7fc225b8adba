/** What {@code examples/run Benchmarks} measures; a class for each row, which prints a table. */
package io.sparknn.examples.benchmarks;
