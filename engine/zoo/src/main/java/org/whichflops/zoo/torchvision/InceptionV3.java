package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;
import static org.whichflops.zoo.torchvision.InceptionBlock.conv;
import static org.whichflops.zoo.torchvision.TransformedInput.TRANSFORM_INPUT;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * Inception v3, "Rethinking the Inception Architecture for Computer Vision" (Szegedy et al., arXiv
 * 1512.00567, table 1); follows torchvision 0.21, models/inception.py.
 *
 * <p>After its first pooling the stem has a 1x1 to 80 channels, a 3x3 to 192 and a pooling; the
 * table has three 3x3 there, the second with stride 2, and no pooling.
 */
public final class InceptionV3 extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.inception.Inception3");
  private static final ModuleType INCEPTION_AUX =
      ModuleType.of("torchvision.models.inception.InceptionAux");

  private static final Option<Boolean> AUX_LOGITS =
      Option.flag("aux_logits", true, "have the auxiliary head, which runs in training only");

  /** The one network of the family. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "inception_v3",
                  "Inception v3",
                  "Szegedy et al. 2015, arXiv 1512.00567, table 1; torchvision 0.21",
                  InputSize.image(299))
              .options(AUX_LOGITS, TRANSFORM_INPUT, NUM_CLASSES)
              .remark(
                  "the auxiliary head has parameters but does not run; torchvision's pretrained one"
                      + " has transform_input=true")
              .builtBy(
                  settings ->
                      new InceptionV3(
                          settings.get(AUX_LOGITS),
                          settings.get(TRANSFORM_INPUT),
                          settings.get(NUM_CLASSES))));

  private final boolean transformInput;
  private final List<Module> trunk = new ArrayList<>();
  private final AdaptivePool avgpool;
  private final Dropout dropout;
  private final Linear fc;

  private InceptionV3(boolean auxLogits, boolean transformInput, int numClasses) {
    super(TYPE);
    this.transformInput = transformInput;
    step("Conv2d_1a_3x3", conv(conv2d(3, 32, 3).stride(2)));
    step("Conv2d_2a_3x3", conv(conv2d(32, 32, 3)));
    step("Conv2d_2b_3x3", conv(conv2d(32, 64, 3).padding(1)));
    step("maxpool1", maxPool2d(3).stride(2));
    step("Conv2d_3b_1x1", conv(conv2d(64, 80, 1)));
    step("Conv2d_4a_3x3", conv(conv2d(80, 192, 3)));
    step("maxpool2", maxPool2d(3).stride(2));
    step("Mixed_5b", InceptionBlock.a(192, 32));
    step("Mixed_5c", InceptionBlock.a(256, 64));
    step("Mixed_5d", InceptionBlock.a(288, 64));
    step("Mixed_6a", InceptionBlock.b(288));
    step("Mixed_6b", InceptionBlock.c(768, 128));
    step("Mixed_6c", InceptionBlock.c(768, 160));
    step("Mixed_6d", InceptionBlock.c(768, 160));
    step("Mixed_6e", InceptionBlock.c(768, 192));
    if (auxLogits) {
      child("AuxLogits", new InceptionAux(768, numClasses));
    }
    step("Mixed_7a", InceptionBlock.d(768));
    step("Mixed_7b", InceptionBlock.e(1280));
    step("Mixed_7c", InceptionBlock.e(2048));
    avgpool = child("avgpool", adaptiveAvgPool2d(1, 1));
    dropout = child("dropout", dropout());
    fc = child("fc", new Linear(2048, numClasses));
  }

  private void step(String name, Module module) {
    trunk.add(child(name, module));
  }

  @Override
  protected Tensor forward(Tensor x) {
    Tensor y = transformInput ? TransformedInput.of(x) : x;
    for (int i = 0; i < trunk.size(); i++) {
      y = trunk.get(i).call(y);
    }
    y = avgpool.call(y);
    y = dropout.call(y);
    y = Torch.flatten(y, 1);
    return fc.call(y);
  }

  /** A classifier on an inner layer, for training: it holds parameters and is never called. */
  private static final class InceptionAux extends Module {
    InceptionAux(int in, int numClasses) {
      super(INCEPTION_AUX);
      child("conv0", conv(conv2d(in, 128, 1)));
      child("conv1", conv(conv2d(128, 768, 5)));
      child("fc", new Linear(768, numClasses));
    }
  }
}
