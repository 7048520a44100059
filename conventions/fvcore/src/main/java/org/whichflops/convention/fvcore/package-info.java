/** What fvcore and mmengine print. */
@NullMarked
package org.whichflops.convention.fvcore;

import org.jspecify.annotations.NullMarked;
