package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.tensor.Index.ALL;
import static org.whichflops.engine.tensor.Index.NEW;

import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/**
 * MViTv2's relative positions, {@code _add_rel_pos}: for each pair of a query and a key, products
 * of the query with what was learnt for their distances along height, width and time.
 */
final class RelativePositions {
  private final MViT.Grid queries;
  private final MViT.Grid keys;
  private final Parameter height;
  private final Parameter width;
  private final Parameter time;

  RelativePositions(
      MViT.Grid queries, MViT.Grid keys, Parameter height, Parameter width, Parameter time) {
    this.queries = queries;
    this.keys = keys;
    this.height = height;
    this.width = width;
    this.time = time;
  }

  /**
   * Adds to the scores of all but the class tokens.
   *
   * @param scores {@code [B, heads, 1 + queries, 1 + keys]}
   * @param q {@code [B, heads, 1 + queries, C]}
   */
  void addTo(Tensor scores, Tensor q) {
    Tensor distancesH = distances(q, queries.height(), keys.height());
    Tensor distancesW = distances(q, queries.width(), keys.width());
    Tensor distancesT = distances(q, queries.frames(), keys.frames());
    Tensor tableH = fitted(height.on(q), queries.height(), keys.height());
    Tensor tableW = fitted(width.on(q), queries.width(), keys.width());
    Tensor tableT = fitted(time.on(q), queries.frames(), keys.frames());
    Tensor learntH = rows(tableH, distancesH);
    Tensor learntW = rows(tableW, distancesW);
    Tensor learntT = rows(tableT, distancesT);

    long batch = q.size(0);
    long heads = q.size(1);
    long channels = q.size(3);
    long t = queries.frames();
    long h = queries.height();
    long w = queries.width();
    Tensor all = q.get(ALL, ALL, Index.from(1)).reshape(batch, heads, t, h, w, channels);
    Tensor byHeight = Torch.einsum("bythwc,hkc->bythwk", all, learntH);
    Tensor byWidth = Torch.einsum("bythwc,wkc->bythwk", all, learntW);
    Tensor frames = all.permute(2, 0, 1, 3, 4, 5).reshape(t, batch * heads * h * w, channels);
    Tensor byTime = Torch.matmul(frames, learntT.transpose(1, 2)).transpose(0, 1);
    byTime = byTime.view(batch, heads, h, w, t, keys.frames()).permute(0, 1, 4, 2, 3, 5);
    Tensor sum =
        byHeight
            .get(ALL, ALL, ALL, ALL, ALL, NEW, ALL, NEW)
            .plus(byWidth.get(ALL, ALL, ALL, ALL, ALL, NEW, NEW, ALL))
            .plus(byTime.get(ALL, ALL, ALL, ALL, ALL, ALL, NEW, NEW));
    sum = sum.reshape(batch, heads, queries.positions(), keys.positions());

    Index[] pairs = {ALL, ALL, Index.from(1), Index.from(1)};
    scores.assign(scores.get(pairs).plusAssign(sum), pairs);
  }

  /** Which row of a table belongs to each query and key along one axis. */
  private static Tensor distances(Tensor inPass, long queries, long keys) {
    double queryStep = Math.max((double) keys / queries, 1);
    double keyStep = Math.max((double) queries / keys, 1);
    Tensor q = Torch.arange(inPass, queries).get(ALL, NEW).times(queryStep);
    Tensor k = Torch.arange(inPass, keys).get(NEW, ALL).plus(1.0 - keys).times(keyStep);
    return q.minus(k);
  }

  /** A table with a row for every distance, interpolated where it was made for others. */
  private static Tensor fitted(Tensor table, long queries, long keys) {
    long distances = 2 * Math.max(queries, keys) - 1;
    if (table.size(0) == distances) {
      return table;
    }
    return F.interpolate(
            table.permute(1, 0).unsqueeze(0),
            InterpolationArguments.toSize(Interpolation.LINEAR, distances))
        .squeeze(0)
        .permute(1, 0);
  }

  private static Tensor rows(Tensor table, Tensor distances) {
    return table.get(distances.toLong());
  }
}
