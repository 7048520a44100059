/** What thop (pytorch-OpCounter) prints. */
@NullMarked
package org.whichflops.convention.thop;

import org.jspecify.annotations.NullMarked;
