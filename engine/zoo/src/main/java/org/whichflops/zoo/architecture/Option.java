package org.whichflops.zoo.architecture;

import java.util.Locale;
import java.util.function.Function;

/**
 * One option of an architecture, such as {@code num_classes}.
 *
 * @param name as users type it
 * @param kind what values are, in words
 * @param fallback the value where none is given
 * @param meaning what it changes, in words
 * @param reader makes a value of its text; throws IllegalArgumentException for a bad one
 */
public record Option<T>(
    String name, String kind, T fallback, String meaning, Function<String, T> reader) {

  private static final int MOST_LAYERS = 10_000;
  private static final int LARGEST_FACTOR = 1000;

  /** The number of classes of the last layer, 1000 unless said. */
  public static final Option<Integer> NUM_CLASSES =
      count("num_classes", 1000, "outputs of the last layer");

  /** A whole number of 1 or more. */
  public static Option<Integer> count(String name, int fallback, String meaning) {
    return new Option<>(name, "a whole number of 1 or more", fallback, meaning, Option::readCount);
  }

  /** A number of layers: a whole number of 1 or more, as far as memory reaches. */
  public static Option<Integer> layers(String name, int fallback, String meaning) {
    String kind = "a whole number from 1 to " + MOST_LAYERS;
    return new Option<>(name, kind, fallback, meaning, Option::readLayers);
  }

  /** A number above 0. */
  public static Option<Double> factor(String name, double fallback, String meaning) {
    String kind = "a number above 0, at most " + LARGEST_FACTOR;
    return new Option<>(name, kind, fallback, meaning, Option::readFactor);
  }

  /** True or false. */
  public static Option<Boolean> flag(String name, boolean fallback, String meaning) {
    return new Option<>(name, "true or false", fallback, meaning, Option::readFlag);
  }

  private static Integer readCount(String text) {
    int value = Integer.parseInt(text);
    if (value < 1) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Integer readLayers(String text) {
    int value = readCount(text);
    if (value > MOST_LAYERS) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Double readFactor(String text) {
    double value = Double.parseDouble(text);
    if (!(value > 0) || value > LARGEST_FACTOR) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static Boolean readFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }
}
