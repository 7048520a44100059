/** What a number somebody printed is: which model, input and convention give it. */
@NullMarked
package org.whichflops.report.identify;

import org.jspecify.annotations.NullMarked;
