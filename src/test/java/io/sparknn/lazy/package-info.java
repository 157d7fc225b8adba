/** PyTorch's own tests of lazy modules, test by test. */
package io.sparknn.lazy;
