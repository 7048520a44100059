package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Pool.maxPool2d;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Ultralytics' {@code SPP}: the same map under poolings of three sizes, side by side. */
final class YoloPooling extends Module {
  private static final ModuleType TYPE = ModuleType.of("models.common.SPP");
  private static final int[] KERNELS = {5, 9, 13};

  private final YoloConv cv1;
  private final YoloConv cv2;
  private final ModuleList m;

  YoloPooling(int in, int out, Activation act) {
    super(TYPE);
    int hidden = in / 2;
    cv1 = child("cv1", new YoloConv(in, hidden, 1, 1, act));
    cv2 = child("cv2", new YoloConv(hidden * (KERNELS.length + 1), out, 1, 1, act));
    List<Module> pools = new ArrayList<>();
    for (int kernel : KERNELS) {
      pools.add(maxPool2d(kernel).stride(1).padding(kernel / 2));
    }
    m = child("m", new ModuleList(pools));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor[] maps = new Tensor[KERNELS.length + 1];
    maps[0] = cv1.call(x);
    for (int i = 0; i < KERNELS.length; i++) {
      maps[i + 1] = m.modules().get(i).call(maps[0]);
    }
    return cv2.call(Torch.cat(1, maps));
  }
}
