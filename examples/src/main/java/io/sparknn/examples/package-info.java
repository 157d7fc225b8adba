/** Programs that show spark-nn at work, run by {@code examples/run NAME}, and the layers of their own that they use. */
package io.sparknn.examples;
