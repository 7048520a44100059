/** What torchstat and the other pytorch_model_summary print. */
@NullMarked
package org.whichflops.convention.torchstat;

import org.jspecify.annotations.NullMarked;
