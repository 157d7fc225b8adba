/**
 * The builders' guide of the book Dive into Deep Learning, reproduced: what a reader of those chapters does in PyTorch,
 * done with this library, and what goes wrong with lazy modules there shown to be impossible here. The layers are
 * written as a user would. {@code D2L.md} beside this file says which test reproduces what.
 */
package io.sparknn.d2l;
