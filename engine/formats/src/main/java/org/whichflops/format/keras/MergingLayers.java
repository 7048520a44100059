package org.whichflops.format.keras;

import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.format.json.Json;

/** Layers of several inputs: {@code Add}, {@code Multiply}, {@code Concatenate}, {@code Dot}. */
final class MergingLayers {
  private MergingLayers() {}

  /** Element by element, from left to right. */
  static final class Elementwise extends KerasModule {
    Elementwise(LayerSpec spec) {
      super(spec);
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      String kind = type().name();
      if (inputs.length < 2 || (kind.equals("Subtract") && inputs.length != 2)) {
        throw refuses(kind.equals("Subtract") ? "two inputs" : "two inputs or more", inputs);
      }
      Tensor y = inputs[0];
      for (int i = 1; i < inputs.length; i++) {
        Tensor x = y;
        Tensor x2 = inputs[i];
        switch (kind) {
          case "Subtract" -> y = Tf.node("Sub", x.minus(x2), x, x2);
          case "Multiply" -> y = Tf.node("Mul", x.times(x2), x, x2);
          case "Maximum" -> y = Tf.node("Maximum", Torch.maximum(x, x2), x, x2);
          case "Minimum" -> y = Tf.node("Minimum", Torch.maximum(x, x2), x, x2);
          default -> y = Tf.add(x.plus(x2), x, x2);
        }
      }
      if (kind.equals("Average")) {
        Tensor sum = y;
        y = Tf.node("RealDiv", sum.over(inputs.length), sum);
      }
      return new Tensor[] {y};
    }
  }

  /** {@code Concatenate}. */
  static final class Concatenated extends KerasModule {
    private final long axis;

    Concatenated(LayerSpec spec) {
      super(spec);
      Json given = config().get("axis");
      axis = given == null ? -1 : given.whole();
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      Tensor y = Torch.cat((int) Math.max(-99, Math.min(99, axis)), inputs);
      return new Tensor[] {Tf.node("ConcatV2", y, inputs)};
    }
  }

  /** {@code Dot}: one dimension of each input is summed over, batch by batch. */
  static final class Product extends KerasModule {
    Product(LayerSpec spec) {
      super(spec);
      if (config().flag("normalize", false)) {
        throw config().at("normalize").error("a Dot layer that normalizes is not known");
      }
    }

    @Override
    Tensor[] run(Tensor[] inputs) {
      if (inputs.length != 2 || inputs[0].rank() < 2 || inputs[1].rank() < 2) {
        throw refuses("two inputs of two dimensions or more", inputs);
      }
      Json axes = config().at("axes");
      boolean each = axes.isArray() && axes.items().size() == 2;
      int a = axis(each ? axes.items().get(0) : axes, inputs[0]);
      int b = axis(each ? axes.items().get(1) : axes, inputs[1]);
      StringBuilder equation = new StringBuilder();
      StringBuilder result = new StringBuilder("A");
      letters(inputs[0], a, 'b', equation, result);
      equation.append(',');
      letters(inputs[1], b, (char) ('b' + inputs[0].rank()), equation, result);
      Tensor y = Torch.einsum(equation + "->" + result, inputs);
      if (y.rank() == 1) {
        y = y.unsqueeze(1);
      }
      Tensor rows = Tf.tensor(y, y.numel(), inputs[0].size(a));
      Tf.node("Transpose", rows, inputs[0]);
      return new Tensor[] {Tf.node("BatchMatMulV2", y, rows, inputs[1])};
    }

    private static int axis(Json axis, Tensor x) {
      long given = axis.whole();
      long positive = given < 0 ? given + x.rank() : given;
      if (positive < 1 || positive >= x.rank()) {
        throw axis.error("axis %d of a tensor of %s".formatted(given, x));
      }
      return (int) positive;
    }

    private static void letters(
        Tensor x, int summed, char first, StringBuilder equation, StringBuilder result) {
      equation.append('A');
      for (int i = 1; i < x.rank(); i++) {
        char letter = i == summed ? 'S' : (char) (first + i);
        equation.append(letter);
        if (i != summed) {
          result.append(letter);
        }
      }
    }
  }
}
