/**
 * What a convention is: a table of rules that says what a tool, formula or paper makes of each call
 * of a forward pass, and how it adds that up. Families of conventions are found by {@link
 * java.util.ServiceLoader}.
 */
@NullMarked
package org.whichflops.convention;

import org.jspecify.annotations.NullMarked;
