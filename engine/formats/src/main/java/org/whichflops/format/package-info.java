/**
 * Models from files. A file is recognised by its content; weights are never loaded; whatever is
 * wrong with a file is a {@link org.whichflops.format.FormatException} of one line.
 */
@NullMarked
package org.whichflops.format;

import org.jspecify.annotations.NullMarked;
