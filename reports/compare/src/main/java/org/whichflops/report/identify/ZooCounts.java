package org.whichflops.report.identify;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.zoo.Zoo;
import org.whichflops.zoo.architecture.Architecture;

/**
 * What the networks of the zoo count at their own inputs and at usual ones, under each convention.
 *
 * <p>To count that takes seconds, so the build does it once: the runnable jar holds it beside the
 * classes that counted it. Classes without it, such as a test's, count when they are asked.
 */
public final class ZooCounts {
  /** Where the runnable jar holds what the build counted. */
  public static final String RESOURCE = "org/whichflops/report/identify/zoo.counts";

  private final List<String> conventions;
  private final List<CountedInput> inputs;

  private ZooCounts(List<String> conventions, List<CountedInput> inputs) {
    this.conventions = conventions;
    this.inputs = inputs;
  }

  /**
   * The counts of the whole zoo: those that the build made, where it made them of these
   * conventions.
   *
   * @param installed the conventions that come with the program
   */
  public static ZooCounts of(List<Convention> conventions, Conventions installed) {
    return (areAmong(installed, conventions) ? built() : Optional.<ZooCounts>empty())
        .flatMap(built -> built.under(conventions))
        .orElseGet(() -> count(Zoo.architectures(), conventions));
  }

  /** Whether they are no others of the same names, such as somebody's own. */
  private static boolean areAmong(Conventions installed, List<Convention> conventions) {
    return Set.copyOf(installed.all()).containsAll(conventions);
  }

  private static Optional<ZooCounts> built() {
    try (InputStream in = ZooCounts.class.getResourceAsStream("/" + RESOURCE)) {
      return in == null ? Optional.empty() : Optional.of(read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same under some of its conventions; empty where it has not all of them. */
  public Optional<ZooCounts> under(List<Convention> some) {
    int[] positions = new int[some.size()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = conventions.indexOf(some.get(i).about().id());
      if (positions[i] < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new ZooCounts(ids(some), inputs.stream().map(input -> input.at(positions)).toList()));
  }

  /** Counts, on all processors. */
  public static ZooCounts count(List<Architecture> architectures, List<Convention> conventions) {
    return new ZooCounts(
        ids(conventions),
        architectures.parallelStream()
            .map(architecture -> count(Zoo.build(architecture.name()), conventions))
            .flatMap(List::stream)
            .toList());
  }

  private static List<CountedInput> count(Network network, List<Convention> conventions) {
    Point point = new Point(network, conventions, new HashMap<>());
    List<CountedInput> inputs = new ArrayList<>();
    for (Variant variant : List.of(Variants.own(network), Variants.resolutions(network))) {
      inputs.addAll(variant.count(point));
    }
    return inputs;
  }

  private static List<String> ids(List<Convention> conventions) {
    return conventions.stream().map(convention -> convention.about().id()).toList();
  }

  /** The inputs, the networks by name, each at its own first. */
  List<CountedInput> inputs() {
    return inputs;
  }

  /** Writes it: names and sizes first, then all counts, eight bytes each. */
  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    data.writeInt(conventions.size());
    for (String convention : conventions) {
      data.writeUTF(convention);
    }
    data.writeInt(inputs.size());
    for (CountedInput input : inputs) {
      data.writeUTF(input.model());
      data.writeLong(input.parameters());
      data.writeLong(input.batch());
      data.writeLong(input.height());
      data.writeLong(input.width());
      data.writeUTF(input.change());
      data.writeInt(input.rank());
    }
    for (CountedInput input : inputs) {
      for (int i = 0; i < conventions.size(); i++) {
        data.writeLong(input.value(i));
      }
    }
    data.flush();
  }

  /** Reads what {@link #write} wrote. */
  public static ZooCounts read(InputStream in) throws IOException {
    byte[] bytes = in.readAllBytes();
    DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
    List<String> conventions = new ArrayList<>();
    for (int n = data.readInt(); n > 0; n--) {
      conventions.add(data.readUTF());
    }
    int size = data.readInt();
    int counts = size * conventions.size() * Long.BYTES;
    LongBuffer values = ByteBuffer.wrap(bytes, bytes.length - counts, counts).asLongBuffer();
    List<CountedInput> inputs = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      inputs.add(read(data, values, conventions.size()));
    }
    return new ZooCounts(conventions, inputs);
  }

  private static CountedInput read(DataInputStream data, LongBuffer values, int conventions)
      throws IOException {
    String model = data.readUTF();
    long parameters = data.readLong();
    long batch = data.readLong();
    long height = data.readLong();
    long width = data.readLong();
    String change = data.readUTF();
    int rank = data.readInt();
    long[] counts = new long[conventions];
    values.get(counts);
    return new CountedInput(model, parameters, batch, height, width, change, rank, counts);
  }
}
