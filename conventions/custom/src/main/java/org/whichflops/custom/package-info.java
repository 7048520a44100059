/**
 * Conventions in files: a JSON object with a name, a quantity and a table of rules, in the language
 * in which the built-in ones are written. Any built-in one can be written as a file and read back.
 */
@NullMarked
package org.whichflops.custom;

import org.jspecify.annotations.NullMarked;
