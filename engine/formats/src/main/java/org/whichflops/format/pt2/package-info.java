/**
 * PyTorch's {@code .pt2}, what {@code torch.export.save} writes: both layouts, torch 2.1 to 2.13.
 *
 * <p>{@link org.whichflops.format.pt2.Pt2Format} finds the one JSON entry of the archive, {@code
 * ProgramParser} reads it into a {@code Program}, {@code CallTree} puts its nodes back into the
 * modules and functions that called them, and {@code NetworkBuilder} makes a network of them, whose
 * forward replays the nodes.
 */
@NullMarked
package org.whichflops.format.pt2;

import org.jspecify.annotations.NullMarked;
