/**
 * Networks to and from ONNX, the format that other runtimes read and other frameworks write; with a protobuf reader and
 * writer of its own, so that nothing else is needed.
 *
 * <p>Export writes the recording of a network's operations, opset 17, and so takes custom layers as well; each family of
 * operations is one file. Import makes a Sequential of a chain of known layers, and of other graphs one layer that runs
 * their nodes. Files are hostile until read: sizes are checked before memory is taken.
 */
package io.sparknn.onnx;
