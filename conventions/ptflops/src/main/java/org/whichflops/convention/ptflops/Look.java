package org.whichflops.convention.ptflops;

/** The looks that the tree of modules has had, from the oldest. */
enum Look {
  /** 0.4: GMac in three digits, no parameters. */
  V04,
  /** 0.5.2: with parameters, those of a module and all below it. */
  V05,
  /** 0.6.4: with parameters of the modules that have a rule, and with warnings. */
  V06,
  /** 0.6.6 and 0.6.7: percentages of a total of 1 at least. */
  V066,
  /** 0.6.8: percentages of parameters of 1 at least. */
  V068,
  /** 0.6.9: units that follow the size, two digits. */
  V069,
  /** 0.7 and 0.7.1: a warning of parameters counted twice. */
  V07,
  /** Since 0.7.2: whole numbers are returned. */
  V072;

  boolean isSince(Look other) {
    return compareTo(other) >= 0;
  }
}
