/**
 * Networks, inputs and conventions put side by side: sweeps, and tables of layers.
 *
 * <p>A sweep runs each network once an input and mode, and has every convention count that run.
 */
@NullMarked
package org.whichflops.report.compare;

import org.jspecify.annotations.NullMarked;
