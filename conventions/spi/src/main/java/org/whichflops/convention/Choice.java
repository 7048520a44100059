package org.whichflops.convention;

/**
 * An option of a convention: what people argue about is a switch and not another convention.
 *
 * @param name as users type it: {@code grad}
 * @param values the values there are, the default first: {@code true|false}
 * @param meaning one sentence on what it changes
 * @param change the convention with a value set
 */
public record Choice(String name, String values, String meaning, Change change) {
  /** Sets an option's value. */
  @FunctionalInterface
  public interface Change {
    /**
     * The convention with the value.
     *
     * @param value one of the values, checked where they are between bars
     * @throws IllegalArgumentException where the value is none, saying what is right
     */
    TableConvention apply(TableConvention convention, String value);
  }

  /** Whether a text is one of the values; true where they are described and not listed. */
  boolean allows(String value) {
    return values.indexOf('|') < 0 || java.util.List.of(values.split("\\|", -1)).contains(value);
  }
}
