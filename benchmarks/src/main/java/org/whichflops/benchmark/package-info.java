/** What things cost, beside baselines that show the limit in the same run. */
@NullMarked
package org.whichflops.benchmark;

import org.jspecify.annotations.NullMarked;
