package org.whichflops.format.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.zoo.Zoo;

/** The exported graphs that come with the tests; README.md beside them says from where. */
final class Fixtures {
  private static final String ENDING = ".gz";
  private static final Map<String, Network> READ = new ConcurrentHashMap<>();

  private Fixtures() {}

  static InputStream resource(String name) {
    return Objects.requireNonNull(Fixtures.class.getResourceAsStream(name), name);
  }

  /** Every file's name: {@code torch2.6.resnet18.op17.preserve.static.onnx}. */
  static List<String> names(String folder) {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Fixtures.class.getResource(folder)).toURI()))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".onnx" + ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a file was exported from: {@code resnet18}. */
  static String model(String name) {
    return name.split("\\.", -1)[2];
  }

  static boolean inZoo(String name) {
    return Zoo.architectures().stream().anyMatch(a -> a.name().equals(model(name)));
  }

  static byte[] bytes(String name) {
    try (InputStream in = new GZIPInputStream(resource(name + ENDING))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Network network(String name) {
    return READ.computeIfAbsent(name, n -> read(n, bytes(n)));
  }

  static Network read(String name, byte[] bytes) {
    try (Content content = Content.of(name, new java.io.ByteArrayInputStream(bytes))) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
