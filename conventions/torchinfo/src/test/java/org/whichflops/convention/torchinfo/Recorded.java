package org.whichflops.convention.torchinfo;

/** Names in what was recorded. */
final class Recorded {
  private Recorded() {}

  static TorchinfoVersion version(String id) {
    return id.equals("torchinfo") ? TorchinfoVersion.RELEASE : TorchinfoVersion.MASTER;
  }
}
