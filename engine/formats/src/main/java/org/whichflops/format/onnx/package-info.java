/**
 * ONNX files: the protobuf read field by field without the weights, and a network that replays the
 * graph's nodes as calls of the engine at any input the graph takes.
 *
 * <p>Source: the ONNX specification, {@code onnx/onnx.proto} (field numbers) and {@code
 * docs/Operators.md}, operator sets 7 to 22.
 */
@NullMarked
package org.whichflops.format.onnx;

import org.jspecify.annotations.NullMarked;
