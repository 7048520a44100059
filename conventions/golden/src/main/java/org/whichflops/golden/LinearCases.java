package org.whichflops.golden;

import static org.whichflops.golden.LayerCase.layer;
import static org.whichflops.golden.LayerCase.root;
import static org.whichflops.golden.LayerCase.zeros;

import java.util.List;
import org.whichflops.engine.nn.Bilinear;
import org.whichflops.engine.nn.Embedding;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.tensor.Tensor;

/** Linear layers and tables. */
final class LinearCases {
  private LinearCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("linear_bias_2d", "4x10", () -> new Linear(10, 7)),
        layer("linear_nobias_2d", "4x10", () -> new Linear(10, 7).noBias()),
        layer("linear_bias_3d", "4x5x10", () -> new Linear(10, 7)),
        layer("linear_nobias_3d", "4x5x10", () -> new Linear(10, 7).noBias()),
        layer("linear_bias_4d", "2x3x5x10", () -> new Linear(10, 7)),
        layer("linear_bias_1d_input", "10", () -> new Linear(10, 7)),
        layer("linear_bias_batch1", "1x10", () -> new Linear(10, 7)),
        root("bare_linear_root", "4x10", () -> new Linear(10, 7)),
        layer(
            "subclass_of_linear",
            "4x10",
            () -> new Linear(10, 7).as(Linear.TYPE.subclass("MyLinearAttn"))),
        // The second input has 6 features, and as many rows as the first.
        layer(
            "bilinear",
            "4x5",
            () -> new Bilinear(5, 6, 7, true),
            (m, x) -> m.call(new Tensor[] {x, zeros(x, 4, 6)})),
        layer("embeddingbag", "4x5", () -> Embedding.bag(50, 10)));
  }
}
