package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.Conv.conv3d;

import org.jspecify.annotations.Nullable;
import org.whichflops.engine.formula.Attribute;
import org.whichflops.engine.nn.LayerNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.Index;
import org.whichflops.engine.tensor.Parameter;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** MViT's attention: queries, keys and values pooled by depthwise convolutions of their own. */
final class MultiscaleAttention extends Module {
  private static final ModuleType TYPE = ModuleType.of(MViT.MODULE + "MultiscaleAttention");

  private final int width;
  private final int heads;
  private final Linear qkv;
  private final Sequential project;
  private final @Nullable MultiscalePool poolQ;
  private final MultiscalePool poolK;
  private final MultiscalePool poolV;
  private final @Nullable RelativePositions relative;

  MultiscaleAttention(MultiscaleBlock.Layout layout, MViT.Grid grid) {
    super(TYPE);
    width = layout.attentionChannels();
    heads = layout.heads();
    qkv = child("qkv", new Linear(layout.in(), 3 * width));
    project = child("project", new Sequential(new Linear(width, width)));
    poolQ = layout.poolsQueries() ? child("pool_q", pool(layout.strideQ(), grid)) : null;
    poolK = child("pool_k", pool(layout.strideKv(), grid));
    poolV = child("pool_v", pool(layout.strideKv(), grid));
    relative = layout.second() ? relative(layout, grid) : null;
  }

  private MultiscalePool pool(int stride, MViT.Grid grid) {
    int channels = width / heads;
    return new MultiscalePool(
        conv3d(channels, channels, 3)
            .stride(1, stride, stride)
            .padding(1)
            .groups(channels)
            .noBias(),
        new LayerNorm(channels).eps(1e-6),
        grid);
  }

  /** One row for each distance that two positions can have along an axis. */
  private RelativePositions relative(MultiscaleBlock.Layout layout, MViT.Grid grid) {
    long side = Math.max(grid.height(), grid.width());
    long distances = 2 * Math.max(side / layout.strideQ(), side / layout.strideKv()) - 1;
    long channels = width / heads;
    Parameter height = parameter("rel_pos_h", distances, channels);
    Parameter breadth = parameter("rel_pos_w", distances, channels);
    Parameter time = parameter("rel_pos_t", 2 * grid.frames() - 1, channels);
    return new RelativePositions(
        grid.pooled(layout.strideQ()), grid.pooled(layout.strideKv()), height, breadth, time);
  }

  /** Given the sizes in time and space, which it returns too. */
  @Override
  public boolean takesTensorsOnly() {
    return false;
  }

  /** Relative positions multiply sizes 7 times: 3 for rows, and 2 each for queries and keys. */
  @Override
  public long attribute(Attribute attribute, Call call) {
    return attribute == Attribute.SIZE_PRODUCTS
        ? (relative == null ? 0 : 7)
        : super.attribute(attribute, call);
  }

  @Override
  protected Tensor forward(Tensor x) {
    long batch = x.size(0);
    Tensor[] qkvs =
        qkv.call(x).reshape(batch, x.size(1), 3, heads, width / heads).transpose(1, 3).unbind(2);
    Tensor k = poolK.call(qkvs[1]);
    Tensor v = poolV.call(qkvs[2]);
    Tensor q = poolQ == null ? qkvs[0] : poolQ.call(qkvs[0]);
    Tensor scaled = q.timesFromLeft(1 / Math.sqrt((double) width / heads));
    Tensor scores = Torch.matmul(scaled, k.transpose(2, 3));
    if (relative != null) {
      relative.addTo(scores, q);
    }
    Tensor y = Torch.matmul(scores.softmax(-1), v);
    if (relative != null) {
      addPooledQueries(y, q);
    }
    y = y.transpose(1, 2).reshape(batch, -1, width);
    return project.call(y);
  }

  /** {@code y[:, :, 1:, :] += q[:, :, 1:, :]}: all but the class token. */
  private static void addPooledQueries(Tensor y, Tensor q) {
    Index[] positions = {Index.ALL, Index.ALL, Index.from(1), Index.ALL};
    Tensor part = y.get(positions);
    y.assign(part.plusAssign(q.get(positions)), positions);
  }
}
