/** Multiplications and additions of convolutions, linear layers and matrix products, exactly. */
@NullMarked
package org.whichflops.convention.exact;

import org.jspecify.annotations.NullMarked;
