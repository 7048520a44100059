package org.whichflops.format.description;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Callee;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;

/**
 * Any network that can be run as a description.
 *
 * <p>What a module does is seen in runs: at the network's own input, at another batch, and at other
 * resolutions. Where all of them make the same calls, the description follows its input as far as
 * they tell; else it holds at fewer inputs and says so. Every description is read back and run
 * beside the network before it is given out, at inputs it was not made from too.
 */
public final class Conversion {
  private Conversion() {}

  /**
   * The description of a network.
   *
   * @throws ConversionException where it cannot be written
   */
  public static String describe(Network network) {
    InputSize input = network.input();
    Shape own = input.shape();
    ForwardPass run = network.forward(Mode.DECOMPOSED);
    Shape batched = at(network, input.batch() + 2, input.height(), input.width());
    boolean anyBatch = batched != null && sameCalls(run, network.forward(Mode.DECOMPOSED, batched));
    List<Shape> resized = anyBatch ? resized(network, run) : List.of();
    Shape first = own;
    Shape second = at(network, input.batch() + 1, input.height(), input.width());
    if (!anyBatch && batched != null && second != null) {
      // One image may run as other operators than several do, since a size of 1 leaves an order of
      // numbers open; several then tell what a batch does, and one is looked at when they have.
      anyBatch =
          sameCalls(
              network.forward(Mode.DECOMPOSED, second), network.forward(Mode.DECOMPOSED, batched));
      first = anyBatch ? second : own;
    }
    List<List<Shape>> attempts = new ArrayList<>();
    if (resized.size() > 2) {
      List<Shape> all = new ArrayList<>(List.of(own, java.util.Objects.requireNonNull(batched)));
      all.addAll(resized.subList(0, resized.size() - 1));
      attempts.add(all);
    }
    if (anyBatch) {
      attempts.add(List.of(first, java.util.Objects.requireNonNull(batched)));
    }
    attempts.add(List.of(own));
    ConversionException failure = null;
    for (List<Shape> attempt : attempts) {
      try {
        List<Shape> checked = new ArrayList<>(attempt);
        if (attempt.size() > 2) {
          checked.add(resized.get(resized.size() - 1));
        } else if (attempt.size() == 2) {
          Shape further = at(network, input.batch() + 5, input.height(), input.width());
          checked.add(further == null ? own : further);
          checked.add(own);
        }
        boolean resizable = !resized.isEmpty() || isResizable(network);
        String text = write(network, attempt, resizable, Set.of());
        Set<Integer> odd = check(network, text, checked);
        if (!odd.isEmpty()) {
          text = write(network, attempt, resizable, odd);
          check(network, text, checked);
        }
        return text;
      } catch (ConversionException e) {
        failure = failure == null || attempt.size() == 1 ? e : failure;
      }
    }
    throw new ConversionException(
        "%s cannot be written as a description: %s"
            .formatted(
                network.name(), failure == null ? "it cannot be run" : failure.getMessage()));
  }

  /** Whether the network itself takes another resolution at all. */
  private static boolean isResizable(Network network) {
    InputSize input = network.input();
    return input.hasResolution()
        && at(network, input.batch(), input.height() + 32, input.width() + 64) != null;
  }

  /** Other resolutions at which the network does the same; none unless it does at every one. */
  private static List<Shape> resized(Network network, ForwardPass run) {
    InputSize input = network.input();
    List<Shape> shapes = new ArrayList<>();
    if (!input.hasResolution()) {
      return shapes;
    }
    long[][] sizes = {
      {input.height() + 32, input.width() + 64},
      {input.height() + 128, input.width() + 96},
      {input.height() + 75, input.width() + 41},
      {input.height() + 96, input.width() + 32}
    };
    for (long[] size : sizes) {
      Shape shape = at(network, input.batch() + 1, size[0], size[1]);
      if (shape == null && size[0] % 2 != input.height() % 2) {
        continue; // many networks take multiples of 32 only; so will their description
      }
      if (shape == null || !sameCalls(run, network.forward(Mode.DECOMPOSED, shape))) {
        return List.of();
      }
      shapes.add(shape);
    }
    return shapes;
  }

  /** An input that the network takes, or null. */
  private static @Nullable Shape at(Network network, long batch, long height, long width) {
    try {
      Shape shape =
          network.input().hasResolution()
              ? network.input().at(batch, height, width)
              : network.input().at(batch);
      network.forward(Mode.DECOMPOSED, shape);
      return shape;
    } catch (ShapeException | IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean sameCalls(ForwardPass a, ForwardPass b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same =
          a.call(i).callee() == b.call(i).callee()
              && a.call(i).outputCount() == b.call(i).outputCount()
              && a.call(i).inputCount() == b.call(i).inputCount();
    }
    return same;
  }

  private static String write(
      Network network, List<Shape> samples, boolean resizable, Set<Integer> recorded) {
    List<ForwardPass> passes = new ArrayList<>();
    samples.forEach(shape -> passes.add(network.forward(Mode.DECOMPOSED, shape)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", network.name());
    List<Object> inputs = new ArrayList<>();
    inputs.add(sizes(network.input().shape()));
    network.input().others(network.input().shape()).forEach(shape -> inputs.add(sizes(shape)));
    fields.put("input", inputs.size() == 1 ? inputs.get(0) : inputs);
    boolean follows = samples.size() > 2;
    List<String> notes = new ArrayList<>();
    String note = network.note();
    if (!network.uncounted().isEmpty()) {
      fields.put("uncounted", new ArrayList<Object>(network.uncounted()));
      int said = note.indexOf("not counted: "); // Network says it of the list
      note = said < 0 ? note : note.substring(0, said).replaceFirst("; $", "");
    }
    if (!note.isEmpty()) {
      notes.add(note);
    }
    if (network.input().hasResolution()) {
      fields.put("resizable", follows);
      if (channelsLast(network.input())) {
        fields.put("channels_last", true);
      }
      if (!follows && resizable) {
        notes.add("written at %s: holds at no other resolution".formatted(samples.get(0)));
      }
    }
    if (samples.size() == 1) {
      fields.put("batch", false);
      notes.add("written at %s: holds at no other batch".formatted(samples.get(0)));
    }
    if (!notes.isEmpty()) {
      fields.put("note", String.join("; ", notes));
    }
    fields.putAll(new DescriptionWriter(network, passes, recorded).write());
    return JsonText.of(fields);
  }

  /** Whether another height and width change sizes before the last. */
  private static boolean channelsLast(InputSize input) {
    try {
      long[] other = input.at(input.batch(), input.height() + 1, input.width() + 1).sizes();
      return other[other.length - 1] == input.shape().size(-1);
    } catch (IllegalArgumentException e) {
      return false; // of one size only
    }
  }

  private static List<Object> sizes(Shape shape) {
    List<Object> sizes = new ArrayList<>();
    Arrays.stream(shape.sizes()).forEach(sizes::add);
    return sizes;
  }

  /**
   * Reads a description back and holds it against the network, call by call.
   *
   * @return the function calls, by their place, that come out as other operators; where a
   *     description holds at several inputs they are the same at each
   */
  private static Set<Integer> check(Network network, String text, List<Shape> shapes) {
    Network described;
    try (Content content =
        Content.of(
            network.name(), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
      described =
          new DescriptionFormat(
                  name -> {
                    throw new IllegalArgumentException("no zoo here");
                  })
              .read(content);
    } catch (FormatException e) {
      throw new ConversionException(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (described.parameters() != network.parameters()
        || described.trainableParameters() != network.trainableParameters()
        || described.modules().size() != network.modules().size()) {
      throw new ConversionException("its parameters come out differently");
    }
    Set<Integer> odd = new TreeSet<>();
    for (Shape shape : shapes) {
      try {
        ForwardPass expected = network.forward(Mode.DECOMPOSED, shape);
        ForwardPass actual = described.forward(Mode.DECOMPOSED, shape);
        odd.addAll(OddCalls.of(expected, actual));
        if (odd.isEmpty()) {
          compare(network, expected, actual);
        }
      } catch (ShapeException e) {
        throw new ConversionException(String.valueOf(e.getMessage()));
      }
    }
    return odd;
  }

  private static void compare(Network network, ForwardPass expected, ForwardPass actual) {
    int at = 0;
    for (int i = 0; i < expected.size(); i++) {
      Call call = expected.call(i);
      if (isSilent(call)) {
        continue;
      }
      while (at < actual.size() && isSilent(actual.call(at))) {
        at++;
      }
      if (at == actual.size() || !same(call, actual.call(at))) {
        throw new ConversionException(
            "in '%s' %s of %s comes out as %s"
                .formatted(
                    network.path(expected, call),
                    call,
                    call.outputCount() == 0 ? "nothing" : call.output(0),
                    at == actual.size()
                        ? "nothing"
                        : actual.call(at)
                            + " of "
                            + (actual.call(at).outputCount() == 0
                                ? "nothing"
                                : actual.call(at).output(0))));
      }
      at++;
    }
    while (at < actual.size() && isSilent(actual.call(at))) {
      at++;
    }
    if (at < actual.size()) {
      throw new ConversionException("a call of %s comes in addition".formatted(actual.call(at)));
    }
  }

  /** Operators that only rearrange; how a subscript falls into them may differ. */
  private static boolean isSilent(Call call) {
    if (call.callee().kind() != Callee.Kind.OPERATOR) {
      return false;
    }
    for (Label label : Label.values()) {
      if (call.arithmetic(label) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean same(Call a, Call b) {
    boolean same =
        a.callee().kind() == b.callee().kind()
            && a.callee().key().equals(b.callee().key())
            && a.outputCount() == b.outputCount();
    for (int i = 0; same && i < a.outputCount(); i++) {
      same = a.output(i).shape().equals(b.output(i).shape());
    }
    for (int i = 0; same && i < Math.min(a.inputCount(), b.inputCount()); i++) {
      same = a.input(i).shape().equals(b.input(i).shape());
    }
    for (Label label : same ? Label.values() : new Label[0]) {
      same &= a.arithmetic(label) == b.arithmetic(label);
    }
    return same;
  }
}
