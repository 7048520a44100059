/** Every elementary operation that the engine knows. */
@NullMarked
package org.whichflops.convention.arithmetic;

import org.jspecify.annotations.NullMarked;
