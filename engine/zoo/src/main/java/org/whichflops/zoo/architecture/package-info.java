/** What an architecture is to those who ask for one: a name, a source, an input and options. */
@NullMarked
package org.whichflops.zoo.architecture;

import org.jspecify.annotations.NullMarked;
