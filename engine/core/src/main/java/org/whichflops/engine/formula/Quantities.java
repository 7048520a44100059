package org.whichflops.engine.formula;

/**
 * The numbers of one call, as formulas ask for them.
 *
 * <p>Every method throws {@link UnknownQuantityException} where the call has no such number.
 */
public interface Quantities {
  /** The size of one dimension of a tensor; a negative {@code dim} counts from the end. */
  long size(Role role, int dim);

  /** The number of elements of a tensor, batch included. */
  long numel(Role role);

  /**
   * The product of a tensor's dimensions from the third on: what is left of {@code [N, C, ...]}.
   */
  long spatial(Role role);

  /** An attribute of the call, such as the number of groups of a convolution. */
  long attribute(Attribute attribute);
}
