package org.whichflops.zoo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.papers.Bert;
import org.whichflops.zoo.papers.CifarResNet;
import org.whichflops.zoo.papers.CifarVgg;
import org.whichflops.zoo.papers.CondenseNet;
import org.whichflops.zoo.papers.Darts;
import org.whichflops.zoo.papers.DeiT;
import org.whichflops.zoo.papers.FcnVgg;
import org.whichflops.zoo.papers.GhostNet;
import org.whichflops.zoo.papers.Gpt2;
import org.whichflops.zoo.papers.HrNet;
import org.whichflops.zoo.papers.InceptionResNetV2;
import org.whichflops.zoo.papers.InceptionV4;
import org.whichflops.zoo.papers.LeNet;
import org.whichflops.zoo.papers.Llama;
import org.whichflops.zoo.papers.MlpMixer;
import org.whichflops.zoo.papers.MobileNetV1;
import org.whichflops.zoo.papers.NasNet;
import org.whichflops.zoo.papers.PNasNet;
import org.whichflops.zoo.papers.PoolFormer;
import org.whichflops.zoo.papers.PreActResNet;
import org.whichflops.zoo.papers.PyclsRegNet;
import org.whichflops.zoo.papers.SeResNet;
import org.whichflops.zoo.papers.ShuffleNetV1;
import org.whichflops.zoo.papers.Ssd;
import org.whichflops.zoo.papers.UNet;
import org.whichflops.zoo.papers.Xception;
import org.whichflops.zoo.papers.YoloV3;
import org.whichflops.zoo.papers.YoloV5;
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
              Bert.ARCHITECTURES,
              CifarResNet.ARCHITECTURES,
              CifarVgg.ARCHITECTURES,
              CondenseNet.ARCHITECTURES,
              ConvNeXt.ARCHITECTURES,
              Darts.ARCHITECTURES,
              DeepLabV3.ARCHITECTURES,
              DeiT.ARCHITECTURES,
              DenseNet.ARCHITECTURES,
              EfficientNet.ARCHITECTURES,
              Fcn.ARCHITECTURES,
              FcnVgg.ARCHITECTURES,
              GhostNet.ARCHITECTURES,
              GoogLeNet.ARCHITECTURES,
              Gpt2.ARCHITECTURES,
              HrNet.ARCHITECTURES,
              InceptionResNetV2.ARCHITECTURES,
              InceptionV3.ARCHITECTURES,
              InceptionV4.ARCHITECTURES,
              LeNet.ARCHITECTURES,
              Llama.ARCHITECTURES,
              Lraspp.ARCHITECTURES,
              MlpMixer.ARCHITECTURES,
              MViT.ARCHITECTURES,
              MaxVit.ARCHITECTURES,
              MnasNet.ARCHITECTURES,
              MobileNetV1.ARCHITECTURES,
              MobileNetV2.ARCHITECTURES,
              MobileNetV3.ARCHITECTURES,
              NasNet.ARCHITECTURES,
              PNasNet.ARCHITECTURES,
              PoolFormer.ARCHITECTURES,
              PreActResNet.ARCHITECTURES,
              PyclsRegNet.ARCHITECTURES,
              RegNet.ARCHITECTURES,
              ResNet.ARCHITECTURES,
              S3d.ARCHITECTURES,
              SeResNet.ARCHITECTURES,
              ShuffleNetV1.ARCHITECTURES,
              ShuffleNetV2.ARCHITECTURES,
              SqueezeNet.ARCHITECTURES,
              Ssd.ARCHITECTURES,
              SwinTransformer.ARCHITECTURES,
              SwinTransformer3d.ARCHITECTURES,
              UNet.ARCHITECTURES,
              Vgg.ARCHITECTURES,
              VideoResNet.ARCHITECTURES,
              VisionTransformer.ARCHITECTURES,
              YoloV3.ARCHITECTURES,
              YoloV5.ARCHITECTURES,
              Xception.ARCHITECTURES)
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
