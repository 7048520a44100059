package org.whichflops.format.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
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
  /** Tests whose shapes hang on the very input that is left to the network. */
  private static final String DATA = "depends on the network's input";

  /** What nothing is known of: it is named in the note, and the file has to say its shapes. */
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
  private static final Set<String> REFUSED = new TreeSet<>();
  private static int right;

  @BeforeAll
  static void readAll() throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Fixtures.resource("node-tests.gz")))) {
      while (true) {
        String name = in.readUTF();
        String shapes = in.readUTF();
        read(name, shapes, in.readNBytes(in.readInt()));
      }
    } catch (EOFException e) {
      assertThat(right).isGreaterThan(1000);
    }
  }

  private static void read(String name, String shapes, byte[] model) {
    try {
      Network network = Fixtures.read(name, model);
      String outputs = Work.outputs(network, network.input().shape());
      if (outputs.equals(shapes) && network.uncounted().isEmpty()) {
        right++;
      } else {
        WRONG.put(name, outputs + " but " + shapes + " " + network.uncounted());
      }
    } catch (FormatException e) {
      String message = e.getMessage();
      int known = message.indexOf(" is not known");
      if (known >= 0) {
        UNKNOWN.add(message.substring(message.lastIndexOf(' ', known - 1) + 1, known));
      } else if (message.contains(DATA) || message.contains("depends on")) {
        REFUSED.add(name.replaceFirst("^test_", ""));
      } else {
        WRONG.put(name, message);
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
    assertThat(REFUSED)
        .hasSizeLessThan(50)
        .allMatch(
            name ->
                name.matches(
                    "(range|reduce|blackmanwindow|hammingwindow|hannwindow|nonzero|onehot"
                        + "|reshape_allowzero|split_zero_size).*"));
  }
}
