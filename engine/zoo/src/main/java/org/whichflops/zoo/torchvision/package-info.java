/**
 * The models of torchvision 0.21, with its module types, paths and call forms. A family is a page
 * that reads like its source file.
 */
@NullMarked
package org.whichflops.zoo.torchvision;

import org.jspecify.annotations.NullMarked;
