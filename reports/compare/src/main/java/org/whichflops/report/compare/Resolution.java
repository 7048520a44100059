package org.whichflops.report.compare;

/**
 * The height and width of an input.
 *
 * @param height rows
 * @param width columns
 */
public record Resolution(long height, long width) {
  /**
   * Reads {@code 224} or {@code 192x256}, height first.
   *
   * @throws IllegalArgumentException where the text is neither, or a size is below 1
   */
  public static Resolution parse(String text) {
    int x = text.indexOf('x');
    try {
      long height = Long.parseLong(x < 0 ? text : text.substring(0, x));
      long width = x < 0 ? height : Long.parseLong(text.substring(x + 1));
      if (height >= 1 && width >= 1) {
        return new Resolution(height, width);
      }
    } catch (NumberFormatException e) {
      // falls through to the one message
    }
    throw new IllegalArgumentException(
        "resolution '%s' is neither a side such as 224 nor a height and width such as 192x256, each 1 or more"
            .formatted(text));
  }
}
