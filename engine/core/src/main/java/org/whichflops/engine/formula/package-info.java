/**
 * The language in which every count is written: expressions over a call's tensors and attributes.
 *
 * <p>A formula is data. The same object is evaluated, printed in a table of rules, and read back
 * from text, so a rule can be looked at as well as run. Nothing here knows a tensor or a tool; a
 * call answers for its own numbers through {@link org.whichflops.engine.formula.Quantities}.
 */
@NullMarked
package org.whichflops.engine.formula;

import org.jspecify.annotations.NullMarked;
