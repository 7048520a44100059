package org.whichflops.format.pt2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.format.Content;
import org.whichflops.format.ModelFiles;

/** What a file does not tell is said; what it does is read from wherever it is. */
class WhatFilesTellTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch2.6.resnet18.static.pt2          | ''",
        "torch2.6.swin_t.static.pt2            | ''",
        "torch2.13.resnet18.strict.pt2         | ''",
        "torch2.13.resnet18.static.pt2         | x + y and x.add(y) are the same",
        "torch2.6.resnet18.train.pt2           | exported in training mode",
        "torch2.6.googlenet.static.pt2         | aux1, aux2 may have some",
        "torch2.6.hand_torch_encoder.static.pt2 | no calls of modules whose parameters are used",
      })
  void note_saysWhatTheFileDoesNot(String file, String expected) {
    String note = Fixtures.network(file).note();
    if (expected.isEmpty()) {
      assertThat(note).isEmpty();
    } else {
      assertThat(note).contains(expected);
    }
  }

  /** Of the module itself: 314 parameters, a weight that two modules share counted once. */
  @ParameterizedTest
  @CsvSource({
    "as-written/torch2.6.hand_mixed.static.full.pt2",
    "as-written/torch2.13.hand_mixed.static.full.pt2",
    "torch2.13.hand_mixed.static.pt2",
    "torch2.13.hand_mixed.core_aten.pt2"
  })
  void storedTensors_tellUnusedAndTiedParameters(String file) {
    assertThat(Fixtures.network(file).parameters()).isEqualTo(314);
  }

  @Test
  void operatorThatIsNotKnown_doesNotStopTheCount_andIsNamed() throws IOException {
    String json =
        HostileFileTest.json("torch2.6.hand_unet.static.pt2")
            .replace("torch.ops.aten.cat.default", "torch.ops.mine.cat.default");
    Network network = Fixtures.read(pack("net.pt2", json));
    assertThat(network.uncounted()).singleElement().asString().startsWith("mine.cat.default (cat");
    assertThat(network.note()).contains("not counted: mine.cat.default (cat");
    assertThat(network.parameters()).isEqualTo(117778);
  }

  @Test
  void expressionThatIsNotUnderstood_isGoodForTheExportedInputOnly() throws IOException {
    String json =
        HostileFileTest.json("torch2.6.hand_unet.dynNHW4.pt2")
            .replace(
                "Mul(Integer(2), Symbol('s3', positive=True, integer=True))",
                "Novel(Symbol('s3', positive=True, integer=True))");
    Network network = Fixtures.read(pack("net.pt2", json));
    assertThat(network.forward(Mode.CPU_GRAD).size()).isPositive();
    assertThatThrownBy(() -> network.forward(Mode.CPU_GRAD, network.input().at(2, 96, 96)))
        .hasMessageContaining("understood at the exported size only");
  }

  /** The 2.1 and 2.2 schemas: a whole number for the version, None as [], plain sizes. */
  @Test
  void olderSchemas_areRead() throws IOException {
    String json =
        HostileFileTest.json("torch2.6.hand_mixed.static.pt2")
            .replaceAll("\"schema_version\":\\{[^}]*\\}", "\"schema_version\":2")
            .replace("{\"as_none\":true}", "{\"as_none\":[]}");
    assertThat(Fixtures.read(pack("net.pt2", json)).parameters()).isEqualTo(239);
  }

  @Test
  void fileFromAStream_isReadLikeAnyOther() throws IOException {
    byte[] bytes = Files.readAllBytes(Fixtures.path("as-written/torch2.13.hand_gru.static.pt2"));
    try (InputStream stream = new ByteArrayInputStream(bytes);
        Content content = Content.of("-", stream)) {
      Network network = ModelFiles.read(content);
      assertThat(network.name()).isEqualTo("-");
      assertThat(network.parameters()).isEqualTo(7604);
    }
  }

  private Path pack(String name, String json) throws IOException {
    Path path = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
      zip.putNextEntry(new ZipEntry("serialized_exported_program.json"));
      zip.write(json.getBytes(StandardCharsets.UTF_8));
    }
    return path;
  }
}
