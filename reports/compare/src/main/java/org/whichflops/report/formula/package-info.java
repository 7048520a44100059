/**
 * Totals as polynomials in batch and sizes: found by exact interpolation, checked, and said with
 * where they hold.
 */
@NullMarked
package org.whichflops.report.formula;

import org.jspecify.annotations.NullMarked;
