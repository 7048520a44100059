package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/output.schema.json promises is what comes out. */
class OutputSchemaTest {
  private static final Path SCHEMA = Path.of("../../docs/output.schema.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String written(String request, String format) {
    List<String> line = new ArrayList<>(Arrays.asList(request.split(" ")));
    line.addAll(List.of("--format", format));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    assertThat(Main.run(out, new PrintWriter(err, true), line.toArray(String[]::new)))
        .as(err.toString())
        .isZero();
    return out.toString();
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "compare, compare resnet18 vit_b_16 -b 1,2 -r 224,256",
    "compare, compare vit_b_16 -c thop --coverage",
    "compare-long, compare vit_b_16 -c all --long",
    "compare-long, compare resnet18 -c mac --long --coverage",
    "layers, layers vit_b_16 -c all",
    "layers, layers resnet18 --coverage",
    "explain, explain swin_t --from mac --to ptflops",
    "explain, explain resnet18 --by kind --top 2",
    "explain-layers, explain resnet18 --by layer",
    "identify, identify 4.09G -c mac,thop --model resnet50",
    "identify, explain resnet50 --claimed 3.8G -c mac",
    "papers, papers resnet",
    "conventions, conventions",
    "rules, conventions thop",
    "rules, conventions ptflops",
    "models, models mobilenet",
    "model, models mobilenet_v2"
  })
  void everyRow_isWhatTheSchemaSays_inTheOrderItSays(String kind, String request)
      throws IOException {
    JsonNode schemas = JSON.readTree(SCHEMA.toFile());
    JsonNode promised = schemas.get("$defs").get(kind);
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(promised);
    List<JsonNode> rows = new ArrayList<>();
    for (String line : written(request, "jsonl").split("\n")) {
      rows.add(JSON.readTree(line));
    }
    assertThat(rows).isNotEmpty();
    for (JsonNode row : rows) {
      assertThat(schema.validate(row)).as(row.toString()).isEmpty();
    }
    List<String> names = names(rows.get(0));
    List<String> order = names(promised.get("properties"));
    order.retainAll(names);
    List<String> known = new ArrayList<>(names);
    known.retainAll(order);
    assertThat(known).isEqualTo(order);

    // JSON has the same rows, but for a convention's, which is a file of one's own there.
    if (!kind.equals("rules")) {
      JsonNode all = JSON.readTree(written(request, "json"));
      assertThat(all).hasSameSizeAs(rows).containsExactlyElementsOf(rows);
    }
    assertThat(written(request, "csv").lines().findFirst()).contains(String.join(",", names));
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
