package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Activation;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.BatchNorm;
import org.whichflops.engine.nn.Conv;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.MultiheadAttention;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Pool;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;

/** A pass is used again and again. */
class ForwardPassTest {
  private static Network network() {
    Sequential layers = new Sequential();
    for (int i = 0; i < 20; i++) {
      layers
          .add(Conv.conv2d(i == 0 ? 3 : 16, 16, 3).padding(1))
          .add(BatchNorm.batchNorm2d(16))
          .add(Activation.relu());
    }
    layers.add(Pool.maxPool2d(2)).add(AdaptivePool.adaptiveAvgPool2d(3)).add(new Flatten());
    return new Network("net", layers.add(new Linear(144, 10)), InputSize.image(32));
  }

  @Test
  void forward_againGivesWhatAFreshPassGives() {
    Network network = network();
    ForwardPass again = new ForwardPass(Mode.DECOMPOSED);
    for (Shape input :
        List.of(image(1, 32, 32), image(7, 64, 33), image(1, 8, 8), image(2, 32, 32))) {
      network.forward(again, input);
      assertThat(record(again)).isEqualTo(record(network.forward(Mode.DECOMPOSED, input)));
    }
  }

  /** Another network, with tensors of other ranks, leaves no trace either. */
  @Test
  void forward_ofAnotherNetworkGivesWhatAFreshPassGives() {
    Network network = network();
    ForwardPass again = new ForwardPass(Mode.CPU_NO_GRAD);
    Tensor x = again.input(2, 5, 8);
    new MultiheadAttention(8, 2).batchFirst().call(x, x, x);
    assertThat(again.modeMatters()).isTrue();
    network.forward(again, image(3, 32, 32));
    assertThat(again.modeMatters()).isFalse();
    assertThat(record(again))
        .isEqualTo(record(network.forward(Mode.CPU_NO_GRAD, image(3, 32, 32))));
  }

  /** A module that fails behind its calls leaves tensors in them that no finished run had. */
  @Test
  void structure_afterARunThatFailed_isAnother() {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Module module = new FailsWhenWide();
    module.call(pass.input(1, 3));
    int structure = pass.structure();
    pass.clear();
    assertThatThrownBy(() -> module.call(pass.input(1, 8))).isInstanceOf(ShapeException.class);
    pass.clear();
    module.call(pass.input(1, 4));
    assertThat(pass.structure()).isNotEqualTo(structure);
  }

  private static final class FailsWhenWide extends Module {
    FailsWhenWide() {
      super(ModuleType.of("FailsWhenWide"));
    }

    @Override
    protected Tensor forward(Tensor x) {
      Tensor y = F.relu(x);
      if (x.size(1) > 4) {
        throw new ShapeException("too wide");
      }
      return y;
    }
  }

  @Test
  void structure_whereACallTakesFewerTensorsThanBefore_isAnother() {
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    List<Integer> structures = new ArrayList<>();
    for (int parts : new int[] {3, 3, 1, 1, 3, 2}) {
      pass.clear();
      Tensor[] all = new Tensor[parts];
      Arrays.fill(all, pass.input(1, 3));
      Torch.cat(0, all);
      structures.add(pass.structure());
      assertThat(pass.call(0).inputCount()).isEqualTo(parts);
    }
    assertThat(structures.get(1)).isEqualTo(structures.get(0));
    assertThat(structures.get(3)).isEqualTo(structures.get(2));
    assertThat(new TreeSet<>(structures)).hasSize(4);
  }

  @Test
  void alike_areCallsOfOneKey_inOrder() {
    ForwardPass pass = network().forward(Mode.DECOMPOSED);
    List<String> keys = new ArrayList<>();
    Set<Integer> all = new TreeSet<>();
    for (AlikeCalls alike : pass.alike()) {
      keys.add(alike.first().variantKey());
      assertThat(alike.indices()).isSorted();
      for (int index : alike.indices()) {
        assertThat(pass.call(index).callee().variantKey()).isEqualTo(alike.first().variantKey());
        all.add(index);
      }
    }
    assertThat(keys).doesNotHaveDuplicates().startsWith("nn.Sequential", "nn.Conv2d");
    assertThat(all).hasSize(pass.size());
  }

  /** Every call with its place, its tensors and its arithmetic. */
  private static List<String> record(ForwardPass pass) {
    List<String> calls = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      StringBuilder line = new StringBuilder();
      line.append(call.parent()).append('-').append(call.end()).append(' ').append(call);
      for (int in = 0; in < call.inputCount(); in++) {
        line.append(' ').append(call.input(in));
      }
      for (int out = 0; out < call.outputCount(); out++) {
        line.append(" -> ").append(call.output(out));
      }
      for (Label kind : Label.values()) {
        line.append(' ').append(call.arithmetic(kind));
      }
      calls.add(line.toString());
    }
    return calls;
  }

  /** About two hundred calls are recorded; a handful of arrays for the input is all that is new. */
  @Test
  void forward_againAllocatesNextToNothing() {
    Network network = network();
    ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
    Shape[] inputs = {image(1, 32, 32), image(4, 64, 48)};
    for (int i = 0; i < 200; i++) {
      network.forward(pass, inputs[i % 2]);
    }
    long again = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      again = Math.min(again, allocated(() -> network.forward(pass, inputs[0])));
    }
    long fresh = allocated(() -> network.forward(Mode.DECOMPOSED, inputs[0]));
    assertThat(pass.size()).isGreaterThan(180);
    assertThat(again).isLessThan(1024).isLessThan(fresh / 20);
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(thread);
    work.run();
    return threads.getThreadAllocatedBytes(thread) - before;
  }

  @Test
  void pass_ofAParameter() {
    Parameter weight = new Parameter(Shape.of(2, 3), true);
    assertThatIllegalStateException()
        .isThrownBy(weight::pass)
        .withMessageContaining("Parameter.on(x)");
    Tensor x = new ForwardPass(Mode.DECOMPOSED).input(1);
    assertThat(weight.on(x).pass()).isSameAs(x.pass());
  }

  private static Shape image(long batch, long height, long width) {
    return Shape.of(batch, 3, height, width);
  }
}
