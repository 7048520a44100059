package org.whichflops.zoo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.architecture.Architecture;
import org.whichflops.zoo.papers.Bert;
import org.whichflops.zoo.papers.CaffeAlexNet;
import org.whichflops.zoo.papers.Cait;
import org.whichflops.zoo.papers.CifarDenseNet;
import org.whichflops.zoo.papers.CifarResNet;
import org.whichflops.zoo.papers.CifarVgg;
import org.whichflops.zoo.papers.CondenseNet;
import org.whichflops.zoo.papers.ConvNeXtIsotropic;
import org.whichflops.zoo.papers.Darts;
import org.whichflops.zoo.papers.DeiT;
import org.whichflops.zoo.papers.FcnVgg;
import org.whichflops.zoo.papers.GhostNet;
import org.whichflops.zoo.papers.Gpt2;
import org.whichflops.zoo.papers.Gpt3;
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
import org.whichflops.zoo.papers.ResMlp;
import org.whichflops.zoo.papers.SeResNet;
import org.whichflops.zoo.papers.SearchedMobileNet;
import org.whichflops.zoo.papers.ShuffleNetV1;
import org.whichflops.zoo.papers.Ssd;
import org.whichflops.zoo.papers.UNet;
import org.whichflops.zoo.papers.Xception;
import org.whichflops.zoo.papers.Yolo9000;
import org.whichflops.zoo.papers.YoloV3;
import org.whichflops.zoo.papers.YoloV5;
import org.whichflops.zoo.papers.YoloV8;
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
  /**
   * The families, each with what its names begin with, so that only the one asked for is loaded.
   */
  private static final List<Family> FAMILIES =
      List.of(
          family(() -> AlexNet.ARCHITECTURES, "alexnet"),
          family(() -> Bert.ARCHITECTURES, "bert"),
          family(() -> CaffeAlexNet.ARCHITECTURES, "bvlc_alexnet", "caffenet"),
          family(() -> Cait.ARCHITECTURES, "cait"),
          family(() -> CifarDenseNet.ARCHITECTURES, "cifar_densenet"),
          family(() -> CifarResNet.ARCHITECTURES, "cifar_resnet"),
          family(() -> CifarVgg.ARCHITECTURES, "cifar_vgg"),
          family(() -> CondenseNet.ARCHITECTURES, "condensenet"),
          family(() -> ConvNeXt.ARCHITECTURES, "convnext"),
          family(() -> ConvNeXtIsotropic.ARCHITECTURES, "convnext_isotropic"),
          family(() -> Darts.ARCHITECTURES, "darts", "cifar_darts"),
          family(() -> DeepLabV3.ARCHITECTURES, "deeplabv3"),
          family(() -> DeiT.ARCHITECTURES, "deit"),
          family(() -> DenseNet.ARCHITECTURES, "densenet"),
          family(() -> EfficientNet.ARCHITECTURES, "efficientnet"),
          family(() -> Fcn.ARCHITECTURES, "fcn_resnet"),
          family(() -> FcnVgg.ARCHITECTURES, "fcn"),
          family(() -> GhostNet.ARCHITECTURES, "ghostnet"),
          family(() -> GoogLeNet.ARCHITECTURES, "googlenet"),
          family(() -> Gpt2.ARCHITECTURES, "gpt2"),
          family(() -> Gpt3.ARCHITECTURES, "gpt3"),
          family(() -> HrNet.ARCHITECTURES, "hrnet"),
          family(() -> InceptionResNetV2.ARCHITECTURES, "inception_resnet_v2"),
          family(() -> InceptionV3.ARCHITECTURES, "inception_v3"),
          family(() -> InceptionV4.ARCHITECTURES, "inception_v4"),
          family(() -> LeNet.ARCHITECTURES, "lenet"),
          family(() -> Llama.ARCHITECTURES, "llama"),
          family(() -> Lraspp.ARCHITECTURES, "lraspp"),
          family(() -> MaxVit.ARCHITECTURES, "maxvit"),
          family(() -> MlpMixer.ARCHITECTURES, "mixer"),
          family(() -> MnasNet.ARCHITECTURES, "mnasnet"),
          family(() -> MobileNetV1.ARCHITECTURES, "mobilenet_v1"),
          family(() -> MobileNetV2.ARCHITECTURES, "mobilenet_v2"),
          family(() -> MobileNetV3.ARCHITECTURES, "mobilenet_v3"),
          family(() -> MViT.ARCHITECTURES, "mvit"),
          family(() -> NasNet.ARCHITECTURES, "nasnet"),
          family(() -> PNasNet.ARCHITECTURES, "pnasnet"),
          family(() -> PoolFormer.ARCHITECTURES, "poolformer"),
          family(() -> PreActResNet.ARCHITECTURES, "preact_resnet"),
          family(() -> PyclsRegNet.ARCHITECTURES, "regnet"),
          family(() -> RegNet.ARCHITECTURES, "regnet"),
          family(() -> ResMlp.ARCHITECTURES, "resmlp"),
          family(() -> ResNet.ARCHITECTURES, "resnet", "resnext", "wide_resnet"),
          family(() -> S3d.ARCHITECTURES, "s3d"),
          family(
              () -> SearchedMobileNet.ARCHITECTURES,
              "mnasnet_a1",
              "mnasnet_small",
              "proxylessnas",
              "tinynet"),
          family(() -> SeResNet.ARCHITECTURES, "se_resn", "senet"),
          family(() -> ShuffleNetV1.ARCHITECTURES, "shufflenet_v1"),
          family(() -> ShuffleNetV2.ARCHITECTURES, "shufflenet_v2"),
          family(() -> SqueezeNet.ARCHITECTURES, "squeezenet"),
          family(() -> Ssd.ARCHITECTURES, "ssd"),
          family(() -> SwinTransformer.ARCHITECTURES, "swin"),
          family(() -> SwinTransformer3d.ARCHITECTURES, "swin3d"),
          family(() -> UNet.ARCHITECTURES, "unet"),
          family(() -> Vgg.ARCHITECTURES, "vgg"),
          family(() -> VideoResNet.ARCHITECTURES, "r3d", "r2plus1d", "mc3"),
          family(() -> VisionTransformer.ARCHITECTURES, "vit"),
          family(() -> Xception.ARCHITECTURES, "xception"),
          family(() -> Yolo9000.ARCHITECTURES, "darknet", "yolov2"),
          family(() -> YoloV3.ARCHITECTURES, "yolov3"),
          family(() -> YoloV5.ARCHITECTURES, "yolov5"),
          family(() -> YoloV8.ARCHITECTURES, "yolov8"));

  private Zoo() {}

  private record Family(Supplier<List<Architecture>> architectures, List<String> beginnings) {
    boolean mayHave(String name) {
      return beginnings.stream().anyMatch(name::startsWith);
    }
  }

  private static Family family(Supplier<List<Architecture>> architectures, String... beginnings) {
    return new Family(architectures, List.of(beginnings));
  }

  /** All architectures, by name. */
  public static List<Architecture> architectures() {
    Map<String, Architecture> all = new TreeMap<>();
    for (Family family : FAMILIES) {
      for (Architecture architecture : family.architectures().get()) {
        if (all.put(architecture.name(), architecture) != null) {
          throw new IllegalStateException(
              "two architectures are called '" + architecture.name() + "'");
        }
        if (!family.mayHave(architecture.name())) {
          throw new IllegalStateException(
              "the name '%s' begins with none of %s"
                  .formatted(architecture.name(), family.beginnings()));
        }
      }
    }
    return List.copyOf(all.values());
  }

  /**
   * The architecture of a name.
   *
   * @throws IllegalArgumentException where there is none, with the nearest names
   */
  public static Architecture architecture(String name) {
    for (Family family : FAMILIES) {
      if (family.mayHave(name)) {
        for (Architecture architecture : family.architectures().get()) {
          if (architecture.name().equals(name)) {
            return architecture;
          }
        }
      }
    }
    List<String> names = architectures().stream().map(Architecture::name).toList();
    throw new IllegalArgumentException(
        "unknown model '%s'; %s".formatted(name, Names.suggestion(name, names)));
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
