package org.whichflops.engine.tensor;

/** What {@code F.pad} puts around a tensor, by PyTorch's word for its mode. */
public enum Padding {
  /** One number, zero unless said. */
  CONSTANT("constant"),
  /** The tensor mirrored at its edge, which is not repeated. */
  REFLECT("reflect"),
  /** The edge, again and again. */
  REPLICATE("replicate"),
  /** The tensor's other end. */
  CIRCULAR("circular");

  private final String word;

  Padding(String word) {
    this.word = word;
  }

  /** PyTorch's word for it. */
  public String word() {
    return word;
  }

  /** The most that can be put beside a dimension of so many positions. */
  long most(long size) {
    return switch (this) {
      case CONSTANT, REPLICATE -> Long.MAX_VALUE;
      case REFLECT -> size - 1;
      case CIRCULAR -> size;
    };
  }

  /**
   * The padding of that word.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Padding of(String word) {
    for (Padding padding : values()) {
      if (padding.word.equals(word)) {
        return padding;
      }
    }
    throw new IllegalArgumentException(
        "padding modes are zeros, reflect, replicate and circular, not '" + word + "'");
  }
}
