package org.whichflops.convention.torchinfo;

import java.util.function.Supplier;
import org.whichflops.convention.RuleTable;

/** The versions of torchinfo that are told apart. */
enum TorchinfoVersion {
  /** Tag v1.8.0, of May 2023. */
  RELEASE(() -> TorchinfoRules.RELEASE),
  /** Commit 5c4164f of August 2026, which still calls itself 1.8.0. */
  MASTER(() -> TorchinfoRules.MASTER);

  private final Supplier<RuleTable> rules;

  TorchinfoVersion(Supplier<RuleTable> rules) {
    this.rules = rules;
  }

  RuleTable rules() {
    return rules.get();
  }
}
