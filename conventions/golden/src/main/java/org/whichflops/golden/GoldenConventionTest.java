package org.whichflops.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.Conventions;
import org.whichflops.convention.Counter;
import org.whichflops.convention.Tally;
import org.whichflops.convention.ToolFailureException;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * Holds a convention against everything its tool was seen to return: whole models, their layers,
 * and single layers. Every number is exact; where the tool failed, so does the convention.
 */
public abstract class GoldenConventionTest {
  private static final int LONGEST_MESSAGE = 200;
  private static final Map<String, Network> NETWORKS = new ConcurrentHashMap<>();

  private final Conventions conventions;
  private final List<String> ids;

  /**
   * A test of some of a family's conventions.
   *
   * @param ids as recorded, options included: {@code ptflops(grad=false)}
   */
  protected GoldenConventionTest(ConventionFamily family, String... ids) {
    this.conventions = Conventions.of(List.of(family));
    this.ids = List.of(ids);
  }

  /** Cases whose result cannot come out of a forward pass over shapes, and why, by name. */
  protected Map<String, String> notExpressible() {
    return Map.of();
  }

  /**
   * Models whose recorded total is not that of one run of the tool by itself, and what it is of, by
   * name. The tests that override this hold them against such a run.
   */
  protected Map<String, String> recordedOtherwise() {
    return Map.of();
  }

  @TestFactory
  final Stream<DynamicTest> total_ofWholeModel_isWhatTheToolReturned() {
    return ids.stream()
        .flatMap(
            id ->
                GoldenTotals.of(id).stream()
                    .filter(total -> !recordedOtherwise().containsKey(total.model()))
                    .map(
                        total ->
                            dynamicTest(
                                "%s of %s at %dx%dx%d"
                                    .formatted(
                                        id,
                                        total.model(),
                                        total.batch(),
                                        total.height(),
                                        total.width()),
                                () -> compare(conventions.find(id), total))));
  }

  private static void compare(Convention convention, RecordedTotal recorded) {
    Network network = NETWORKS.computeIfAbsent(recorded.model(), Zoo::build);
    Shape input = network.input().at(recorded.batch(), recorded.height(), recorded.width());
    ForwardPass pass = network.forward(convention.mode(), input);
    Counter counter = convention.counter(network);
    if (recorded.failed()) {
      assertThatThrownBy(() -> counter.total(pass))
          .isInstanceOf(ToolFailureException.class)
          .extracting(failure -> recordable(String.valueOf(failure.getMessage())))
          .isEqualTo(recorded.note().replace("the tool fails: ", "").strip());
      return;
    }
    assertThat(counter.total(pass)).isEqualTo(number(recorded.value()));
    if (!recorded.params().isEmpty()) {
      assertThat(counter.parameters(pass)).as("parameters").isEqualTo(number(recorded.params()));
    }
  }

  /** A failure's message as far as the recording has it: 200 characters. */
  private static String recordable(String message) {
    return message.substring(0, Math.min(message.length(), LONGEST_MESSAGE)).strip();
  }

  @TestFactory
  final Stream<DynamicTest> layers_ofWholeModel_areWhatTheToolHolds() {
    return ids.stream()
        .filter(GoldenLayers::has)
        .flatMap(
            id ->
                GoldenLayers.of(id).stream()
                    .map(
                        recorded ->
                            dynamicTest(
                                id + " of " + recorded, () -> compareLayers(id, recorded))));
  }

  private void compareLayers(String id, RecordedLayers recorded) {
    Convention convention = conventions.find(request(id, recorded.variant()));
    Network network = NETWORKS.computeIfAbsent(recorded.model(), Zoo::build);
    Shape input = network.input().at(recorded.batch(), recorded.height(), recorded.width());
    ForwardPass pass = network.forward(convention.mode(), input);
    compareLayers(convention, network, pass, recorded);
  }

  /** Compares what a tool holds for each module; as it is, {@link #held}. */
  protected void compareLayers(
      Convention convention, Network network, ForwardPass pass, RecordedLayers recorded) {
    List<Held> held = held(convention, network, pass);
    assertThat(held)
        .extracting(Held::path)
        .containsExactlyElementsOf(recorded.layers().stream().map(RecordedLayer::path).toList());
    for (int i = 0; i < held.size(); i++) {
      RecordedLayer layer = recorded.layers().get(i);
      assertThat(held.get(i).count())
          .as("%s (%s)", layer.path(), layer.type())
          .isEqualTo(layer.count().isEmpty() ? 0 : number(layer.count()));
    }
  }

  /**
   * The convention that reproduces a tool which ran otherwise than it normally does.
   *
   * @param variant how it ran, as recorded; empty where it ran as it normally does
   */
  protected String request(String id, String variant) {
    return variant.equals("no_grad") ? id + "(grad=false)" : id;
  }

  /** The conventions tested, each to be found by its id. */
  protected final Conventions conventions() {
    return conventions;
  }

  @TestFactory
  final Stream<DynamicTest> operators_ofWholeModel_areWhatTheToolHolds() {
    return ids.stream()
        .filter(GoldenOperators::has)
        .flatMap(
            id ->
                GoldenOperators.of(id).stream()
                    .map(
                        recorded ->
                            dynamicTest(
                                id + " of " + recorded,
                                () -> {
                                  Network network =
                                      NETWORKS.computeIfAbsent(recorded.model(), Zoo::build);
                                  Convention convention =
                                      conventions.find(request(id, recorded.variant()));
                                  ForwardPass pass =
                                      network.forward(
                                          convention.mode(),
                                          network
                                              .input()
                                              .at(
                                                  recorded.batch(),
                                                  recorded.height(),
                                                  recorded.width()));
                                  assertThat(operators(convention, network, pass))
                                      .containsExactlyInAnyOrderEntriesOf(recorded.counts());
                                })));
  }

  /**
   * What a convention's tool holds by operator, by module; for tools that do. Operators and modules
   * without a count are left out.
   */
  protected Map<String, Map<String, Long>> operators(
      Convention convention, Network network, ForwardPass pass) {
    throw new UnsupportedOperationException("no operators are recorded for " + convention);
  }

  /** What a tool holds for a module, and under which path. */
  public record Held(String path, long count) {}

  /**
   * What a convention's tool holds for each module, in the order in which it was recorded: every
   * module in PyTorch's order with what is counted for it. A tool that holds other numbers than
   * those it adds up, or lists modules otherwise, is told apart here.
   */
  protected List<Held> held(Convention convention, Network network, ForwardPass pass) {
    long[] counts = new long[network.modules().size()];
    Tally tally = convention.counter(network).tally(pass);
    for (Tally.Line line : tally.lines()) {
      if (pass.call(line.call()).callee() instanceof Module module) {
        counts[module.index()] = Math.addExact(counts[module.index()], line.amount());
      }
    }
    return network.modules().stream()
        .map(module -> new Held(network.path(module), counts[module.index()]))
        .toList();
  }

  @TestFactory
  final Stream<DynamicTest> singleLayer_isWhatTheToolReturned() {
    return ids.stream()
        .flatMap(
            id ->
                GoldenLayerCases.of(id).stream()
                    .filter(result -> !notExpressible().containsKey(result.name()))
                    .map(
                        result ->
                            dynamicTest(
                                id + " of " + result.name(),
                                () -> compare(conventions.find(id), result))));
  }

  /** The mode that layer cases ran in which do not say: as the tool is normally used. */
  protected Mode modeOfCases(Convention convention) {
    return convention.mode();
  }

  private void compare(Convention convention, RecordedLayerCase recorded) {
    Network network =
        recorded.hasAddedParameter()
            ? LayerCases.buildWithParameter(recorded.name())
            : LayerCases.build(recorded.name());
    Mode mode = LayerCases.mode(recorded.name()).orElse(modeOfCases(convention));
    ForwardPass pass = network.forward(mode);
    Counter counter = convention.counter(network);
    if (recorded.failed()) {
      assertThatThrownBy(() -> counter.total(pass)).isInstanceOf(ToolFailureException.class);
      return;
    }
    assertThat(counter.total(pass)).as(recorded.note()).isEqualTo(number(recorded.value()));
    if (!recorded.params().isEmpty()) {
      assertThat(counter.parameters(pass)).as("parameters").isEqualTo(number(recorded.params()));
    }
  }

  /** Tools return whole numbers, some of them as floating-point ones: {@code 714206912.0}. */
  private static long number(String text) {
    return new java.math.BigDecimal(text).longValueExact();
  }
}
