package org.whichflops.engine.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.engine.tensor.Work;

/** Layers that textbooks and papers work out by hand. */
class WorkedExamplesTest {
  @Test
  void conv2d_from5x5x3To3x3x7Has196Parameters() {
    Network network = network(Conv.conv2d(3, 7, 3), 1, 3, 5, 5);
    assertThat(network.parameters()).isEqualTo(3 * 3 * 3 * 7 + 7).isEqualTo(196);
    assertThat(output(network)).isEqualTo(Shape.of(1, 7, 3, 3));
  }

  /** A sum of 9 products takes 8 additions. */
  @Test
  void conv2d_oneKernelOverOneChannelIs9MultipliesAnd8AddsAnOutput() {
    Network network = network(Conv.conv2d(1, 1, 3).noBias(), 1, 1, 3, 3);
    assertThat(output(network).numel()).isOne();
    assertThat(work(network)).isEqualTo(new Work(9, 8, 0, 0, 0));
  }

  @Test
  void conv2d_aBiasIsOneAddMoreAnOutput() {
    Network network = network(Conv.conv2d(1, 1, 3), 1, 1, 3, 3);
    assertThat(work(network)).isEqualTo(new Work(9, 9, 0, 0, 0));
  }

  /** An output of 224x224x64, each of 3x3x3 products. */
  @Test
  void vgg16_firstConvolution() {
    Network network = network(Conv.conv2d(3, 64, 3).padding(1).noBias(), 1, 3, 224, 224);
    assertThat(network.parameters()).isEqualTo(1728);
    assertThat(work(network).multiplies()).isEqualTo(224L * 224 * 64 * 27).isEqualTo(86_704_128);
  }

  @Test
  void vgg16_firstLinearLayer() {
    Network network = network(new Linear(7 * 7 * 512, 4096).noBias(), 1, 25088);
    assertThat(network.parameters()).isEqualTo(102_760_448);
    assertThat(work(network)).isEqualTo(new Work(102_760_448, 102_760_448 - 4096, 0, 0, 0));
  }

  /** AlexNet's first layer as its paper has it, of 227x227 and 96 kernels. */
  @Test
  void alexNet_firstConvolution() {
    Network network = network(Conv.conv2d(3, 96, 11).stride(4), 1, 3, 227, 227);
    assertThat(output(network)).isEqualTo(Shape.of(1, 96, 55, 55));
    assertThat(network.parameters()).isEqualTo(34_944);
    assertThat(work(network).multiplies()).isEqualTo(105_415_200);
  }

  /** MobileNet's saving: 1/C_out + 1/K^2 of the multiplies of a plain convolution. */
  @Test
  void mobileNet_depthwiseSeparableConvolution() {
    Network plain = network(Conv.conv2d(32, 64, 3).padding(1).noBias(), 1, 32, 112, 112);
    Network separable =
        network(
            new Sequential(
                Conv.conv2d(32, 32, 3).padding(1).groups(32).noBias(),
                Conv.conv2d(32, 64, 1).noBias()),
            1,
            32,
            112,
            112);
    long multiplies = work(plain).multiplies();
    assertThat(work(separable).multiplies()).isEqualTo(multiplies / 64 + multiplies / 9);
  }

  private static Network network(Module module, long... input) {
    return new Network("example", module, InputSize.fixed(input));
  }

  private static Work work(Network network) {
    return Work.of(network.forward(Mode.DECOMPOSED));
  }

  private static Shape output(Network network) {
    ForwardPass pass = network.forward(Mode.DECOMPOSED);
    return pass.call(0).output(0).shape();
  }
}
