/** Multiply-accumulates, once and twice: what most papers print. */
@NullMarked
package org.whichflops.convention.mac;

import org.jspecify.annotations.NullMarked;
