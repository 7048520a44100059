/**
 * Why two counts differ: ledgers of named causes that add up to the difference, to the last unit.
 */
@NullMarked
package org.whichflops.report.explain;

import org.jspecify.annotations.NullMarked;
