package org.whichflops.convention.tfprofiler;

import java.util.List;
import org.whichflops.convention.About;
import org.whichflops.convention.Choice;
import org.whichflops.convention.Convention;
import org.whichflops.convention.ConventionFamily;
import org.whichflops.convention.TableConvention;
import org.whichflops.engine.tensor.Mode;

/** TensorFlow's profiler with {@code ProfileOptionBuilder.float_operation()}. */
public final class TfProfilerFamily implements ConventionFamily {
  @Override
  public boolean mayHave(String id) {
    return id.startsWith("tf-profiler");
  }

  @Override
  public List<Convention> conventions() {
    return List.of(
        TableConvention.of(
                new About(
                    "tf-profiler",
                    "tf.profiler",
                    "2.21.0",
                    "float_ops",
                    "nodes of the TensorFlow graph that Keras 3 makes of a model: 2 a "
                        + "multiply-accumulate, elementwise 1 an element; nothing for activations, "
                        + "Einsum, Conv3DTranspose and whatever has no shape in the graph",
                    "github.com/tensorflow/tensorflow v2.21.0, "
                        + "python/profiler/internal/flops_registry.py and the RegisterStatistics "
                        + "of python/ops; graphs as Keras 3.15.1 makes them on the CPU"),
                Mode.DECOMPOSED,
                () -> TfProfilerRules.TABLE,
                (network, rules) -> new TfProfilerCounter(network, rules, true))
            .option(
                new Choice(
                    "graph",
                    "frozen|unfrozen",
                    "whether variables were made constants (convert_variables_to_constants_v2), "
                        + "which also inlines loops and loses the shapes of their states",
                    (convention, value) ->
                        convention.counting(
                            (network, rules) ->
                                new TfProfilerCounter(network, rules, value.equals("frozen"))))));
  }
}
