/**
 * Tensors without data, the functions and operators over them, and the forward pass that writes
 * down every call.
 *
 * <p>Calls are recorded at three nested heights: module &gt; function &gt; operator. Arithmetic
 * belongs to operators alone, so nothing is counted twice. Functions keep PyTorch's call forms
 * apart ({@code F.relu}, {@code torch.relu}, {@code Tensor.relu_}, {@code x + y}), since tools do.
 */
@NullMarked
package org.whichflops.engine.tensor;

import org.jspecify.annotations.NullMarked;
