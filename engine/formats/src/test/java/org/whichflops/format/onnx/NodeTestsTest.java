package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.whichflops.engine.nn.Network;
import org.whichflops.format.FormatException;

/** Every operator against ONNX's own tests of it: the shapes of the outputs. */
class NodeTestsTest {
  /** What nothing is known of: it is named in the note, with what follows it. */
  private static final Set<String> NOT_KNOWN =
      new TreeSet<>(
          Set.of(
              "AffineGrid",
              "Attention",
              "BitCast",
              "BlackmanWindow",
              "CausalConvWithState",
              "CenterCropPad",
              "Col2Im",
              "Compress",
              "CumProd",
              "DFT",
              "Det",
              "HammingWindow",
              "HannWindow",
              "ImageDecoder",
              "LinearAttention",
              "MaxUnpool",
              "MeanVarianceNormalization",
              "MelWeightMatrix",
              "NegativeLogLikelihoodLoss",
              "NonMaxSuppression",
              "OptionalGetElement",
              "OptionalHasElement",
              "RegexFullMatch",
              "RoiAlign",
              "RotaryEmbedding",
              "STFT",
              "Scan",
              "SoftmaxCrossEntropyLoss",
              "StringConcat",
              "StringNormalizer",
              "StringSplit",
              "SwiGLU",
              "TensorScatter",
              "TfIdfVectorizer",
              "Unique"));

  private static final Map<String, String> WRONG = new TreeMap<>();
  private static final Set<String> UNKNOWN = new TreeSet<>();

  /** Tests whose shapes hang on the very input that is left to the network. */
  private static final Set<String> HANGING = new TreeSet<>();

  private static int right;

  @BeforeAll
  static void readAll() throws IOException {
    for (String tests : List.of("node-tests.gz", "older-node-tests.gz")) {
      int before = right;
      try (DataInputStream in =
          new DataInputStream(new GZIPInputStream(Fixtures.resource(tests)))) {
        while (true) {
          String name = in.readUTF();
          String shapes = in.readUTF();
          read(name, shapes, in.readNBytes(in.readInt()));
        }
      } catch (EOFException e) {
        assertThat(right - before).as(tests).isGreaterThan(1000);
      }
    }
  }

  private static void read(String name, String shapes, byte[] model) {
    try {
      Network network = Fixtures.read(name, model);
      String outputs = Work.outputs(network, network.input().shape());
      if (!network.uncounted().isEmpty()) {
        String op = network.uncounted().get(0).replaceFirst(" \\(.*", "");
        if (NOT_KNOWN.contains(op)) {
          UNKNOWN.add(op);
        } else {
          HANGING.add(name.replaceFirst("^test_", ""));
        }
      } else if (outputs.equals(shapes)) {
        right++;
      } else {
        WRONG.put(name, outputs + " but " + shapes);
      }
    } catch (FormatException e) {
      if (e.getMessage().contains("how often it runs depends on data")) {
        HANGING.add(name.replaceFirst("^test_", ""));
      } else {
        WRONG.put(name, e.getMessage());
      }
    }
  }

  @Test
  void shapes_ofEveryKnownOperator_areOnnxs() {
    assertThat(WRONG).isEmpty();
    assertThat(right).isGreaterThanOrEqualTo(1400);
  }

  @Test
  void operators_thatAreNotKnown_areThese() {
    assertThat(UNKNOWN).isEqualTo(NOT_KNOWN);
  }

  /** Those whose sizes come from the one input that the network has here. */
  @Test
  void tests_whoseShapesHangOnData_areFew() {
    assertThat(HANGING)
        .hasSizeLessThan(60)
        .allMatch(
            name ->
                name.matches(
                    "(range|reduce|blackmanwindow|hammingwindow|hannwindow|nonzero|onehot"
                        + "|reshape_allowzero|split_zero_size).*"));
  }
}
