/** What papers and model zoos print, beside what comes out here. */
@NullMarked
package org.whichflops.report.papers;

import org.jspecify.annotations.NullMarked;
