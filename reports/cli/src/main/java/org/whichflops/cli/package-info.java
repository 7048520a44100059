/** The command line: what {@code ./whichflops} starts. */
@NullMarked
package org.whichflops.cli;

import org.jspecify.annotations.NullMarked;
