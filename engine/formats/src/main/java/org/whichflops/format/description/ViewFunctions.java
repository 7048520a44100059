package org.whichflops.format.description;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions and methods that arrange the same numbers anew. */
final class ViewFunctions {
  private static final int MOST_PARTS = 10_000;

  static final String SIGNATURES =
      """
      Tensor.view(input, *shape)
      Tensor.reshape(input, *shape)
      torch.reshape(input, shape)
      Tensor.expand(input, *sizes)
      Tensor.repeat(input, *sizes)
      Tensor.new_zeros(input, *size)
      Tensor.flatten torch.flatten(input, start_dim, end_dim)
      Tensor.unflatten(input, dim, sizes)
      Tensor.permute(input, *dims)
      torch.permute(input, dims)
      Tensor.transpose(input, dim0, dim1)
      torch.transpose(input, dim0, dim1)
      torch.swapaxes(input, axis0, axis1)
      Tensor.t(input)
      Tensor.squeeze(input, dim)
      torch.squeeze(input, dim)
      Tensor.unsqueeze(input, dim)
      torch.unsqueeze(input, dim)
      torch.cat(tensors, dim)
      torch.stack(tensors, dim)
      Tensor.chunk(input, chunks, dim)
      torch.chunk(input, chunks, dim)
      Tensor.split(input, split_size, dim)
      torch.split(input, split_size, dim)
      torch.tensor_split(input, indices, dim)
      Tensor.unbind(input, dim)
      torch.unbind(input, dim)
      torch.index_select(input, dim, index)
      torch.repeat_interleave(input, repeats, dim)
      """;

  private ViewFunctions() {}

  /** What a function returns; null where there is none of that name. */
  static @Nullable Object call(String name, Given g) {
    return switch (name) {
      case "Tensor.view" -> g.tensor("input").view(g.longs("shape"));
      case "Tensor.reshape" -> g.tensor("input").reshape(g.longs("shape"));
      case "torch.reshape" -> Torch.reshape(g.tensor("input"), g.longs("shape"));
      case "Tensor.expand" -> g.tensor("input").expand(g.longs("sizes"));
      case "Tensor.repeat" -> g.tensor("input").repeat(g.longs("sizes"));
      case "Tensor.new_zeros" -> g.tensor("input").newZeros(g.longs("size"));
      case "Tensor.flatten" ->
          g.tensor("input").flatten(g.integer("start_dim", 0), g.integer("end_dim", -1));
      case "torch.flatten" ->
          Torch.flatten(g.tensor("input"), g.integer("start_dim", 0), g.integer("end_dim", -1));
      case "Tensor.unflatten" -> g.tensor("input").unflatten(g.integer("dim"), g.longs("sizes"));
      case "Tensor.permute" -> g.tensor("input").permute(g.integers("dims"));
      case "torch.permute" -> Torch.permute(g.tensor("input"), g.integers("dims"));
      case "Tensor.transpose" -> g.tensor("input").transpose(g.integer("dim0"), g.integer("dim1"));
      case "torch.transpose" ->
          Torch.transpose(g.tensor("input"), g.integer("dim0"), g.integer("dim1"));
      case "torch.swapaxes" ->
          Torch.swapaxes(g.tensor("input"), g.integer("axis0"), g.integer("axis1"));
      case "Tensor.t" -> g.tensor("input").t();
      case "Tensor.squeeze" -> g.tensor("input").squeeze(g.integer("dim"));
      case "torch.squeeze" -> Torch.squeeze(g.tensor("input"), g.integer("dim"));
      case "Tensor.unsqueeze" -> g.tensor("input").unsqueeze(g.integer("dim"));
      case "torch.unsqueeze" -> Torch.unsqueeze(g.tensor("input"), g.integer("dim"));
      case "torch.cat" -> Torch.cat(g.integer("dim", 0), g.tensors("tensors"));
      case "torch.stack" -> Torch.stack(g.integer("dim", 0), g.tensors("tensors"));
      case "Tensor.chunk" -> list(g.tensor("input").chunk(parts(g), g.integer("dim", 0)));
      case "torch.chunk" -> list(Torch.chunk(g.tensor("input"), parts(g), g.integer("dim", 0)));
      case "Tensor.split" ->
          list(
              g.isList("split_size")
                  ? g.tensor("input").split(g.longs("split_size"), g.integer("dim", 0))
                  : g.tensor("input").split(size(g), g.integer("dim", 0)));
      case "torch.split" -> list(Torch.split(g.tensor("input"), size(g), g.integer("dim", 0)));
      case "torch.tensor_split" ->
          list(Torch.tensorSplit(g.tensor("input"), g.longs("indices")[0], g.integer("dim", 0)));
      case "Tensor.unbind" -> list(few(g, "dim", 0).unbind(g.integer("dim", 0)));
      case "torch.unbind" -> list(Torch.unbind(few(g, "dim", 0), g.integer("dim", 0)));
      case "torch.index_select" ->
          Torch.indexSelect(g.tensor("input"), g.integer("dim"), g.tensor("index"));
      case "torch.repeat_interleave" ->
          Torch.repeatInterleave(g.tensor("input"), g.whole("repeats"), g.integer("dim"));
      default -> null;
    };
  }

  /** A tensor that falls into a bearable number of parts along a dimension. */
  private static Tensor few(Given g, String dim, int fallback) {
    Tensor x = g.tensor("input");
    int at = g.integer(dim, fallback);
    if (at < x.rank() && at >= -x.rank() && x.size(at) > MOST_PARTS) {
      throw g.error("more than %d parts of %s".formatted(MOST_PARTS, x));
    }
    return x;
  }

  private static int parts(Given g) {
    int parts = g.integer("chunks");
    if (parts > MOST_PARTS) {
      throw g.error("more than %d parts".formatted(MOST_PARTS));
    }
    return parts;
  }

  private static long size(Given g) {
    long size = g.whole("split_size");
    Tensor x = g.tensor("input");
    int at = g.integer("dim", 0);
    if (size > 0 && at < x.rank() && at >= -x.rank() && x.size(at) / size > MOST_PARTS) {
      throw g.error("more than %d parts of %s".formatted(MOST_PARTS, x));
    }
    return size;
  }

  static List<Tensor> list(Tensor[] tensors) {
    return Arrays.asList(tensors);
  }
}
