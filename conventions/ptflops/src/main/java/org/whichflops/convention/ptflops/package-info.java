/** What ptflops (flops-counter.pytorch) prints. */
@NullMarked
package org.whichflops.convention.ptflops;

import org.jspecify.annotations.NullMarked;
