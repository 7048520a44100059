/** What torchinfo prints. */
@NullMarked
package org.whichflops.convention.torchinfo;

import org.jspecify.annotations.NullMarked;
