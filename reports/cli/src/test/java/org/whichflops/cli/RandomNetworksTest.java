package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;
import org.whichflops.format.description.Conversion;
import org.whichflops.format.description.ConversionException;
import org.whichflops.zoo.Zoo;

/**
 * Networks that nobody would build, grown at random, and what the real tools counted in them: the
 * README beside the data says how. Every number must be equal, and where a tool fails there must be
 * none.
 */
class RandomNetworksTest {
  private static final Conventions CONVENTIONS = Conventions.installed();
  private static final List<JsonNode> NETWORKS = networks();

  private static List<JsonNode> networks() {
    ObjectMapper jackson = new ObjectMapper();
    List<JsonNode> networks = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(resource("networks.jsonl.gz")), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        networks.add(jackson.readTree(line));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return networks;
  }

  @TestFactory
  Stream<DynamicTest> everyTool_countsWhatItCounted() {
    return each(network -> network);
  }

  /** What is written of a network counts the same; a module must do the same in every call. */
  @TestFactory
  Stream<DynamicTest> description_writtenAndRead_countsTheSame() {
    return each(
        network -> {
          try {
            return read(Conversion.describe(network));
          } catch (ConversionException e) {
            assertThat(e).hasMessageEndingWith("it does not do the same in every call");
            return network;
          }
        });
  }

  /** What torch exports of a network counts the same, where the file tells enough. */
  @TestFactory
  Stream<DynamicTest> exportedFile_countsTheSame() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(resource("exported.zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        byte[] file = zip.readAllBytes();
        JsonNode line = NETWORKS.get(Integer.parseInt(name.substring(0, name.indexOf('.'))) - 1);
        tests.add(
            dynamicTest(
                name,
                () ->
                    assertThat(counts(read(name, file), line))
                        .as("%s", line.get("network"))
                        .isEqualTo(recorded(line))));
      }
    }
    return tests.stream();
  }

  private static InputStream resource(String name) {
    return Objects.requireNonNull(
        RandomNetworksTest.class.getResourceAsStream("random/" + name), name);
  }

  private static Stream<DynamicTest> each(UnaryOperator<Network> change) {
    return IntStream.range(0, NETWORKS.size())
        .mapToObj(
            i ->
                dynamicTest(
                    "line " + (i + 1),
                    () -> {
                      JsonNode line = NETWORKS.get(i);
                      Network network = change.apply(read(line.get("network").toString()));
                      assertThat(counts(network, line))
                          .as("%s", line.get("network"))
                          .isEqualTo(recorded(line));
                    }));
  }

  private static Map<String, String> recorded(JsonNode network) {
    Map<String, String> recorded = new TreeMap<>();
    for (Map.Entry<String, JsonNode> count : network.get("counts").properties()) {
      recorded.put(count.getKey(), count.getValue().isNull() ? "" : count.getValue().asText());
    }
    return recorded;
  }

  private static Map<String, String> counts(Network network, JsonNode recorded) {
    TrueCounts.Counted counted = new TrueCounts.Counted(network);
    Map<String, String> counts = new TreeMap<>();
    recorded
        .get("counts")
        .fieldNames()
        .forEachRemaining(id -> counts.put(id, count(counted, id, network.input().shape())));
    return counts;
  }

  private static String count(TrueCounts.Counted counted, String convention, Shape input) {
    try {
      OptionalLong total = counted.total(CONVENTIONS.find(convention), input);
      return total.isPresent() ? Long.toString(total.getAsLong()) : "";
    } catch (ToolFailureException e) {
      return "";
    }
  }

  private static Network read(String description) {
    return read("net.json", description.getBytes(StandardCharsets.UTF_8));
  }

  private static Network read(String name, byte[] file) {
    try (Content content = Content.of(name, new ByteArrayInputStream(file))) {
      return ModelFiles.read(content, Zoo::build);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
