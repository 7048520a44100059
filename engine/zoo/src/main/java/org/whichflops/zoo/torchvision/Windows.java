package org.whichflops.zoo.torchvision;

import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;

/**
 * How a tensor of {@code [B, ..., C]} is padded and cut into windows along its inner dimensions.
 *
 * <p>Cut apart it is {@code [B, n0, w0, n1, w1, ..., C]}, with so many windows n of so many
 * positions w; grouped it is {@code [B, n0, n1, ..., w0, w1, ..., C]}.
 */
final class Windows {
  private final int dims;
  private final int[] window;
  private final int[] shift;
  private final long[] padded;
  private final long[] pads;

  Windows(Tensor x, int[] window, int[] shift) {
    dims = window.length;
    this.window = window;
    this.shift = shift;
    padded = new long[dims];
    pads = new long[2 * (dims + 1)];
    for (int i = 0; i < dims; i++) {
      long size = x.size(i + 1);
      long pad = (window[i] - size % window[i]) % window[i];
      padded[i] = size + pad;
      pads[2 * (dims - i) + 1] = pad;
    }
  }

  /** What {@code F.pad} is given: the channels first, then the dimensions from the last on. */
  long[] pads() {
    return pads;
  }

  /** Whether any dimension is shifted. */
  boolean shifted() {
    for (int s : shift) {
      if (s > 0) {
        return true;
      }
    }
    return false;
  }

  /** The number of windows. */
  long count() {
    long count = 1;
    for (int i = 0; i < dims; i++) {
      count = Math.multiplyExact(count, padded[i] / window[i]);
    }
    return count;
  }

  /** {@code [B, n0, w0, n1, w1, ..., C]}. */
  long[] split(long batch, long channels) {
    long[] sizes = new long[2 * dims + 2];
    sizes[0] = batch;
    for (int i = 0; i < dims; i++) {
      sizes[1 + 2 * i] = padded[i] / window[i];
      sizes[2 + 2 * i] = window[i];
    }
    sizes[2 * dims + 1] = channels;
    return sizes;
  }

  /** {@code [B, n0, n1, ..., w0, w1, ..., C]}. */
  long[] grouped(long batch, long channels) {
    long[] sizes = new long[2 * dims + 2];
    sizes[0] = batch;
    for (int i = 0; i < dims; i++) {
      sizes[1 + i] = padded[i] / window[i];
      sizes[1 + dims + i] = window[i];
    }
    sizes[2 * dims + 1] = channels;
    return sizes;
  }

  /** {@code [B, n0 * w0, n1 * w1, ..., C]}. */
  long[] padded(long batch, long channels) {
    long[] sizes = new long[dims + 2];
    sizes[0] = batch;
    System.arraycopy(padded, 0, sizes, 1, dims);
    sizes[dims + 1] = channels;
    return sizes;
  }

  /** From cut apart to grouped. */
  int[] windowsFirst() {
    int[] order = new int[2 * dims + 2];
    for (int i = 0; i < dims; i++) {
      order[1 + i] = 1 + 2 * i;
      order[1 + dims + i] = 2 + 2 * i;
    }
    order[2 * dims + 1] = 2 * dims + 1;
    return order;
  }

  /** From grouped to cut apart. */
  int[] positionsJoined() {
    int[] order = new int[2 * dims + 2];
    for (int i = 0; i < dims; i++) {
      order[1 + 2 * i] = 1 + i;
      order[2 + 2 * i] = 1 + dims + i;
    }
    order[2 * dims + 1] = 2 * dims + 1;
    return order;
  }

  /**
   * What keeps positions apart that a shift brought together: every region of the shifted tensor
   * gets a number, and pairs of different regions a large negative score.
   */
  Tensor mask(Tensor x) {
    Tensor regions = x.newZeros(padded);
    number(regions, new Index[dims], 0);
    long[] cut = new long[2 * dims];
    int[] order = new int[2 * dims];
    long positions = 1;
    for (int i = 0; i < dims; i++) {
      cut[2 * i] = padded[i] / window[i];
      cut[2 * i + 1] = window[i];
      order[i] = 2 * i;
      order[dims + i] = 2 * i + 1;
      positions *= window[i];
    }
    regions = regions.view(cut).permute(order).reshape(count(), positions);
    Tensor differences = regions.unsqueeze(1).minus(regions.unsqueeze(2));
    Tensor mask = differences.maskedFill(differences.notEqualTo(0));
    return mask.maskedFill(differences.equalTo(0));
  }

  /** Writes into the three parts of each dimension, innermost last. */
  private void number(Tensor regions, Index[] part, int dim) {
    if (dim == dims) {
      regions.assign(0, part.clone());
      return;
    }
    part[dim] = Index.range(0, -window[dim]);
    number(regions, part, dim + 1);
    part[dim] = Index.range(-window[dim], -shift[dim]);
    number(regions, part, dim + 1);
    part[dim] = Index.from(-shift[dim]);
    number(regions, part, dim + 1);
  }
}
