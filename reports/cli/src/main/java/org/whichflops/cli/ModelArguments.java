package org.whichflops.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The MODEL arguments of a command: zoo names, files, or {@code -} for standard input. */
final class ModelArguments {
  private static final String STANDARD_INPUT = "-";

  /** Models enough that to make them on several threads is worth their start. */
  private static final int WORTH_THREADS = 8;

  private static final String STRICT = "--strict";
  private static final String[] ENDINGS = {".pt2", ".onnx", ".keras", ".json"};

  private ModelArguments() {}

  /** Declares the argument; {@code arity} such as {@code 1} or {@code 1..*}. */
  static void addTo(CommandSpec spec, String arity) {
    spec.addPositional(
        Specs.positional(
            "MODEL",
            arity,
            "A zoo name, with options in parentheses: mobilenet_v2(width_mult=0.75); or a file: "
                + "net.pt2, net.onnx, net.keras, net.json; or - for standard input."));
    spec.addOption(Specs.flag("Refuse a file with operations that cannot be counted.", STRICT));
  }

  /** The networks that were asked for, in order. */
  static List<Network> of(ParseResult request) {
    List<Network> networks = new ArrayList<>();
    List<String> models = request.matchedPositionalValue(0, List.of());
    if (models.indexOf(STANDARD_INPUT) != models.lastIndexOf(STANDARD_INPUT)) {
      throw new RequestException("standard input can be read once, but - is given several times");
    }
    boolean strict = request.hasMatchedOption(STRICT);
    EarlyNetworks early = Surroundings.of(request).networks();
    if (models.size() < WORTH_THREADS) {
      for (String model : models) {
        networks.add(read(model, strict, early));
      }
      return networks;
    }
    // What is wrong with the first that is wrong is what is said.
    for (Read one : all(models, strict, early)) {
      networks.add(one.network());
    }
    return networks;
  }

  /** Files are read by as many threads as there are; the zoo is quicker than threads begin. */
  private static List<Read> all(List<String> models, boolean strict, EarlyNetworks early) {
    for (String model : models) {
      if (looksLikeFile(model)) {
        return models.parallelStream().map(one -> Read.of(one, strict, early)).toList();
      }
    }
    // Another thread makes them from the first on; this one comes to meet it.
    Read[] all = new Read[models.size()];
    for (int i = all.length; i-- > 0; ) {
      all[i] = Read.of(models.get(i), strict, early);
    }
    return List.of(all);
  }

  /** A network, or why there is none. */
  private record Read(@Nullable Network read, @Nullable RuntimeException failure) {
    static Read of(String model, boolean strict, EarlyNetworks early) {
      try {
        return new Read(ModelArguments.read(model, strict, early), null);
      } catch (RuntimeException e) {
        return new Read(null, e);
      }
    }

    Network network() {
      if (read == null) {
        throw Objects.requireNonNull(failure);
      }
      return read;
    }
  }

  /** The network of one argument; refused where strict and not all of it can be counted. */
  static Network read(String model, boolean strict) {
    return read(model, strict, EarlyNetworks.NONE);
  }

  private static Network read(String model, boolean strict, EarlyNetworks early) {
    Network network = early.take(model);
    if (network == null) {
      network = looksLikeFile(model) ? file(model) : zooOrFile(model);
    }
    if (strict && !network.uncounted().isEmpty()) {
      throw new RequestException(
          "%s: cannot count %s".formatted(network.name(), String.join(", ", network.uncounted())));
    }
    return network;
  }

  /** Whether an argument is a file by its looks: a path, an ending, or {@code -}. */
  static boolean looksLikeFile(String model) {
    if (model.equals(STANDARD_INPUT) || model.indexOf('/') >= 0 || model.indexOf('\\') >= 0) {
      return true;
    }
    if (model.indexOf('.') < 0) {
      return false;
    }
    String lower = model.toLowerCase(Locale.ROOT);
    for (String ending : ENDINGS) {
      if (lower.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }

  private static Network zooOrFile(String model) {
    try {
      return Zoo.build(model);
    } catch (IllegalArgumentException noSuchModel) {
      if (isFile(model)) {
        return file(model);
      }
      throw noSuchModel;
    }
  }

  /** Whether there is a file of that name, one that does not change by being read. */
  static boolean isFile(String name) {
    try {
      return Files.isRegularFile(Path.of(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Reads a network from a file, or from standard input. */
  static Network file(String name) {
    try (Content content = open(name)) {
      return ModelFiles.read(content, Zoo::build);
    } catch (IOException e) {
      throw new RequestException("cannot read %s: %s".formatted(name, reason(e)));
    }
  }

  private static Content open(String name) throws IOException {
    if (name.equals(STANDARD_INPUT)) {
      return Content.of("stdin", System.in);
    }
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw new RequestException("'%s' is no file name".formatted(name));
    }
    if (!Files.exists(path)) {
      throw new RequestException("there is no file '%s'".formatted(name));
    }
    if (Files.isDirectory(path)) {
      throw new RequestException("'%s' is a folder, not a file".formatted(name));
    }
    if (Files.isRegularFile(path)) {
      return Content.of(path);
    }
    try (InputStream pipe = Files.newInputStream(path)) { // such as a shell's <(...)
      return Content.of(name, pipe);
    }
  }

  /** The message alone; of an AccessDeniedException that is the file's name only. */
  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }
}
