package org.whichflops.format.onnx;

import org.whichflops.engine.tensor.Function;
import org.whichflops.engine.tensor.Operator;

/** Functions that move numbers and compute none, by the names that PyTorch has for them. */
enum Move {
  RESHAPE("Tensor.reshape", "reshape"),
  FLATTEN("torch.flatten", "flatten"),
  PERMUTE("Tensor.permute", "permute"),
  SLICE("Tensor.__getitem__", "slice"),
  SELECT("Tensor.__getitem__", "select"),
  INDEX("Tensor.__getitem__", "index"),
  GATHER("torch.gather", "gather"),
  UNSQUEEZE("Tensor.unsqueeze", "unsqueeze"),
  SQUEEZE("Tensor.squeeze", "squeeze"),
  EXPAND("Tensor.expand", "expand"),
  REPEAT("Tensor.repeat", "repeat"),
  CAT("torch.cat", "cat"),
  SPLIT("torch.split", "split"),
  PAD("F.pad", "pad"),
  WHERE("torch.where", "where"),
  PIXEL_SHUFFLE("F.pixel_shuffle", "pixel_shuffle"),
  PIXEL_UNSHUFFLE("F.pixel_unshuffle", "pixel_unshuffle"),
  ROLL("torch.roll", "roll"),
  TO("Tensor.to", "clone"),
  DROPOUT("F.dropout", "dropout"),
  FLOOR("torch.floor", "floor"),
  CEIL("torch.ceil", "ceil"),
  ROUND("torch.round", "round"),
  COPY("Tensor.__setitem__", "copy_");

  private final Function function;
  private final Operator operator;

  Move(String function, String operator) {
    this.function = Function.named(function);
    this.operator = Calls.operator(operator);
  }

  Function function() {
    return function;
  }

  Operator operator() {
    return operator;
  }
}
