package org.whichflops.format.pt2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;

/** The exported programs that come with the tests; README.md beside them says from where. */
final class Fixtures {
  private static final Map<String, Network> READ = new ConcurrentHashMap<>();

  private Fixtures() {}

  static Path path(String name) {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource(name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every file's name. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(path("torch2.6.alexnet.static.pt2").resolveSibling("."))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".pt2"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a file was exported from: {@code resnet18} of {@code torch2.6.resnet18.static.pt2}. */
  static String model(String name) {
    return name.split("\\.", -1)[2];
  }

  /** Whether the zoo has what a file was exported from. */
  static boolean inZoo(String name) {
    return Zoo.architectures().stream().anyMatch(a -> a.name().equals(model(name)));
  }

  static Network network(String name) {
    return READ.computeIfAbsent(name, Fixtures::read);
  }

  static Network read(String name) {
    return read(path(name));
  }

  static Network read(Path path) {
    try (Content content = Content.of(path)) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
