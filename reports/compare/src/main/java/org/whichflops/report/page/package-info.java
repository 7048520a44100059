/**
 * The whole comparison as one page of HTML that loads nothing: charts, a table of layers, and the
 * rules that were counted by.
 *
 * <p>What is read without a script is written here; what is drawn and sorted is data in the page,
 * and scripts beside this package's resources.
 */
@NullMarked
package org.whichflops.report.page;

import org.jspecify.annotations.NullMarked;
