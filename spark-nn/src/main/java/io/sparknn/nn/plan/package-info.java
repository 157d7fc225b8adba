/**
 * Scoring as an operator of Spark's own query plans: it reads and writes rows as Spark stores them, and keeps what the
 * optimizer knows of the columns that pass.
 *
 * <p>What is computed of the rows, a {@link io.sparknn.nn.plan.RowTask} says. One set of class files serves Scala 2.12 and
 * 2.13: methods return Scala lists, of which each line finds the method it calls among javac's bridges, and what returns
 * or takes other collections is called by {@link io.sparknn.nn.plan.SparkLine} by name.
 */
package io.sparknn.nn.plan;
