package org.whichflops.report.formula;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.report.compare.Resolution;
import org.whichflops.zoo.ModelRequest;
import org.whichflops.zoo.Zoo;

/**
 * A network and the sizes of its input that may be others: the batch N, and the height H and width
 * W of images or the length T of a text.
 */
public final class Subject {
  /** The symbol of the batch. */
  static final String BATCH = "N";

  private static final String LENGTH = "seq_len";

  private final Network network;
  private final List<String> symbols;
  private final long[] own;

  private Subject(Network network, List<String> symbols, long... own) {
    this.network = network;
    this.symbols = symbols;
    this.own = own;
  }

  /**
   * A network at a batch and resolution.
   *
   * @param batch null for the network's own
   * @param resolution null for the network's own
   * @throws IllegalArgumentException where a network without height and width is given some
   */
  public static Subject of(Network network, @Nullable Long batch, @Nullable Resolution resolution) {
    InputSize input = network.input();
    long n = batch == null ? input.batch() : batch;
    if (resolution != null) {
      input.at(n, resolution.height(), resolution.width()); // refused where there is none
      return new Subject(
          network, List.of(BATCH, "H", "W"), n, resolution.height(), resolution.width());
    }
    if (input.hasResolution()) {
      return new Subject(network, List.of(BATCH, "H", "W"), n, input.height(), input.width());
    }
    return isText(network)
        ? new Subject(network, List.of(BATCH, "T"), n, input.shape().size(1))
        : new Subject(network, List.of(BATCH), n);
  }

  /** Whether it is one of the zoo's that take texts of any length. */
  private static boolean isText(Network network) {
    if (network.input().shape().rank() != 2) {
      return false;
    }
    try {
      return Zoo.architecture(ModelRequest.parse(network.name()).name()).options().stream()
          .anyMatch(option -> option.name().equals(LENGTH));
    } catch (IllegalArgumentException e) {
      return false; // a file
    }
  }

  /** What is counted. */
  public Network network() {
    return network;
  }

  /** The names of the sizes, in the order of {@link #own}. */
  public List<String> symbols() {
    return symbols;
  }

  /** The sizes asked for, or the network's own. */
  public long[] own() {
    return own.clone();
  }

  /**
   * The input where the sizes are these.
   *
   * @throws IllegalArgumentException where the network does not take them
   */
  Shape input(long... sizes) {
    if (symbols.size() == 3) {
      return network.input().at(sizes[0], sizes[1], sizes[2]);
    }
    return symbols.size() == 2 ? Shape.of(sizes) : network.input().at(sizes[0]);
  }
}
