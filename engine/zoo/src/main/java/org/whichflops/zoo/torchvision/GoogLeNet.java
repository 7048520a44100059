package org.whichflops.zoo.torchvision;

import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.engine.nn.Dropout.dropout;
import static org.whichflops.engine.nn.Pool.maxPool2d;
import static org.whichflops.zoo.architecture.Option.NUM_CLASSES;
import static org.whichflops.zoo.torchvision.TransformedInput.TRANSFORM_INPUT;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.nn.AdaptivePool;
import org.whichflops.engine.nn.Dropout;
import org.whichflops.engine.nn.InputSize;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.ModuleType;
import org.whichflops.engine.nn.Sequential;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.architecture.Option;

/**
 * GoogLeNet, "Going Deeper with Convolutions" (Szegedy et al., arXiv 1409.4842, table 1); follows
 * torchvision 0.21, models/googlenet.py.
 *
 * <p>Unlike the paper's, the third branch of an inception block has a 3x3 where the table says 5x5,
 * every convolution has batch norm, and there is no response normalization.
 */
public final class GoogLeNet extends Module {
  private static final ModuleType TYPE = ModuleType.of("torchvision.models.googlenet.GoogLeNet");
  private static final ModuleType INCEPTION =
      ModuleType.of("torchvision.models.googlenet.Inception");
  private static final ModuleType INCEPTION_AUX =
      ModuleType.of("torchvision.models.googlenet.InceptionAux");
  private static final ModuleType BASIC_CONV =
      ModuleType.of("torchvision.models.googlenet.BasicConv2d");

  private static final Option<Boolean> AUX_LOGITS =
      Option.flag("aux_logits", true, "have the two auxiliary heads, which run in training only");

  /** The one network of the family. */
  public static final List<Architecture> ARCHITECTURES =
      List.of(
          Architecture.named(
                  "googlenet",
                  "GoogLeNet",
                  "Szegedy et al. 2014, arXiv 1409.4842, table 1; torchvision 0.21",
                  InputSize.image(224))
              .options(AUX_LOGITS, TRANSFORM_INPUT, NUM_CLASSES)
              .remark(
                  "3x3 where the paper has 5x5; auxiliary heads have parameters but do not run;"
                      + " torchvision's pretrained one is aux_logits=false,transform_input=true")
              .builtBy(
                  settings ->
                      new GoogLeNet(
                          settings.get(AUX_LOGITS),
                          settings.get(TRANSFORM_INPUT),
                          settings.get(NUM_CLASSES))));

  private final boolean transformInput;
  private final List<Module> trunk = new ArrayList<>();
  private final AdaptivePool avgpool;
  private final Dropout dropout;
  private final Linear fc;

  private GoogLeNet(boolean auxLogits, boolean transformInput, int numClasses) {
    super(TYPE);
    this.transformInput = transformInput;
    step("conv1", new BasicConv2d(BASIC_CONV, conv2d(3, 64, 7).stride(2).padding(3)));
    step("maxpool1", maxPool2d(3).stride(2).ceilMode());
    step("conv2", conv1x1(64, 64));
    step("conv3", conv3x3(64, 192));
    step("maxpool2", maxPool2d(3).stride(2).ceilMode());
    step("inception3a", new Inception(192, 64, 96, 128, 16, 32, 32));
    step("inception3b", new Inception(256, 128, 128, 192, 32, 96, 64));
    step("maxpool3", maxPool2d(3).stride(2).ceilMode());
    step("inception4a", new Inception(480, 192, 96, 208, 16, 48, 64));
    step("inception4b", new Inception(512, 160, 112, 224, 24, 64, 64));
    step("inception4c", new Inception(512, 128, 128, 256, 24, 64, 64));
    step("inception4d", new Inception(512, 112, 144, 288, 32, 64, 64));
    step("inception4e", new Inception(528, 256, 160, 320, 32, 128, 128));
    step("maxpool4", maxPool2d(2).stride(2).ceilMode());
    step("inception5a", new Inception(832, 256, 160, 320, 32, 128, 128));
    step("inception5b", new Inception(832, 384, 192, 384, 48, 128, 128));
    if (auxLogits) {
      child("aux1", new InceptionAux(512, numClasses));
      child("aux2", new InceptionAux(528, numClasses));
    }
    avgpool = child("avgpool", adaptiveAvgPool2d(1, 1));
    dropout = child("dropout", dropout().p(0.2));
    fc = child("fc", new Linear(1024, numClasses));
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
    y = Torch.flatten(y, 1);
    y = dropout.call(y);
    return fc.call(y);
  }

  private static BasicConv2d conv1x1(int in, int out) {
    return new BasicConv2d(BASIC_CONV, conv2d(in, out, 1));
  }

  private static BasicConv2d conv3x3(int in, int out) {
    return new BasicConv2d(BASIC_CONV, conv2d(in, out, 3).padding(1));
  }

  /** Four branches side by side; channels as in the columns of the paper's table. */
  private static final class Inception extends Module {
    private final BasicConv2d branch1;
    private final Sequential branch2;
    private final Sequential branch3;
    private final Sequential branch4;

    Inception(
        int in, int out1x1, int narrow3x3, int out3x3, int narrow5x5, int out5x5, int poolProj) {
      super(INCEPTION);
      branch1 = child("branch1", conv1x1(in, out1x1));
      branch2 =
          child("branch2", new Sequential(conv1x1(in, narrow3x3), conv3x3(narrow3x3, out3x3)));
      branch3 =
          child("branch3", new Sequential(conv1x1(in, narrow5x5), conv3x3(narrow5x5, out5x5)));
      branch4 =
          child(
              "branch4",
              new Sequential(maxPool2d(3).stride(1).padding(1).ceilMode(), conv1x1(in, poolProj)));
    }

    @Override
    protected Tensor forward(Tensor x) {
      return Torch.cat(1, branch1.call(x), branch2.call(x), branch3.call(x), branch4.call(x));
    }
  }

  /** A classifier on an inner layer, for training: it holds parameters and is never called. */
  private static final class InceptionAux extends Module {
    InceptionAux(int in, int numClasses) {
      super(INCEPTION_AUX);
      child("conv", conv1x1(in, 128));
      child("fc1", new Linear(2048, 1024));
      child("fc2", new Linear(1024, numClasses));
      child("dropout", dropout().p(0.7));
    }
  }
}
