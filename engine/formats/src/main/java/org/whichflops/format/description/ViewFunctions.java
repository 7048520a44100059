package org.whichflops.format.description;

import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions and methods that arrange the same numbers anew. */
final class ViewFunctions {
  private static final int MOST_PARTS = 10_000;

  private ViewFunctions() {}

  /** Adds the functions. */
  static void fill() {
    FunctionTable.put("Tensor.view", "input shape*", g -> g.tensor("input").view(g.longs("shape")));
    FunctionTable.put(
        "Tensor.reshape", "input shape*", g -> g.tensor("input").reshape(g.longs("shape")));
    FunctionTable.put(
        "torch.reshape", "input shape", g -> Torch.reshape(g.tensor("input"), g.longs("shape")));
    FunctionTable.put(
        "Tensor.expand", "input sizes*", g -> g.tensor("input").expand(g.longs("sizes")));
    FunctionTable.put(
        "Tensor.repeat", "input sizes*", g -> g.tensor("input").repeat(g.longs("sizes")));
    FunctionTable.put(
        "Tensor.new_zeros", "input size*", g -> g.tensor("input").newZeros(g.longs("size")));
    FunctionTable.put(
        "Tensor.flatten",
        "input start_dim end_dim",
        g -> g.tensor("input").flatten(g.integer("start_dim", 0), g.integer("end_dim", -1)));
    FunctionTable.put(
        "torch.flatten",
        "input start_dim",
        g -> Torch.flatten(g.tensor("input"), g.integer("start_dim", 0)));
    FunctionTable.put(
        "Tensor.unflatten",
        "input dim sizes",
        g -> g.tensor("input").unflatten(g.integer("dim"), g.longs("sizes")));
    FunctionTable.put(
        "Tensor.permute", "input dims*", g -> g.tensor("input").permute(g.integers("dims")));
    FunctionTable.put(
        "torch.permute", "input dims", g -> Torch.permute(g.tensor("input"), g.integers("dims")));
    FunctionTable.put(
        "Tensor.transpose",
        "input dim0 dim1",
        g -> g.tensor("input").transpose(g.integer("dim0"), g.integer("dim1")));
    FunctionTable.put(
        "torch.transpose",
        "input dim0 dim1",
        g -> Torch.transpose(g.tensor("input"), g.integer("dim0"), g.integer("dim1")));
    FunctionTable.put(
        "torch.swapaxes",
        "input axis0 axis1",
        g -> Torch.swapaxes(g.tensor("input"), g.integer("axis0"), g.integer("axis1")));
    FunctionTable.put("Tensor.t", "input", g -> g.tensor("input").t());
    FunctionTable.put(
        "Tensor.squeeze", "input dim", g -> g.tensor("input").squeeze(g.integer("dim")));
    FunctionTable.put(
        "torch.squeeze", "input dim", g -> Torch.squeeze(g.tensor("input"), g.integer("dim")));
    FunctionTable.put(
        "Tensor.unsqueeze", "input dim", g -> g.tensor("input").unsqueeze(g.integer("dim")));
    FunctionTable.put(
        "torch.unsqueeze", "input dim", g -> Torch.unsqueeze(g.tensor("input"), g.integer("dim")));
    FunctionTable.put(
        "torch.cat", "tensors dim", g -> Torch.cat(g.integer("dim", 0), g.tensors("tensors")));
    FunctionTable.put(
        "torch.stack", "tensors dim", g -> Torch.stack(g.integer("dim", 0), g.tensors("tensors")));
    FunctionTable.put(
        "Tensor.chunk",
        "input chunks dim",
        g -> list(g.tensor("input").chunk(parts(g), g.integer("dim", 0))));
    FunctionTable.put(
        "torch.chunk",
        "input chunks dim",
        g -> list(Torch.chunk(g.tensor("input"), parts(g), g.integer("dim", 0))));
    FunctionTable.put(
        "Tensor.split",
        "input split_size dim",
        g ->
            list(
                g.isList("split_size")
                    ? g.tensor("input").split(g.longs("split_size"), g.integer("dim", 0))
                    : g.tensor("input").split(size(g), g.integer("dim", 0))));
    FunctionTable.put(
        "torch.split",
        "input split_size dim",
        g -> list(Torch.split(g.tensor("input"), size(g), g.integer("dim", 0))));
    FunctionTable.put(
        "torch.tensor_split",
        "input indices dim",
        g ->
            list(Torch.tensorSplit(g.tensor("input"), g.longs("indices")[0], g.integer("dim", 0))));
    FunctionTable.put(
        "Tensor.unbind", "input dim", g -> list(few(g, "dim", 0).unbind(g.integer("dim", 0))));
    FunctionTable.put(
        "torch.unbind",
        "input dim",
        g -> list(Torch.unbind(few(g, "dim", 0), g.integer("dim", 0))));
    FunctionTable.put(
        "torch.index_select",
        "input dim index",
        g -> Torch.indexSelect(g.tensor("input"), g.integer("dim"), g.tensor("index")));
    FunctionTable.put(
        "torch.repeat_interleave",
        "input repeats dim",
        g -> Torch.repeatInterleave(g.tensor("input"), g.whole("repeats"), g.integer("dim")));
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
