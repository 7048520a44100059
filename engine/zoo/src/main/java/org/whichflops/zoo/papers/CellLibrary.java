package org.whichflops.zoo.papers;

import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Pad;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Tensor;

/**
 * The source file that a searched network follows. Cadene/pretrained-models.pytorch has one for
 * each of the two NASNets and one for PNASNet; their building blocks do the same under types and
 * names of their own.
 */
enum CellLibrary {
  /** NASNet-A large. */
  NASNET("nasnet"),
  /** NASNet-A mobile. */
  NASNET_MOBILE("nasnet_mobile"),
  /** PNASNet-5. */
  PNASNET("pnasnet");

  private static final Index FROM_SECOND = Index.from(1);

  private final String file;

  CellLibrary(String file) {
    this.file = file;
  }

  /** A class of the file. */
  ModuleType type(String name) {
    return ModuleType.of("pretrainedmodels.models." + file + "." + name);
  }

  /** Whether it is PNASNet's. */
  boolean isProgressive() {
    return this == PNASNET;
  }

  /** {@code nn.ZeroPad2d((1, 0, 1, 0))}: one more row above and one more column to the left. */
  static Pad shift() {
    return new Pad("ZeroPad2d", 1, 0, 1, 0);
  }

  /** {@code x[:, :, 1:, 1:]}. */
  static Tensor withoutFirst(Tensor x) {
    return x.get(Index.ALL, Index.ALL, FROM_SECOND, FROM_SECOND);
  }
}
