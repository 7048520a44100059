package org.whichflops.convention;

import java.util.Collection;
import java.util.List;

/** A convention was asked for that there is not. */
public final class UnknownConventionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String id;
  private final transient List<String> known;

  UnknownConventionException(String id, Collection<String> known) {
    super("unknown convention '%s'; there are %s".formatted(id, String.join(", ", known)));
    this.id = id;
    this.known = List.copyOf(known);
  }

  /** What was asked for. */
  public String id() {
    return id;
  }

  /** What there is. */
  public List<String> known() {
    return known;
  }
}
