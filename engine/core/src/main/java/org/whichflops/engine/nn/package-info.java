/**
 * Modules: what PyTorch calls {@code torch.nn}, with its names, parameters and call forms.
 *
 * <p>A {@link org.whichflops.engine.nn.Module} has an exact type, children, parameters and a
 * forward; a {@link org.whichflops.engine.nn.Network} is a root module with the input it is made
 * for.
 */
@NullMarked
package org.whichflops.engine.nn;

import org.jspecify.annotations.NullMarked;
