/** What torchprofile returns. */
@NullMarked
package org.whichflops.convention.torchprofile;

import org.jspecify.annotations.NullMarked;
