package org.whichflops.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.whichflops.convention.Convention;
import org.whichflops.convention.CountOverflowException;
import org.whichflops.convention.Tally;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.report.compare.Layer;
import org.whichflops.report.compare.Layers;
import org.whichflops.report.compare.NothingCountedException;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;
import org.whichflops.report.explain.Cause;
import org.whichflops.report.explain.Ledger;
import org.whichflops.report.explain.Side;

/**
 * A network at the first input that it runs at: its layers, every convention's total, and why they
 * differ.
 */
final class ModelData {
  private final Network network;
  private final List<Convention> conventions;
  private final Texts texts;
  private final List<String> notes = new ArrayList<>();
  private @Nullable Shape input;
  private @Nullable Layers layers;

  ModelData(Network network, Sweep sweep, Texts texts) {
    this.network = network;
    this.conventions = sweep.conventions();
    this.texts = texts;
    if (!network.note().isEmpty()) {
      notes.add(network.note());
    }
    for (Resolution resolution : sweep.resolutionsOrOwn()) {
      if (layers == null) {
        run(sweep.firstBatch(network), resolution);
      }
    }
  }

  private void run(long batch, @Nullable Resolution resolution) {
    try {
      Shape shape = Sweep.input(network, batch, resolution);
      layers = Layers.of(network, shape, conventions);
      input = shape;
    } catch (IllegalArgumentException
        | ShapeException
        | NothingCountedException
        | CountOverflowException
        | ArithmeticException e) {
      notes.add(String.valueOf(e.getMessage()));
    }
  }

  /** Writes an object: name, input, parameters, totals, layers, ledgers, notes. */
  void write(JsonGenerator json, PairChoice pairs) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", network.name());
    json.writeStringField("input", input == null ? "" : input.toString());
    json.writeFieldName("params");
    DataIsland.count(json, network.parameters());
    List<@Nullable Long> totals = totals();
    json.writeArrayFieldStart("totals");
    for (Long total : totals) {
      DataIsland.count(json, total);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("layers");
    if (layers != null) {
      for (Layer layer : layers.rows()) {
        layer(json, layer, totals);
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("ledgers");
    ledgers(json, totals, pairs);
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String note : notes) {
      json.writeString(note);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private List<@Nullable Long> totals() {
    List<@Nullable Long> totals = new ArrayList<>();
    for (int i = 0; i < conventions.size(); i++) {
      Tally tally = layers == null ? null : layers.tally(i);
      totals.add(tally == null ? null : (Long) tally.total());
    }
    return totals;
  }

  /** Path, type, input, output, parameters, multiplies, adds, counts. */
  private void layer(JsonGenerator json, Layer layer, List<@Nullable Long> totals)
      throws IOException {
    json.writeStartArray();
    json.writeString(layer.path());
    json.writeNumber(texts.number(layer.type()));
    json.writeNumber(texts.number(Objects.toString(layer.input(), null)));
    json.writeNumber(texts.number(Objects.toString(layer.output(), null)));
    DataIsland.count(json, layer.parameters());
    DataIsland.count(json, layer.multiplies());
    DataIsland.count(json, layer.adds());
    for (int i = 0; i < conventions.size(); i++) {
      DataIsland.count(json, totals.get(i) == null ? null : (Long) layer.count(i));
    }
    json.writeEndArray();
  }

  private void ledgers(JsonGenerator json, List<@Nullable Long> totals, PairChoice pairs)
      throws IOException {
    Map<Integer, Side> sides = new LinkedHashMap<>();
    for (int[] pair : pairs.of(totals)) {
      try {
        ledger(json, pair, Ledger.between(side(pair[0], sides), side(pair[1], sides)));
      } catch (ArithmeticException e) {
        notes.add(
            "no ledger from %s to %s: its sums pass 2^63 - 1"
                .formatted(
                    conventions.get(pair[0]).about().id(), conventions.get(pair[1]).about().id()));
      }
    }
  }

  private Side side(int convention, Map<Integer, Side> known) {
    Layers counted = Objects.requireNonNull(layers);
    return known.computeIfAbsent(
        convention,
        i ->
            Side.of(
                conventions.get(i).about().id(),
                network,
                counted.pass(i),
                Objects.requireNonNull(counted.tally(i))));
  }

  /** From, to, causes: text, kind, calls, from, to. */
  private void ledger(JsonGenerator json, int[] pair, Ledger ledger) throws IOException {
    List<Cause> causes = ledger.causes();
    json.writeStartArray();
    json.writeNumber(pair[0]);
    json.writeNumber(pair[1]);
    json.writeStartArray();
    for (Cause cause : causes) {
      json.writeStartArray();
      json.writeNumber(texts.number(cause.text()));
      json.writeNumber(texts.number(cause.kind()));
      DataIsland.count(json, cause.calls());
      DataIsland.count(json, cause.from());
      DataIsland.count(json, cause.to());
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndArray();
  }
}
