package org.whichflops.cli;

import java.io.ByteArrayInputStream;
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

/** The ONNX files that the reader is tested with; README.md beside them says from where. */
final class OnnxFiles {
  private static final String FOLDER = "/org/whichflops/format/onnx/";
  private static final Map<String, Network> READ = new ConcurrentHashMap<>();

  private OnnxFiles() {}

  /** Every file's name: {@code torch2.6.resnet18.op17.preserve.static.onnx}. */
  static List<String> names() {
    try (Stream<Path> files = Files.list(Path.of(resource("README.md").toURI()).getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".onnx.gz"))
          .map(name -> name.substring(0, name.length() - ".gz".length()))
          .sorted()
          .toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a file was exported from: {@code resnet18}. */
  static String model(String name) {
    return name.split("\\.", -1)[2];
  }

  static Network network(String name) {
    return READ.computeIfAbsent(name, OnnxFiles::read);
  }

  private static Network read(String name) {
    try (InputStream packed = resource(name + ".gz").openStream();
        InputStream bytes = new GZIPInputStream(packed);
        Content content = Content.of(name, new ByteArrayInputStream(bytes.readAllBytes()))) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether batch norms have become part of the convolutions before them. */
  static boolean folded(String name) {
    return network(name).note().contains("batch norms are folded");
  }

  private static java.net.URL resource(String name) {
    return Objects.requireNonNull(OnnxFiles.class.getResource(FOLDER + name), name);
  }
}
