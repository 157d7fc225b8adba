/** The conformance kit: what every layer must hold, as a check that users run on layers of their own. */
package io.sparknn.nn.check;
