/**
 * Tensors without data, the functions and operators over them, and the forward pass that writes
 * down every call.
 *
 * <p>Calls are recorded at three nested heights: module &gt; function &gt; operator. Arithmetic
 * belongs to operators alone, so nothing is counted twice. Functions keep PyTorch's call forms
 * apart ({@code F.relu}, {@code torch.relu}, {@code Tensor.relu_}, {@code x + y}), since tools do.
 *
 * <p>A network that looks at no size runs once: at other inputs the record is repeated ({@link
 * org.whichflops.engine.tensor.ForwardPass#repeat}), each tensor by the rule of the function that
 * made it (Origin). For many inputs the rules are applied to symbols instead of numbers (Symbols),
 * and what formulas come to over all calls is a polynomial in a few of them (PassSum).
 */
@NullMarked
package org.whichflops.engine.tensor;

import org.jspecify.annotations.NullMarked;
