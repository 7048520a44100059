/**
 * The whole comparison as a workbook, in which counts are formulas over the sizes of layers, and
 * the batch is a cell.
 */
@NullMarked
package org.whichflops.report.workbook;

import org.jspecify.annotations.NullMarked;
