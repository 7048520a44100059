package org.whichflops.format.description;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.format.Content;
import org.whichflops.format.FormatException;
import org.whichflops.format.ModelFormat;
import org.whichflops.format.json.Json;
import org.whichflops.format.json.JsonDocument;

/** Reads descriptions. */
public final class DescriptionFormat implements ModelFormat {
  private static final int PEEK = 64;

  private final Function<String, Network> zoo;

  /**
   * A reader.
   *
   * @param zoo finds a published network by name and options, for {@code zoo.resnet50()}; throws
   *     IllegalArgumentException where there is none
   */
  public DescriptionFormat(Function<String, Network> zoo) {
    this.zoo = zoo;
  }

  @Override
  public String name() {
    return "a description in JSON";
  }

  @Override
  public boolean recognises(Content content) throws IOException {
    byte[] start = content.start();
    String text = new String(start, 0, Math.min(start.length, PEEK), StandardCharsets.UTF_8);
    return text.stripLeading().startsWith("{");
  }

  @Override
  public Network read(Content content) throws IOException {
    Json root = JsonDocument.byLine(content.name(), content.stream());
    DescriptionReader.checkKeys(root);
    DescribedInput input = input(root);
    Module module = new DescriptionReader(root, zoo).read();
    List<String> uncounted = new ArrayList<>();
    Json missing = root.get("uncounted");
    if (missing != null) {
      missing.items().forEach(item -> uncounted.add(item.text()));
    }
    Network network;
    try {
      network = new Network(content.name(), module, input, root.text("note", ""), uncounted);
    } catch (ArithmeticException e) {
      throw root.error("its parameters pass 2^63 - 1");
    }
    tryOut(content.name(), network);
    return network;
  }

  /** Runs the network once, so that a mistake in it is told with its place in the file. */
  private static void tryOut(String file, Network network) {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Shape first = network.input().shape();
    List<Tensor> inputs = new ArrayList<>();
    try {
      inputs.add(pass.input(first.sizes()));
      network.input().others(first).forEach(shape -> inputs.add(pass.input(shape.sizes())));
      network.root().call(inputs.toArray(Tensor[]::new));
    } catch (ShapeException e) {
      throw e.getCause() instanceof FormatException placed
          ? placed
          : new FormatException(file, place(network, pass), String.valueOf(e.getMessage()));
    } catch (ArithmeticException e) {
      throw new FormatException(
          file, place(network, pass), "a tensor has more than 2^63 - 1 elements");
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      throw new FormatException(file, place(network, pass), String.valueOf(e.getMessage()));
    }
  }

  private static String place(Network network, ForwardPass pass) {
    return pass.runningModule() instanceof Module module ? network.path(module) : "";
  }

  private static DescribedInput input(Json root) {
    Json input = root.at("input");
    List<Shape> shapes = new ArrayList<>();
    boolean several = !input.items().isEmpty() && input.items().get(0).isArray();
    for (Json one : several ? input.items() : List.of(input)) {
      long[] sizes = new long[one.items().size()];
      for (int i = 0; i < sizes.length; i++) {
        sizes[i] = one.items().get(i).whole(1);
      }
      shapes.add(Shape.of(sizes));
    }
    if (shapes.get(0).rank() == 0) {
      throw input.error("an input has one dimension or more: [1, 3, 224, 224]");
    }
    return new DescribedInput(
        shapes,
        root.flag("resizable", shapes.get(0).rank() >= 4),
        root.flag("channels_last", false),
        root.flag("batch", true));
  }
}
