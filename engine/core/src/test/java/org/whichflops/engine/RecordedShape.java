package org.whichflops.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.whichflops.engine.shape.Shape;

/**
 * One line of {@code shapes.csv.gz}: what PyTorch made of an operation, or that it refused.
 *
 * @param line the line's number in the file, the header being 1
 * @param op the operation, by PyTorch's name
 * @param arguments its arguments by name, lists separated by blanks
 * @param inputs the shapes it was given
 * @param output the shapes it returned, as the file writes them, or {@code error}
 */
record RecordedShape(
    int line, String op, Map<String, String> arguments, List<Shape> inputs, String output) {
  static final String ERROR = "error";

  static List<RecordedShape> all() {
    List<RecordedShape> all = new ArrayList<>();
    try (BufferedReader lines = open()) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.add(parse(all.size() + 2, line));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  private static BufferedReader open() throws IOException {
    var file = RecordedShape.class.getResourceAsStream("shapes.csv.gz");
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Objects.requireNonNull(file)), StandardCharsets.UTF_8));
  }

  private static RecordedShape parse(int number, String line) {
    String[] cells = line.split(",", -1);
    Map<String, String> arguments = new LinkedHashMap<>();
    for (String argument : cells[1].isEmpty() ? new String[0] : cells[1].split(";", -1)) {
      String[] nameAndValue = argument.split("=", 2);
      arguments.put(nameAndValue[0], nameAndValue[1]);
    }
    List<Shape> inputs = new ArrayList<>();
    for (String input : cells[2].split("\\|", -1)) {
      inputs.add(shape(input));
    }
    return new RecordedShape(number, cells[0], arguments, inputs, cells[3]);
  }

  private static Shape shape(String text) {
    if (text.equals("scalar")) {
      return Shape.of();
    }
    String[] sizes = text.split("x", -1);
    long[] numbers = new long[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      numbers[i] = Long.parseLong(sizes[i]);
    }
    return Shape.of(numbers);
  }

  boolean refused() {
    return output.equals(ERROR);
  }

  String text(String argument) {
    return Objects.requireNonNull(arguments.get(argument), () -> this + " has no " + argument);
  }

  int number(String argument) {
    return Integer.parseInt(text(argument));
  }

  boolean flag(String argument) {
    return number(argument) == 1;
  }

  int[] ints(String argument) {
    String[] words = text(argument).split(" ", -1);
    int[] numbers = new int[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Integer.parseInt(words[i]);
    }
    return numbers;
  }

  long[] longs(String argument) {
    int[] ints = ints(argument);
    long[] numbers = new long[ints.length];
    for (int i = 0; i < ints.length; i++) {
      numbers[i] = ints[i];
    }
    return numbers;
  }

  double[] doubles(String argument) {
    String[] words = text(argument).split(" ", -1);
    double[] numbers = new double[words.length];
    for (int i = 0; i < words.length; i++) {
      numbers[i] = Double.parseDouble(words[i]);
    }
    return numbers;
  }

  @Override
  public String toString() {
    return "line %d: %s%s of %s".formatted(line, op, arguments, inputs);
  }
}
