package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.golden.GoldenLayers;
import org.whichflops.golden.RecordedLayer;
import org.whichflops.golden.RecordedLayers;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;

/** Layer by layer, a file counts what tools that count modules held for its model. */
class LayersOfFilesTest {
  private static final List<String> TOOLS = List.of("thop", "ptflops");

  /** ONNX files of which docs/formats.md says that ptflops comes out higher. */
  private static final Set<String> HIGHER = Set.of("swin_v2_t");

  /** A file and what a tool held for its model at an input that the file takes. */
  private record Held(String file, Network network, String tool, RecordedLayers layers) {}

  private static Network pt2(Path file) {
    try (Content content = Content.of(file)) {
      return ModelFiles.read(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Held> held() {
    List<Held> all = new ArrayList<>();
    for (String tool : TOOLS) {
      List<RecordedLayers> recorded =
          GoldenLayers.of(tool).stream().filter(one -> one.variant().isEmpty()).toList();
      for (Path file : Pt2CountsTest.files()) {
        String name = file.getFileName().toString();
        if (!name.contains("core_aten")) {
          add(all, name, Pt2CountsTest.model(file), pt2(file), tool, recorded);
        }
      }
      for (String file : OnnxFiles.names()) {
        if (!OnnxFiles.folded(file) && !HIGHER.contains(OnnxFiles.model(file))) {
          add(all, file, OnnxFiles.model(file), OnnxFiles.network(file), tool, recorded);
        }
      }
    }
    return all;
  }

  private static void add(
      List<Held> all,
      String file,
      String model,
      Network network,
      String tool,
      List<RecordedLayers> recorded) {
    TrueCounts.Counted count = new TrueCounts.Counted(network);
    recorded.stream()
        .filter(layers -> layers.model().equals(model))
        .filter(layers -> count.takes(input(layers)))
        .forEach(layers -> all.add(new Held(file, network, tool, layers)));
  }

  private static Shape input(RecordedLayers layers) {
    return Shape.of(layers.batch(), 3, layers.height(), layers.width());
  }

  @TestFactory
  Stream<DynamicTest> layers_ofFile_areWhatTheToolHeldForItsModel() {
    return held().stream()
        .map(
            held ->
                dynamicTest(
                    "%s of %s at %s".formatted(held.tool(), held.file(), input(held.layers())),
                    () -> compare(held)));
  }

  private static void compare(Held held) {
    Convention convention = Conventions.installed().find(held.tool());
    Map<String, Layer> rows = new HashMap<>();
    Layers.of(held.network(), input(held.layers()), List.of(convention))
        .rows()
        .forEach(row -> rows.put(row.path(), row));
    int compared = 0;
    for (RecordedLayer layer : held.layers().layers()) {
      Layer row = rows.get(layer.path());
      long expected = layer.count().isEmpty() ? 0 : new BigDecimal(layer.count()).longValueExact();
      assertThat(row == null ? 0 : row.count(0)).as(layer.path()).isEqualTo(expected);
      compared += expected > 0 ? 1 : 0;
    }
    assertThat(compared).isPositive();
  }

  @Test
  void files_areOfBothFormats() {
    List<Held> held = held();
    assertThat(held.stream().filter(one -> one.file().endsWith(".pt2"))).hasSizeGreaterThan(60);
    assertThat(held.stream().filter(one -> one.file().endsWith(".onnx"))).hasSizeGreaterThan(20);
  }
}
