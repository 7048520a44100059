/**
 * Our own description of a network: modules and a forward as Python writes them, in JSON. Written
 * by hand, or by {@code convert} from any network that can be run.
 */
@NullMarked
package org.whichflops.format.description;

import org.jspecify.annotations.NullMarked;
