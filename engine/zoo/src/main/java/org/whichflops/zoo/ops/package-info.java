/** Modules of {@code torchvision.ops}, which its models are made of. */
@NullMarked
package org.whichflops.zoo.ops;

import org.jspecify.annotations.NullMarked;
