/** What PyTorch's own FlopCounterMode prints. */
@NullMarked
package org.whichflops.convention.torchflopcounter;

import org.jspecify.annotations.NullMarked;
