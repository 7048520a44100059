package org.whichflops.engine.tensor;

/** Where a forward pass is imagined to run; some functions run as other operators elsewhere. */
public enum Device {
  /** Attention and LSTM run as single fused kernels. */
  CPU("cpu"),
  /** PyTorch's device without data: functions fall apart into plain operators. */
  META("meta");

  private final String word;

  Device(String word) {
    this.word = word;
  }

  /** PyTorch's word for it. */
  public String word() {
    return word;
  }
}
