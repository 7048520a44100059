/**
 * One table model and its writers: rows pass through one at a time, whatever the format. A format
 * is one class that implements {@link org.whichflops.report.table.TableWriter}.
 */
@NullMarked
package org.whichflops.report.table;

import org.jspecify.annotations.NullMarked;
