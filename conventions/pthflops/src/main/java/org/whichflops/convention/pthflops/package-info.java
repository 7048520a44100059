/** What pthflops prints. */
@NullMarked
package org.whichflops.convention.pthflops;

import org.jspecify.annotations.NullMarked;
