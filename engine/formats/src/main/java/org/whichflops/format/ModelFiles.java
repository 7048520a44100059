package org.whichflops.format;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.description.DescriptionFormat;
import org.whichflops.format.keras.KerasFormat;
import org.whichflops.format.onnx.OnnxFormat;
import org.whichflops.format.pt2.Pt2Format;

/** Reads networks from files of any known format. */
public final class ModelFiles {
  private static final List<ModelFormat> FORMATS =
      List.of(new Pt2Format(), new KerasFormat(), new OnnxFormat());

  private ModelFiles() {}

  /**
   * Reads a network, without its weights.
   *
   * @throws FormatException where the content is of no known format, or not what it should be
   */
  public static Network read(Content content) throws IOException {
    return read(
        content,
        name -> {
          throw new IllegalArgumentException("there is no zoo to take '%s' from".formatted(name));
        });
  }

  /**
   * Reads a network, without its weights.
   *
   * @param zoo finds a published network that a description builds on
   * @throws FormatException where the content is of no known format, or not what it should be
   */
  public static Network read(Content content, Function<String, Network> zoo) throws IOException {
    for (ModelFormat format : FORMATS) {
      if (format.recognises(content)) {
        return format.read(content);
      }
    }
    ModelFormat description = new DescriptionFormat(zoo);
    if (description.recognises(content)) {
      return description.read(content);
    }
    throw new FormatException(
        content.name(),
        "",
        "its content is none of "
            + FORMATS.stream().map(ModelFormat::name).collect(Collectors.joining(", "))
            + ", "
            + description.name());
  }
}
