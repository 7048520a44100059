package org.whichflops.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;
import org.whichflops.zoo.Zoo;

/**
 * Reading a model's file, beside the parser alone, which makes trees of the same bytes: Jackson of
 * JSON, protobuf of ONNX; and beside the least that a reader does: the parser, and the zoo's
 * network of that name made and run once. All open the file anew, and its archive where it is one.
 *
 * <p>Run in the repository's root: {@code java -jar benchmarks/target/benchmarks.jar
 * ReadersBenchmark}. Short runs do not warm the parsers up: {@link ReadersInTurn} takes longer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadersBenchmark {
  static final String DESCRIPTION = "description";
  static final Path FILES = Path.of("engine/formats/src/test/resources/org/whichflops/format");

  /** A file of the tests, or the description that is made of the zoo's ResNet-50. */
  @Param({
    "pt2/torch2.6.mobilenet_v2.static.pt2",
    "keras/resnet50.keras",
    "onnx/torch2.6.mobilenet_v2.op17.eval.static.onnx",
    DESCRIPTION
  })
  public String file = DESCRIPTION;

  private final ObjectMapper jackson = new ObjectMapper();
  private final Descriptor onnx = OnnxMessages.model();
  private Path path;
  private boolean temporary;

  /** Finds the file, or writes it. */
  @Setup
  public void find() throws IOException {
    path = FILES.resolve(file);
    temporary = Files.notExists(path);
    if (file.equals(DESCRIPTION)) {
      temporary = true;
      path = Files.createTempFile("whichflops", ".json");
      Files.writeString(path, Conversion.describe(Zoo.build("resnet50")));
    } else if (temporary) {
      Path compressed = FILES.resolve(file + ".gz");
      path = Files.createTempFile("whichflops", ".onnx");
      try (InputStream stream = new GZIPInputStream(Files.newInputStream(compressed))) {
        Files.copy(stream, path, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** Removes what was written. */
  @TearDown
  public void remove() throws IOException {
    if (temporary) {
      Files.delete(path);
    }
  }

  /** The file, from {@link #find} to {@link #remove}. */
  Path path() {
    return path;
  }

  /** The whole reader: a network comes out. */
  @Benchmark
  public Network read() throws IOException {
    try (Content content = Content.of(path)) {
      return ModelFiles.read(content);
    }
  }

  /** The limit: the same bytes as trees. */
  @Benchmark
  public void parseAlone(Blackhole blackhole) throws IOException {
    if (temporary) {
      try (InputStream stream = Files.newInputStream(path)) {
        blackhole.consume(
            file.equals(DESCRIPTION)
                ? jackson.readTree(stream)
                : DynamicMessage.parseFrom(onnx, stream));
      }
      return;
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        if (entry.getName().endsWith(".json")) {
          blackhole.consume(tree(zip, entry));
        }
      }
    }
  }

  /** The same, and a network from Java instead of the bytes, run once as every reader runs it. */
  @Benchmark
  public ForwardPass parseAndMake(Blackhole blackhole) throws IOException {
    parseAlone(blackhole);
    return Zoo.build(file.contains("mobilenet_v2") ? "mobilenet_v2" : "resnet50")
        .forward(org.whichflops.engine.tensor.Mode.DECOMPOSED);
  }

  private JsonNode tree(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream stream = zip.getInputStream(entry)) {
      return jackson.readTree(stream);
    }
  }
}
