/**
 * What {@code examples/run Benchmarks} measures: a class for each row of the table, which says what is measured, against
 * what, and the target; peers in processes of their own; the table, the JSON and the chart.
 */
package io.sparknn.examples.benchmarks;
