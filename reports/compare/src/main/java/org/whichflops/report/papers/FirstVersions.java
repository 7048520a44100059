package org.whichflops.report.papers;

import java.util.List;

/**
 * Year and month of each tool's first version, from the first commit of its repository (January
 * where only the year is known); of a formula, of its paper. A plain sum of multiplications has
 * none.
 */
final class FirstVersions {
  private record First(String beginning, int month) {}

  /** By what the names of a tool's conventions begin with. */
  private static final List<First> FIRSTS =
      List.of(
          new First("calflops", 202308),
          new First("ceykmc", 201810),
          new First("convnet-burden", 201601),
          new First("deepspeed", 202101),
          new First("flopco", 202001),
          new First("fvcore", 201910),
          new First("imgclsmob", 201807),
          new First("kaplan", 202001),
          new First("mmengine", 202202),
          new First("mmpretrain", 202007),
          new First("molchanov", 201611),
          new First("netscope", 201507),
          new First("onnx-tool", 202606), // earlier versions counted otherwise
          new First("palm", 202204),
          new First("ptflops-aten", 202401),
          new First("ptflops", 201808),
          new First("pthflops", 201902),
          new First("pycls", 201910),
          new First("pytorch-model-summary", 201901),
          new First("tf-profiler", 201601),
          new First("thop", 201804),
          new First("torch-flop-counter", 202201),
          new First("torchinfo", 202003),
          new First("torchprofile", 201909),
          new First("torchstat", 201810));

  private FirstVersions() {}

  /** The year and month from which on a convention can have been the source of a number. */
  static int of(String convention) {
    for (First first : FIRSTS) {
      if (convention.startsWith(first.beginning())) {
        return first.month();
      }
    }
    return 0;
  }
}
