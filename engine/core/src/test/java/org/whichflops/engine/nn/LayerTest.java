package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Work;

/** What holds for layers of every kind. */
class LayerTest {
  static Stream<Layer> layers() {
    return Layer.all();
  }

  @ParameterizedTest
  @MethodSource("layers")
  void multiplies_areLinearInTheBatch(Layer layer) {
    long one = work(layer, Mode.DECOMPOSED, 1).multiplies();
    for (long n : new long[] {2, 3, 64, 1_000_000}) {
      assertThat(work(layer, Mode.DECOMPOSED, n).multiplies()).isEqualTo(n * one);
    }
  }

  /** But for 1 / sqrt(variance + eps) of running statistics, which all samples share. */
  @ParameterizedTest
  @MethodSource("layers")
  void everythingElse_isLinearInTheBatch(Layer layer) {
    Work one = work(layer, Mode.DECOMPOSED, 1);
    Work two = work(layer, Mode.DECOMPOSED, 2);
    Work seven = work(layer, Mode.DECOMPOSED, 7);
    assertThat(seven.adds() - one.adds()).isEqualTo(6 * (two.adds() - one.adds()));
    assertThat(seven.compares()).isEqualTo(7 * one.compares());
    boolean tracked = layer.name().startsWith("BatchNorm") || layer.name().endsWith("tracked");
    long shared = tracked ? 4 : 0;
    assertThat(2 * one.adds() - two.adds()).isEqualTo(shared);
    assertThat(seven.divides() - shared).isEqualTo(7 * (one.divides() - shared));
    assertThat(seven.specials() - shared).isEqualTo(7 * (one.specials() - shared));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void work_isTheSameInEveryMode(Layer layer) {
    Work work = work(layer, Mode.DECOMPOSED, 3);
    assertThat(work(layer, Mode.CPU_GRAD, 3)).isEqualTo(work);
    assertThat(work(layer, Mode.CPU_NO_GRAD, 3)).isEqualTo(work);
  }

  @ParameterizedTest
  @MethodSource("layers")
  void output_keepsTheBatch(Layer layer) {
    ForwardPass pass = layer.network().forward(Mode.DECOMPOSED, layer.batch(5));
    assertThat(pass.call(0).output(0).size(0)).isEqualTo(5);
  }

  /** A parameter's shape is the module's; a pass only uses it. */
  @ParameterizedTest
  @MethodSource("layers")
  void parameters_doNotDependOnTheInput(Layer layer) {
    Network network = layer.network();
    long parameters = network.parameters();
    network.forward(Mode.DECOMPOSED, layer.batch(9));
    network.forward(Mode.CPU_NO_GRAD, layer.batch(2));
    assertThat(network.parameters())
        .isEqualTo(parameters)
        .isEqualTo(network.trainableParameters())
        .isEqualTo(layer.network().parameters());
  }

  private static Work work(Layer layer, Mode mode, long batch) {
    return Work.of(layer.network().forward(mode, layer.batch(batch)));
  }
}
