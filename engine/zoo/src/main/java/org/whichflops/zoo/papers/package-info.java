/**
 * Networks that papers quote and torchvision lacks, each with the module types, paths and call
 * forms of the implementation that its page names.
 */
@NullMarked
package org.whichflops.zoo.papers;

import org.jspecify.annotations.NullMarked;
