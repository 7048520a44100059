/** Published architectures by name: {@code resnet50}, {@code mobilenet_v2(width_mult=0.75)}. */
@NullMarked
package org.whichflops.zoo;

import org.jspecify.annotations.NullMarked;
