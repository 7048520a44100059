package org.whichflops.zoo.papers;

import static org.whichflops.engine.nn.Activation.reluInplace;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Pool.avgPool2d;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleList;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * The networks of "DARTS: Differentiable Architecture Search" (Liu et al., arXiv 1806.09055); they
 * follow quark0/darts, cnn/model.py, without the auxiliary head, which only training uses.
 *
 * <p>The paper prints 574M multiply-adds for the second-order cell on ImageNet; the published code
 * takes 530M with the 4.7M parameters that it prints.
 */
public final class Darts extends Module {
  private static final String FILE = "model.";
  private static final String SOURCE = "Liu et al. 2018, arXiv 1806.09055; quark0/darts";

  /** Channels that a cell returns, in channels of each of its nodes. */
  private static final int NODES = 4;

  private static final Option<Integer> CHANNELS_IMAGENET =
      Option.count("channels", 48, "channels of each node of the first cell, even");
  private static final Option<Integer> LAYERS_IMAGENET = Option.layers("layers", 14, "cells");
  private static final Option<Integer> CHANNELS_CIFAR =
      Option.count("channels", 36, "channels of each node of the first cell, even");
  private static final Option<Integer> LAYERS_CIFAR = Option.layers("layers", 20, "cells");
  private static final Option<Integer> CIFAR_CLASSES =
      Option.count("num_classes", 10, "outputs of the last layer");

  /** Both published pairs of cells, in the mobile setting of ImageNet and for CIFAR-10. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          imageNet("darts_v1", DartsGenotype.V1),
          imageNet("darts_v2", DartsGenotype.V2),
          cifar("cifar_darts_v1", DartsGenotype.V1),
          cifar("cifar_darts_v2", DartsGenotype.V2));

  private static Architecture imageNet(String name, DartsGenotype genotype) {
    return Architecture.named(name, "DARTS", SOURCE, InputSize.image(224))
        .options(CHANNELS_IMAGENET, LAYERS_IMAGENET, Option.NUM_CLASSES)
        .remark("the paper prints 574M for V2; the authors' code has 529.9M multiply-adds")
        .builtBy(
            settings ->
                new Darts(
                    "NetworkImageNet",
                    genotype,
                    even(settings.get(CHANNELS_IMAGENET)),
                    settings.get(LAYERS_IMAGENET),
                    settings.get(Option.NUM_CLASSES)));
  }

  private static Architecture cifar(String name, DartsGenotype genotype) {
    return Architecture.named(name, "DARTS", SOURCE, InputSize.image(32))
        .options(CHANNELS_CIFAR, LAYERS_CIFAR, CIFAR_CLASSES)
        .builtBy(
            settings ->
                new Darts(
                    "NetworkCIFAR",
                    genotype,
                    even(settings.get(CHANNELS_CIFAR)),
                    settings.get(LAYERS_CIFAR),
                    settings.get(CIFAR_CLASSES)));
  }

  private static int even(int channels) {
    if (channels % 2 != 0) {
      throw new IllegalArgumentException(
          "DARTS reduces in two halves of an even number of channels, but channels=" + channels);
    }
    return channels;
  }

  private final Sequential stem;
  private final @Nullable Sequential stem1;
  private final List<Cell> cells = new ArrayList<>();
  private final Module globalPooling;
  private final Linear classifier;

  private Darts(String type, DartsGenotype genotype, int channels, int layers, int numClasses) {
    super(ModuleType.of(FILE + type));
    boolean imageNet = type.equals("NetworkImageNet");
    int inPrev = imageNet ? channels : 3 * channels;
    int in = inPrev;
    stem = imageNet ? child("stem0", halvedTwice(channels)) : child("stem", kept(inPrev));
    stem1 = imageNet ? child("stem1", halvedOnce(channels)) : null;
    int width = channels;
    boolean reducedBefore = imageNet;
    for (int i = 0; i < layers; i++) {
      boolean reducing = i == layers / 3 || i == 2 * layers / 3;
      width = reducing ? 2 * width : width;
      cells.add(new Cell(genotype, inPrev, in, width, reducing, reducedBefore));
      reducedBefore = reducing;
      inPrev = in;
      in = NODES * width;
    }
    child("cells", new ModuleList(cells));
    globalPooling = child("global_pooling", imageNet ? avgPool2d(7) : adaptiveAvgPool2d(1));
    classifier = child("classifier", new Linear(in, numClasses));
  }

  private static Sequential kept(int out) {
    return new Sequential(conv2d(3, out, 3).padding(1).noBias(), batchNorm2d(out));
  }

  private static Sequential halvedTwice(int out) {
    return new Sequential(
        conv2d(3, out / 2, 3).stride(2).padding(1).noBias(),
        batchNorm2d(out / 2),
        reluInplace(),
        conv2d(out / 2, out, 3).stride(2).padding(1).noBias(),
        batchNorm2d(out));
  }

  private static Sequential halvedOnce(int channels) {
    return new Sequential(
        reluInplace(),
        conv2d(channels, channels, 3).stride(2).padding(1).noBias(),
        batchNorm2d(channels));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor previous = stem.call(x);
    Tensor last = stem1 == null ? previous : stem1.call(previous);
    for (Cell cell : cells) {
      Tensor next = cell.call(previous, last)[0];
      previous = last;
      last = next;
    }
    Tensor y = globalPooling.call(last);
    y = y.viewRows();
    return classifier.call(y);
  }

  /** Four nodes, each the sum of two operations over earlier states. */
  private static final class Cell extends Module {
    private final Module preprocess0;
    private final Module preprocess1;
    private final List<DartsGenotype.Edge> edges;
    private final List<Module> operations = new ArrayList<>();

    Cell(
        DartsGenotype genotype,
        int inPrev,
        int in,
        int channels,
        boolean reducing,
        boolean reducedBefore) {
      super(ModuleType.of(FILE + "Cell"));
      edges = reducing ? genotype.reduction() : genotype.normal();
      preprocess0 =
          child(
              "preprocess0",
              reducedBefore
                  ? DartsOperation.factorizedReduce(inPrev, channels)
                  : DartsOperation.reluConvBn(inPrev, channels));
      preprocess1 = child("preprocess1", DartsOperation.reluConvBn(in, channels));
      for (DartsGenotype.Edge edge : edges) {
        int stride = reducing && edge.state() < 2 ? 2 : 1;
        operations.add(edge.operation().module(channels, stride));
      }
      child("_ops", new ModuleList(operations));
    }

    @Override
    protected Tensor[] forward(Tensor... inputs) {
      Tensor[] states = new Tensor[2 + NODES];
      states[0] = preprocess0.call(inputs[0]);
      states[1] = preprocess1.call(inputs[1]);
      for (int i = 0; i < NODES; i++) {
        states[2 + i] = applied(2 * i, states).plus(applied(2 * i + 1, states));
      }
      return new Tensor[] {Torch.cat(1, states[2], states[3], states[4], states[5])};
    }

    private Tensor applied(int edge, Tensor[] states) {
      return operations.get(edge).call(states[edges.get(edge).state()]);
    }
  }
}
