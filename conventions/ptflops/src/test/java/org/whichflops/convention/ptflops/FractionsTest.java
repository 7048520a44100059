package org.whichflops.convention.ptflops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.nn.Upsample;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;
import org.whichflops.engine.tensor.Tensor;

/**
 * An interpolation by a factor has a fraction, and so has what modules count divided by the batch:
 * the tool adds them up and cuts the sum. Numbers are what ptflops 0.7.5 returned with torch 2.6.
 */
class FractionsTest {
  private static final Convention PTFLOPS = Conventions.installed().find("ptflops");

  /** {@code nn.Linear(7, 3)} of seven numbers, and an interpolation of the images. */
  private static final class Interpolated extends Module {
    private final InterpolationArguments arguments;
    private final Linear linear = child("l", new Linear(7, 3));
    private final Module upsample;

    Interpolated(double... factors) {
      super(ModuleType.of("Interpolated"));
      arguments = InterpolationArguments.by(Interpolation.NEAREST, factors);
      upsample = child("u", Upsample.upsample(arguments));
    }

    /** Both ways, of which the second is asked for by an input of another height. */
    @Override
    protected Tensor forward(Tensor x) {
      linear.call(x.flatten(0).slice(0, 0, 7));
      return x.size(2) == 7 ? F.interpolate(x, arguments) : upsample.call(x.slice(2, 0, 7));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1.5,     354,  654",
    "2, 1.5,     673,  823",
    "3, 1.5,     1000, 1100",
    "5, 1.5,     1658, 1718",
    "1, 1.5 2.5, 318,  828",
    "2, 1.5 2.5, 600,  855",
    "3, 1.5 2.5, 890,  1060",
    "5, 1.5 2.5, 1474, 1576",
  })
  void fractions_areAddedBeforeTheyAreCut(
      long batch, String factors, long function, long moduleAndFunction) {
    double[] all = Arrays.stream(factors.split(" ")).mapToDouble(Double::parseDouble).toArray();
    Network network = new Network("net", new Interpolated(all), InputSize.fixed(1, 3, 7, 7));
    assertThat(total(network, batch, 7)).isEqualTo(function);
    assertThat(total(network, batch, 8)).isEqualTo(moduleAndFunction);
  }

  private static long total(Network network, long batch, long height) {
    return PTFLOPS
        .counter(network)
        .total(network.forward(PTFLOPS.mode(), Shape.of(batch, 3, height, 7)));
  }
}
