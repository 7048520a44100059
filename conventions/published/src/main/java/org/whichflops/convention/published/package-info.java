/** The counts behind well-known published tables. */
@NullMarked
package org.whichflops.convention.published;

import org.jspecify.annotations.NullMarked;
