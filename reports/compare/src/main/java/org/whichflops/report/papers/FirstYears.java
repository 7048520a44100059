package org.whichflops.report.papers;

import java.util.List;

/**
 * The year of each tool's first version, from the first commit of its repository; of a formula, the
 * year of its paper. A plain sum of multiplications has none.
 */
final class FirstYears {
  private record First(String beginning, int year) {}

  /** By what the names of a tool's conventions begin with. */
  private static final List<First> FIRSTS =
      List.of(
          new First("calflops", 2023),
          new First("ceykmc", 2018),
          new First("convnet-burden", 2016),
          new First("deepspeed", 2021),
          new First("flopco", 2020),
          new First("fvcore", 2019),
          new First("imgclsmob", 2018),
          new First("kaplan", 2020),
          new First("mmengine", 2022),
          new First("mmpretrain", 2020),
          new First("molchanov", 2016),
          new First("netscope", 2015),
          new First("palm", 2022),
          new First("ptflops-aten", 2024),
          new First("ptflops", 2018),
          new First("pthflops", 2019),
          new First("pycls", 2019),
          new First("pytorch-model-summary", 2019),
          new First("tf-profiler", 2016),
          new First("thop", 2018),
          new First("torch-flop-counter", 2022),
          new First("torchinfo", 2020),
          new First("torchprofile", 2019),
          new First("torchstat", 2018));

  private FirstYears() {}

  /** The year from which on a convention can have been the source of a number. */
  static int of(String convention) {
    for (First first : FIRSTS) {
      if (convention.startsWith(first.beginning())) {
        return first.year();
      }
    }
    return 0;
  }
}
