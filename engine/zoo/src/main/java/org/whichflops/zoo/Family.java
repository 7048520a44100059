package org.whichflops.zoo;

import java.util.List;
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

/** The families, each with what its names begin with, so that only the one asked for is loaded. */
enum Family {
  ALEXNET("alexnet"),
  BERT("bert"),
  CAFFE_ALEXNET("bvlc_alexnet", "caffenet"),
  CAIT("cait"),
  CIFAR_DENSENET("cifar_densenet"),
  CIFAR_RESNET("cifar_resnet"),
  CIFAR_VGG("cifar_vgg"),
  CONDENSENET("condensenet"),
  CONVNEXT("convnext"),
  CONVNEXT_ISOTROPIC("convnext_isotropic"),
  DARTS("darts", "cifar_darts"),
  DEEPLAB_V3("deeplabv3"),
  DEIT("deit"),
  DENSENET("densenet"),
  EFFICIENTNET("efficientnet"),
  FCN("fcn_resnet"),
  FCN_VGG("fcn"),
  GHOSTNET("ghostnet"),
  GOOGLENET("googlenet"),
  GPT2("gpt2"),
  GPT3("gpt3"),
  HRNET("hrnet"),
  INCEPTION_RESNET_V2("inception_resnet_v2"),
  INCEPTION_V3("inception_v3"),
  INCEPTION_V4("inception_v4"),
  LENET("lenet"),
  LLAMA("llama"),
  LRASPP("lraspp"),
  MAXVIT("maxvit"),
  MLP_MIXER("mixer"),
  MNASNET("mnasnet"),
  MOBILENET_V1("mobilenet_v1"),
  MOBILENET_V2("mobilenet_v2"),
  MOBILENET_V3("mobilenet_v3"),
  MVIT("mvit"),
  NASNET("nasnet"),
  PNASNET("pnasnet"),
  POOLFORMER("poolformer"),
  PREACT_RESNET("preact_resnet"),
  PYCLS_REGNET(
      "regnetx", "regnety", "regnet_x_200", "regnet_x_600", "regnet_y_200", "regnet_y_600"),
  REGNET("regnet"),
  RESMLP("resmlp"),
  RESNET("resnet", "resnext", "wide_resnet"),
  S3D("s3d"),
  SEARCHED_MOBILENET("mnasnet_a1", "mnasnet_small", "proxylessnas", "tinynet"),
  SE_RESNET("se_resn", "senet"),
  SHUFFLENET_V1("shufflenet_v1"),
  SHUFFLENET_V2("shufflenet_v2"),
  SQUEEZENET("squeezenet"),
  SSD("ssd"),
  SWIN_TRANSFORMER("swin"),
  SWIN_TRANSFORMER3D("swin3d"),
  UNET("unet"),
  VGG("vgg"),
  VIDEO_RESNET("r3d", "r2plus1d", "mc3"),
  VISION_TRANSFORMER("vit"),
  XCEPTION("xception"),
  YOLO9000("darknet", "yolov2"),
  YOLO_V3("yolov3"),
  YOLO_V5("yolov5"),
  YOLO_V8("yolov8");

  private final String[] beginnings;

  Family(String... beginnings) {
    this.beginnings = beginnings;
  }

  /** Whether a name begins like those of the family. */
  boolean mayHave(String name) {
    for (String beginning : beginnings) {
      if (name.startsWith(beginning)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What belongs to it. A switch: sixty suppliers would be made in every run, for one to be asked.
   */
  List<Architecture> architectures() {
    return switch (this) {
      case ALEXNET -> AlexNet.ARCHITECTURES;
      case BERT -> Bert.ARCHITECTURES;
      case CAFFE_ALEXNET -> CaffeAlexNet.ARCHITECTURES;
      case CAIT -> Cait.ARCHITECTURES;
      case CIFAR_DENSENET -> CifarDenseNet.ARCHITECTURES;
      case CIFAR_RESNET -> CifarResNet.ARCHITECTURES;
      case CIFAR_VGG -> CifarVgg.ARCHITECTURES;
      case CONDENSENET -> CondenseNet.ARCHITECTURES;
      case CONVNEXT -> ConvNeXt.ARCHITECTURES;
      case CONVNEXT_ISOTROPIC -> ConvNeXtIsotropic.ARCHITECTURES;
      case DARTS -> Darts.ARCHITECTURES;
      case DEEPLAB_V3 -> DeepLabV3.ARCHITECTURES;
      case DEIT -> DeiT.ARCHITECTURES;
      case DENSENET -> DenseNet.ARCHITECTURES;
      case EFFICIENTNET -> EfficientNet.ARCHITECTURES;
      case FCN -> Fcn.ARCHITECTURES;
      case FCN_VGG -> FcnVgg.ARCHITECTURES;
      case GHOSTNET -> GhostNet.ARCHITECTURES;
      case GOOGLENET -> GoogLeNet.ARCHITECTURES;
      case GPT2 -> Gpt2.ARCHITECTURES;
      case GPT3 -> Gpt3.ARCHITECTURES;
      case HRNET -> HrNet.ARCHITECTURES;
      case INCEPTION_RESNET_V2 -> InceptionResNetV2.ARCHITECTURES;
      case INCEPTION_V3 -> InceptionV3.ARCHITECTURES;
      case INCEPTION_V4 -> InceptionV4.ARCHITECTURES;
      case LENET -> LeNet.ARCHITECTURES;
      case LLAMA -> Llama.ARCHITECTURES;
      case LRASPP -> Lraspp.ARCHITECTURES;
      case MAXVIT -> MaxVit.ARCHITECTURES;
      case MLP_MIXER -> MlpMixer.ARCHITECTURES;
      case MNASNET -> MnasNet.ARCHITECTURES;
      case MOBILENET_V1 -> MobileNetV1.ARCHITECTURES;
      case MOBILENET_V2 -> MobileNetV2.ARCHITECTURES;
      case MOBILENET_V3 -> MobileNetV3.ARCHITECTURES;
      case MVIT -> MViT.ARCHITECTURES;
      case NASNET -> NasNet.ARCHITECTURES;
      case PNASNET -> PNasNet.ARCHITECTURES;
      case POOLFORMER -> PoolFormer.ARCHITECTURES;
      case PREACT_RESNET -> PreActResNet.ARCHITECTURES;
      case PYCLS_REGNET -> PyclsRegNet.ARCHITECTURES;
      case REGNET -> RegNet.ARCHITECTURES;
      case RESMLP -> ResMlp.ARCHITECTURES;
      case RESNET -> ResNet.ARCHITECTURES;
      case S3D -> S3d.ARCHITECTURES;
      case SEARCHED_MOBILENET -> SearchedMobileNet.ARCHITECTURES;
      case SE_RESNET -> SeResNet.ARCHITECTURES;
      case SHUFFLENET_V1 -> ShuffleNetV1.ARCHITECTURES;
      case SHUFFLENET_V2 -> ShuffleNetV2.ARCHITECTURES;
      case SQUEEZENET -> SqueezeNet.ARCHITECTURES;
      case SSD -> Ssd.ARCHITECTURES;
      case SWIN_TRANSFORMER -> SwinTransformer.ARCHITECTURES;
      case SWIN_TRANSFORMER3D -> SwinTransformer3d.ARCHITECTURES;
      case UNET -> UNet.ARCHITECTURES;
      case VGG -> Vgg.ARCHITECTURES;
      case VIDEO_RESNET -> VideoResNet.ARCHITECTURES;
      case VISION_TRANSFORMER -> VisionTransformer.ARCHITECTURES;
      case XCEPTION -> Xception.ARCHITECTURES;
      case YOLO9000 -> Yolo9000.ARCHITECTURES;
      case YOLO_V3 -> YoloV3.ARCHITECTURES;
      case YOLO_V5 -> YoloV5.ARCHITECTURES;
      case YOLO_V8 -> YoloV8.ARCHITECTURES;
    };
  }
}
