/** JSON from hostile hands: every value knows its place, and sizes are bounded. */
@NullMarked
package org.whichflops.format.json;

import org.jspecify.annotations.NullMarked;
