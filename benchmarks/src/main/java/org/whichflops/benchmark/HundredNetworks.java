package org.whichflops.benchmark;

import java.util.Arrays;
import java.util.List;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/**
 * A hundred networks that classify images and take them at any size: torchvision's without those
 * that have windows or positions, and some of timm's and of papers.
 */
final class HundredNetworks {
  private static final String NAMES =
      """
      alexnet convnext_base convnext_isotropic_base convnext_isotropic_large
      convnext_isotropic_small convnext_large convnext_small convnext_tiny convnext_xlarge
      darknet19 darknet53 densenet121 densenet161 densenet169 densenet201 densenet264
      efficientnet_b0 efficientnet_b1 efficientnet_b2 efficientnet_b3 efficientnet_b4
      efficientnet_b5 efficientnet_b6 efficientnet_b7 efficientnet_v2_b0 efficientnet_v2_b1
      efficientnet_v2_b2 efficientnet_v2_b3 efficientnet_v2_l efficientnet_v2_m efficientnet_v2_s
      efficientnet_v2_xl ghostnet googlenet inception_v3 inception_v4 mnasnet0_5 mnasnet0_75
      mnasnet1_0 mnasnet1_3 mnasnet_a1 mnasnet_small mobilenet_v1 mobilenet_v2 mobilenet_v3_large
      mobilenet_v3_small poolformer_m36 poolformer_m48 poolformer_s12 poolformer_s24
      poolformer_s36 proxylessnas_mobile regnet_x_16gf regnet_x_1_6gf regnet_x_200mf regnet_x_32gf
      regnet_x_3_2gf regnet_x_400mf regnet_x_600mf regnet_x_800mf regnet_x_8gf regnet_y_128gf
      regnet_y_16gf regnet_y_1_6gf regnet_y_200mf regnet_y_32gf regnet_y_3_2gf regnet_y_400mf
      regnet_y_600mf regnet_y_800mf regnet_y_8gf resnet101 resnet152 resnet18 resnet34 resnet50
      resnext101_32x4d resnext101_32x8d resnext101_64x4d resnext152_32x4d resnext50_32x4d senet154
      shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5 shufflenet_v2_x2_0 squeezenet1_0
      squeezenet1_1 tinynet_a tinynet_b tinynet_c tinynet_d tinynet_e vgg11 vgg11_bn vgg13
      vgg13_bn vgg16 vgg16_bn vgg19
      """;

  private HundredNetworks() {}

  static List<Network> build() {
    return Arrays.stream(NAMES.strip().split("\\s+")).map(Zoo::build).toList();
  }
}
