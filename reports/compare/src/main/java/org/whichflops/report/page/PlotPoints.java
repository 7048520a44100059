package org.whichflops.report.page;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Network;
import org.whichflops.report.compare.Point;
import org.whichflops.report.compare.Resolution;
import org.whichflops.report.compare.Sweep;

/**
 * The points of the plots: those asked for, and where that is one batch or one resolution, others
 * around it, so that there is a line to see. What cannot run is left out.
 */
final class PlotPoints {
  private static final List<Long> BATCHES = List.of(1L, 2L, 4L, 8L, 16L, 32L, 64L);

  /** Quarters of a network's own side. */
  private static final int[] QUARTERS = {2, 3, 4, 5, 6, 8};

  private final Sweep asked;

  PlotPoints(Sweep asked) {
    this.asked = asked;
  }

  /** Model, batch, height, width, counts. */
  void write(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < asked.networks().size(); i++) {
      int model = i;
      Network network = asked.networks().get(i);
      Set<List<Long>> known = new LinkedHashSet<>();
      for (Sweep sweep : sweeps(network)) {
        sweep.run(
            point -> {
              if (point.counted()
                  && known.add(List.of(point.batch(), point.height(), point.width()))) {
                point(json, model, point);
              }
            });
      }
    }
    json.writeEndArray();
  }

  private List<Sweep> sweeps(Network network) {
    List<Sweep> sweeps = new ArrayList<>();
    sweeps.add(of(network, asked.batches(), asked.resolutions()));
    if (asked.batches().size() < 2) {
      List<Resolution> first =
          asked.resolutions().isEmpty() ? List.of() : asked.resolutions().subList(0, 1);
      sweeps.add(of(network, BATCHES, first));
    }
    if (asked.resolutions().size() < 2 && network.input().hasResolution()) {
      sweeps.add(of(network, List.of(asked.firstBatch(network)), around(network.input())));
    }
    return sweeps;
  }

  private List<Resolution> around(InputSize input) {
    long height = input.height();
    long width = input.width();
    if (!asked.resolutions().isEmpty()) {
      height = asked.resolutions().get(0).height();
      width = asked.resolutions().get(0).width();
    }
    List<Resolution> resolutions = new ArrayList<>();
    for (int quarters : QUARTERS) {
      // A side past the largest number is no input of anything.
      if (height <= Integer.MAX_VALUE && width <= Integer.MAX_VALUE) {
        long h = height * quarters / 4;
        long w = width * quarters / 4;
        if (h > 0 && w > 0) {
          resolutions.add(new Resolution(h, w));
        }
      }
    }
    return resolutions;
  }

  private Sweep of(Network network, List<Long> batches, List<Resolution> resolutions) {
    return new Sweep(List.of(network), batches, resolutions, asked.conventions());
  }

  private void point(JsonGenerator json, int model, Point point) throws IOException {
    json.writeStartArray();
    json.writeNumber(model);
    DataIsland.count(json, point.batch());
    DataIsland.count(json, point.height());
    DataIsland.count(json, point.width());
    for (int i = 0; i < asked.conventions().size(); i++) {
      DataIsland.count(json, point.value(i) == Point.NONE ? null : (Long) point.value(i));
    }
    json.writeEndArray();
  }
}
