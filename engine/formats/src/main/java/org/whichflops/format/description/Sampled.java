package org.whichflops.format.description;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Operator;
import org.whichflops.engine.tensor.Tensor;

/** The same call in several runs over different inputs, so that what varies can be told apart. */
final class Sampled {
  private final List<ForwardPass> passes;
  private final int[] indices;

  Sampled(List<ForwardPass> passes, int[] indices) {
    this.passes = passes;
    this.indices = indices;
  }

  int count() {
    return indices.length;
  }

  Call call(int sample) {
    return passes.get(sample).call(indices[sample]);
  }

  Call first() {
    return call(0);
  }

  String key() {
    return first().callee().key();
  }

  /** The calls made directly inside this one. */
  List<Sampled> children() {
    List<List<Integer>> all = new ArrayList<>();
    for (int s = 0; s < count(); s++) {
      List<Integer> starts = new ArrayList<>();
      for (int i = indices[s] + 1; i < call(s).end(); i = passes.get(s).call(i).end()) {
        starts.add(i);
      }
      all.add(starts);
    }
    List<Sampled> children = new ArrayList<>();
    for (int c = 0; c < all.get(0).size(); c++) {
      int[] at = new int[count()];
      for (int s = 0; s < count(); s++) {
        boolean alike =
            all.get(s).size() == all.get(0).size()
                && passes.get(s).call(all.get(s).get(c)).callee()
                    == passes.get(0).call(all.get(0).get(c)).callee();
        if (!alike) {
          throw another();
        }
        at[s] = all.get(s).get(c);
      }
      children.add(new Sampled(passes, at));
    }
    for (List<Integer> starts : all) {
      if (starts.size() != all.get(0).size()) {
        throw another();
      }
    }
    return children;
  }

  /** The key of the first operator inside, with its variant. */
  String operator() {
    for (int i = indices[0] + 1; i < first().end(); i++) {
      if (passes.get(0).call(i).callee() instanceof Operator operator) {
        return operator.variantKey();
      }
    }
    return "";
  }

  /** The first operator call inside. */
  Call operatorCall() {
    for (int i = indices[0] + 1; i < first().end(); i++) {
      if (passes.get(0).call(i).callee() instanceof Operator) {
        return passes.get(0).call(i);
      }
    }
    return first();
  }

  private static ConversionException another() {
    return new ConversionException("it does not do the same in every call");
  }

  /**
   * An input in one sample.
   *
   * @throws ConversionException where it has not as many dimensions in all
   */
  Tensor input(int input, int sample) {
    return alike(call(sample).input(input), first().input(input));
  }

  /**
   * An output in one sample.
   *
   * @throws ConversionException where it has not as many dimensions in all
   */
  Tensor output(int output, int sample) {
    return alike(call(sample).output(output), first().output(output));
  }

  /** A tensor of a sample, which must have as many dimensions as that of the first. */
  static Tensor alike(Tensor tensor, Tensor first) {
    if (tensor.rank() != first.rank()) {
      throw another();
    }
    return tensor;
  }

  /** The sizes of one dimension of an input, sample by sample. */
  long[] inputSizes(int input, int dim) {
    long[] sizes = new long[count()];
    for (int s = 0; s < sizes.length; s++) {
      sizes[s] = input(input, s).size(dim);
    }
    return sizes;
  }

  /** The sizes of one dimension of an output, sample by sample. */
  long[] outputSizes(int output, int dim) {
    long[] sizes = new long[count()];
    for (int s = 0; s < sizes.length; s++) {
      sizes[s] = output(output, s).size(dim);
    }
    return sizes;
  }
}
