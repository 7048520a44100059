/**
 * What the real tools returned, and the networks they returned it for. Test support, never shipped.
 *
 * <p>{@link org.whichflops.golden.LayerCases} builds the small networks that every tool was run on;
 * the {@code Golden...} classes read the recorded results as they are. Nothing here was computed by
 * formula, and nothing here computes.
 */
@NullMarked
package org.whichflops.golden;

import org.jspecify.annotations.NullMarked;
