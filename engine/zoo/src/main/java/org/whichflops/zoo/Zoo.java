package org.whichflops.zoo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.torchvision.AlexNet;
import org.whichflops.zoo.torchvision.ConvNeXt;
import org.whichflops.zoo.torchvision.DeepLabV3;
import org.whichflops.zoo.torchvision.DenseNet;
import org.whichflops.zoo.torchvision.EfficientNet;
import org.whichflops.zoo.torchvision.Fcn;
import org.whichflops.zoo.torchvision.GoogLeNet;
import org.whichflops.zoo.torchvision.InceptionV3;
import org.whichflops.zoo.torchvision.Lraspp;
import org.whichflops.zoo.torchvision.MViT;
import org.whichflops.zoo.torchvision.MaxVit;
import org.whichflops.zoo.torchvision.MnasNet;
import org.whichflops.zoo.torchvision.MobileNetV2;
import org.whichflops.zoo.torchvision.MobileNetV3;
import org.whichflops.zoo.torchvision.RegNet;
import org.whichflops.zoo.torchvision.ResNet;
import org.whichflops.zoo.torchvision.S3d;
import org.whichflops.zoo.torchvision.ShuffleNetV2;
import org.whichflops.zoo.torchvision.SqueezeNet;
import org.whichflops.zoo.torchvision.SwinTransformer;
import org.whichflops.zoo.torchvision.SwinTransformer3d;
import org.whichflops.zoo.torchvision.Vgg;
import org.whichflops.zoo.torchvision.VideoResNet;
import org.whichflops.zoo.torchvision.VisionTransformer;

/** Every architecture by name. */
public final class Zoo {
  private static final Map<String, Architecture> ALL =
      Stream.of(
              AlexNet.ARCHITECTURES,
              ConvNeXt.ARCHITECTURES,
              DeepLabV3.ARCHITECTURES,
              DenseNet.ARCHITECTURES,
              EfficientNet.ARCHITECTURES,
              Fcn.ARCHITECTURES,
              GoogLeNet.ARCHITECTURES,
              InceptionV3.ARCHITECTURES,
              Lraspp.ARCHITECTURES,
              MViT.ARCHITECTURES,
              MaxVit.ARCHITECTURES,
              MnasNet.ARCHITECTURES,
              MobileNetV2.ARCHITECTURES,
              MobileNetV3.ARCHITECTURES,
              RegNet.ARCHITECTURES,
              ResNet.ARCHITECTURES,
              S3d.ARCHITECTURES,
              ShuffleNetV2.ARCHITECTURES,
              SqueezeNet.ARCHITECTURES,
              SwinTransformer.ARCHITECTURES,
              SwinTransformer3d.ARCHITECTURES,
              Vgg.ARCHITECTURES,
              VideoResNet.ARCHITECTURES,
              VisionTransformer.ARCHITECTURES)
          .flatMap(List::stream)
          .collect(
              Collectors.toMap(
                  Architecture::name,
                  Function.identity(),
                  (a, b) -> {
                    throw new IllegalStateException(
                        "two architectures are called '" + a.name() + "'");
                  },
                  TreeMap::new));

  private Zoo() {}

  /** All architectures, by name. */
  public static List<Architecture> architectures() {
    return List.copyOf(ALL.values());
  }

  /**
   * The architecture of a name.
   *
   * @throws IllegalArgumentException where there is none, with the nearest names
   */
  public static Architecture architecture(String name) {
    Architecture found = ALL.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "unknown model '%s'; %s".formatted(name, Names.suggestion(name, ALL.keySet())));
    }
    return found;
  }

  /**
   * Builds a network.
   *
   * @param request a name, with options in parentheses: {@code mobilenet_v2(width_mult=0.75)}
   * @throws IllegalArgumentException where name, option or value is wrong, saying what is right
   */
  public static Network build(String request) {
    ModelRequest parsed = ModelRequest.parse(request);
    return architecture(parsed.name()).build(parsed.options());
  }
}
