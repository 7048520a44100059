/** Holds the networks against the results that were recorded of them. */
@NullMarked
package org.whichflops.golden;

import org.jspecify.annotations.NullMarked;
