package org.whichflops.engine.nn;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;

/** {@code nn.Embedding} and {@code nn.EmbeddingBag}. */
public final class Embedding extends Module {
  private final boolean bag;
  private final Parameter table;

  private Embedding(String name, boolean bag, Parameter table) {
    super(ModuleType.nn("sparse", name));
    this.bag = bag;
    this.table = parameter("weight", table);
  }

  /** {@code nn.Embedding(rows, width)}. */
  public static Embedding embedding(long rows, long width) {
    return new Embedding("Embedding", false, table(rows, width));
  }

  /** {@code nn.EmbeddingBag(rows, width)}, the mean of each row of indices. */
  public static Embedding bag(long rows, long width) {
    return new Embedding("EmbeddingBag", true, table(rows, width));
  }

  private static Parameter table(long rows, long width) {
    return new Parameter(org.whichflops.engine.shape.Shape.of(rows, width), true);
  }

  /** The table, for models that share it with their last layer. */
  public Parameter table() {
    return table;
  }

  @Override
  public String extraRepr() {
    return table.size(0) + ", " + table.size(1) + (bag ? ", mode='mean'" : "");
  }

  @Override
  protected Tensor forward(Tensor x) {
    return bag ? F.embeddingBag(x, table) : F.embedding(x, table);
  }
}
