/**
 * Sizes of tensors, and the arithmetic by which operators make new ones out of old.
 *
 * <p>Everything here is a function of whole numbers; tensors and networks come later.
 */
@NullMarked
package org.whichflops.engine.shape;

import org.jspecify.annotations.NullMarked;
