package org.whichflops.convention.thop;

/** The functions that {@code register_hooks} names, which thop prints. */
final class HookNames {
  private HookNames() {}

  /**
   * The function for a type that has a rule.
   *
   * @param normalization that for normalizations, which was renamed
   */
  static String of(String key, String normalization) {
    return switch (key) {
      case "nn.Conv1d",
          "nn.Conv2d",
          "nn.Conv3d",
          "nn.ConvTranspose1d",
          "nn.ConvTranspose2d",
          "nn.ConvTranspose3d" ->
          "count_convNd";
      case "nn.BatchNorm1d",
          "nn.BatchNorm2d",
          "nn.BatchNorm3d",
          "nn.SyncBatchNorm",
          "nn.LayerNorm",
          "nn.InstanceNorm1d",
          "nn.InstanceNorm2d",
          "nn.InstanceNorm3d" ->
          normalization;
      case "nn.PReLU" -> "count_prelu";
      case "nn.LeakyReLU" -> "count_relu";
      case "nn.Softmax" -> "count_softmax";
      case "nn.AvgPool1d", "nn.AvgPool2d", "nn.AvgPool3d" -> "count_avgpool";
      case "nn.AdaptiveAvgPool1d", "nn.AdaptiveAvgPool2d", "nn.AdaptiveAvgPool3d" ->
          "count_adap_avgpool";
      case "nn.Linear" -> "count_linear";
      case "nn.Upsample", "nn.UpsamplingBilinear2d", "nn.UpsamplingNearest2d" -> "count_upsample";
      case "nn.RNNCell" -> "count_rnn_cell";
      case "nn.GRUCell" -> "count_gru_cell";
      case "nn.LSTMCell" -> "count_lstm_cell";
      case "nn.RNN" -> "count_rnn";
      case "nn.GRU" -> "count_gru";
      case "nn.LSTM" -> "count_lstm";
      default -> "zero_ops";
    };
  }
}
