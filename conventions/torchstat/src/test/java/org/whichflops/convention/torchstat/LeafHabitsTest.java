package org.whichflops.convention.torchstat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Conv.convTranspose2d;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.PReLU;
import org.whichflops.engine.nn.Recurrent;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.nn.Softmax;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.zoo.Zoo;

/**
 * What surprises in torchstat and ceykmc's pytorch_model_summary. Every number without a derivation
 * was returned by torchstat's own code (commit b52a3b0) on torch 2.6.0 and torchvision 0.21.0, each
 * model in a process of its own.
 */
class LeafHabitsTest {
  private static final Conventions FAMILY = Conventions.of(List.of(new TorchstatFamily()));

  private static long total(String id, Network network, Shape input) {
    Convention convention = FAMILY.find(id);
    return convention.counter(network).total(network.forward(convention.mode(), input));
  }

  private static long total(String id, Module root, long... input) {
    return total(id, new Network("case", root, InputSize.fixed(input)), Shape.of(input));
  }

  @ParameterizedTest
  @CsvSource({
    "efficientnet_b0, 399299484, 791841592, 5288548",
    "regnet_y_400mf, 413213488, 818936416, 4344144",
    "mnasnet0_5, 113275968, 220796376, 2218512",
    "vgg11_bn, 7644923904, 15259900440, 132868840",
    "shufflenet_v2_x0_5, 43646944, 85447352, 1366792"
  })
  void model_inAProcessOfItsOwn_isCounted(String model, long flops, long madd, long parameters) {
    Network network = Zoo.build(model);
    Convention convention = FAMILY.find("torchstat");
    ForwardPass pass = network.forward(convention.mode());

    assertThat(convention.counter(network).total(pass)).isEqualTo(flops);
    assertThat(convention.counter(network).parameters(pass)).isEqualTo(parameters);
    assertThat(FAMILY.find("torchstat-madd").counter(network).total(pass)).isEqualTo(madd);
  }

  @Test
  void adaptivePool_isMissingInTorchstat_andAnAverageInCeykmcsPublishedTable() {
    long[] input = {1, 2048, 7, 7};

    assertThat(total("torchstat", adaptiveAvgPool2d(1), input)).isZero();
    assertThat(total("torchstat-madd", adaptiveAvgPool2d(1), input)).isZero();
    assertThat(total("ceykmc-madd", adaptiveAvgPool2d(1), input)).isEqualTo(7 * 7 * 2048);
    assertThat(total("ceykmc-madd(adaptive_pool=none)", adaptiveAvgPool2d(1), input)).isZero();
  }

  @Test
  void batch_isOneWhateverIsAskedFor() {
    Network network = Zoo.build("resnet18");

    assertThat(total("torchstat", network, Shape.of(32, 3, 224, 224))).isEqualTo(1821399040L);
    assertThat(total("torchstat-madd", network, Shape.of(32, 3, 224, 224))).isEqualTo(3638757912L);
  }

  @Test
  void moduleCalledTwice_keepsItsLastCallOnly() {
    Module twice =
        new Module(ModuleType.of("Twice")) {
          private final Module r = child("r", relu());

          @Override
          protected Tensor forward(Tensor x) {
            return r.call(r.call(x).slice(1, 0, 1));
          }
        };

    assertThat(total("torchstat", twice, 1, 3, 8, 8)).isEqualTo(8 * 8);
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        arguments(
            Upsample.upsample(InterpolationArguments.by(Interpolation.NEAREST, 2)), 3, 8, 256, 0),
        arguments(conv2d(3, 8, 3), 3, 16, 43904, 84672),
        arguments(convTranspose2d(8, 6, 3).groups(2), 8, 14, 0, 84672),
        arguments(Softmax.softmax(1), 6, 16, 0, 4607),
        arguments(new PReLU(6), 6, 16, 1536, 0),
        arguments(Activation.elu(), 6, 16, 1536, 0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void layer_isWhatTorchstatReturned(
      Module layer, long channels, long size, long flops, long madd) {
    assertThat(total("torchstat", layer, 1, channels, size, size)).isEqualTo(flops);
    assertThat(total("torchstat-madd", layer, 1, channels, size, size)).isEqualTo(madd);
  }

  /** A class derived from nn.Conv2d. */
  private static final ModuleType DERIVED = conv2d(1, 1, 1).type().subclass("Conv2dLike");

  private static Module derived() {
    return Conv.conv2d(3, 3, 1).as(DERIVED);
  }

  /** A class derived from nn.Sequential, as torchvision's Conv2dNormActivation is. */
  private static Module block(Module... modules) {
    return new Sequential(Sequential.TYPE.subclass("Block"), modules);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments("linear layer over rows", new Linear(8, 4), "AssertionError:"),
        arguments(
            "empty nn.Sequential beside a class derived from it",
            new Sequential(new Sequential(), block(relu())),
            "AssertionError:"),
        arguments(
            "leaf of a derived class after one of its base",
            new Sequential(conv2d(3, 3, 1), derived()),
            "RecursionError: maximum recursion depth exceeded"),
        arguments(
            "several outputs",
            new Sequential(
                new Module(ModuleType.of("First")) {
                  private final Recurrent lstm = child("lstm", Recurrent.lstm(8, 5));

                  @Override
                  protected Tensor forward(Tensor x) {
                    return lstm.call(new Tensor[] {x.get(0, 0)})[0];
                  }
                }),
            "AttributeError: 'tuple' object has no attribute 'size'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void total_whereTorchstatFails_failsWithItsMessage(String name, Module root, String message) {
    assertThatThrownBy(() -> total("torchstat", root, 1, 3, 8, 8))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage(message);
  }

  @Test
  void derivedClassBeforeItsBase_isCounted() {
    assertThat(total("torchstat", new Sequential(derived(), conv2d(3, 3, 1)), 1, 3, 8, 8))
        .isEqualTo(2 * (9 + 3) * 64);
  }

  @Test
  void inputThatIsNoImage_failsTheToolsAssertion() {
    assertThatThrownBy(() -> total("torchstat", relu(), 1, 3, 4, 8, 8))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("AssertionError:");
  }

  @Test
  void bytesBeyond32Bits_overflowInTorchstatAlone() {
    long[] huge = {1, 1L << 16, 1L << 15, 1};

    assertThatThrownBy(() -> total("torchstat", relu(), huge))
        .isInstanceOf(ToolFailureException.class)
        .hasMessage("OverflowError: Python integer 2147483648 out of bounds for int32");
    assertThat(total("ceykmc-madd", relu(), huge)).isEqualTo(1L << 31);
  }

  @Test
  void resNet50_layerByLayer_isCeykmcsPublishedTable() throws IOException {
    Network network = Zoo.build("resnet50");
    Convention convention = FAMILY.find("ceykmc-madd");
    ForwardPass pass = network.forward(convention.mode());
    Counter counter = convention.counter(network);
    Tally tally = counter.tally(pass);
    List<String[]> published = published();

    assertThat(tally.lines().stream())
        .extracting(
            line -> network.path((Module) pass.call(line.call()).callee()), Tally.Line::amount)
        .containsExactlyInAnyOrderElementsOf(
            published.stream().map(row -> tuple(row[1], Long.parseLong(row[7]))).toList());
    assertThat(counter.total(pass)).isEqualTo(8_219_737_624L);
    assertThat(published.stream().mapToLong(row -> Long.parseLong(row[5])).sum())
        .isEqualTo(counter.parameters(pass));
  }

  private static List<String[]> published() throws IOException {
    List<String[]> rows = new ArrayList<>();
    try (InputStream file =
            Objects.requireNonNull(
                LeafHabitsTest.class.getResourceAsStream("ceykmc_resnet50.csv.gz"));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(line.split(",", -1));
      }
    }
    return rows;
  }
}
