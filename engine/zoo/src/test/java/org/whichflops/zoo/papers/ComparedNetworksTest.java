package org.whichflops.zoo.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.Network;
import org.whichflops.zoo.Zoo;

/**
 * Networks that papers compare themselves with, against the implementations they follow and what
 * their authors print.
 */
class ComparedNetworksTest {
  /**
   * Parameters as the implementation named in the row has them, and half of what PyTorch 2.6's
   * {@code FlopCounterMode} counts in one forward of it.
   */
  @ParameterizedTest(name = "{0} at {1}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          resnext101_32x4d | 1x3x224x224 | 44177704 | 7969996800 | timm 1.0.29
          resnext152_32x4d | 1x3x224x224 | 59951400 | 11709513728 | torchvision 0.21, ResNet
          densenet264 | 1x3x224x224 | 33337704 | 5751653376 | torchvision 0.21, DenseNet
          convnext_xlarge | 1x3x224x224 | 350196968 | 60921030656 | timm 1.0.29
          convnext_xlarge | 1x3x384x384 | 350196968 | 179029262336 | timm 1.0.29
          swin_l | 1x3x224x224 | 196532476 | 34475759616 | timm 1.0.29
          swin_b(img_size=384,window_size=12) | 1x3x384x384 | 87903584 | 47083134976 | timm 1.0.29
          swin_l(img_size=384,window_size=12) | 1x3x384x384 | 196735516 | 103919087616 | timm
          efficientnet_v2_b0 | 1x3x224x224 | 7139704 | 718086176 | timm 1.0.29, tf_
          efficientnet_v2_b1 | 1x3x240x240 | 8141052 | 1196819360 | timm 1.0.29, tf_
          efficientnet_v2_b2 | 1x3x260x260 | 10096086 | 1697542832 | timm 1.0.29, tf_
          efficientnet_v2_b3 | 1x3x300x300 | 14358406 | 3011458816 | timm 1.0.29, tf_
          efficientnet_v2_xl | 1x3x512x512 | 208119808 | 93353451520 | timm 1.0.29, tf_
          regnetx_002 | 1x3x224x224 | 2684792 | 199039872 | timm 1.0.29
          regnetx_004 | 1x3x224x224 | 5157512 | 397677568 | timm 1.0.29
          regnetx_032 | 1x3x224x224 | 15296552 | 3176621952 | timm 1.0.29
          regnetx_040 | 1x3x224x224 | 22118248 | 3964498816 | timm 1.0.29
          regnetx_064 | 1x3x224x224 | 26209256 | 6460291264 | timm 1.0.29
          regnetx_320 | 1x3x224x224 | 107811560 | 31735929792 | timm 1.0.29
          regnety_008 | 1x3x224x224 | 6263168 | 797176832 | timm 1.0.29
          regnety_040 | 1x3x224x224 | 20646656 | 3973288448 | timm 1.0.29
          regnety_080 | 1x3x224x224 | 39180068 | 7963057312 | timm 1.0.29
          regnety_120 | 1x3x224x224 | 51822544 | 12092376576 | timm 1.0.29
          regnety_160 | 1x3x224x224 | 83590140 | 15911510272 | timm 1.0.29
          regnety_320 | 1x3x224x224 | 145046770 | 32279552832 | timm 1.0.29
          mnasnet_a1 | 1x3x224x224 | 3887038 | 311579072 | timm 1.0.29, semnasnet_100
          mnasnet_small | 1x3x224x224 | 2030264 | 68339184 | timm 1.0.29
          proxylessnas_mobile | 1x3x224x224 | 4080512 | 320427584 | pytorchcv
          tinynet_a | 1x3x192x192 | 6187972 | 336867712 | timm 1.0.29
          tinynet_b | 1x3x188x188 | 3730562 | 200709360 | timm 1.0.29
          tinynet_c | 1x3x184x184 | 2457234 | 99536432 | timm 1.0.29
          tinynet_d | 1x3x152x152 | 2338446 | 51580656 | timm 1.0.29
          tinynet_e | 1x3x106x106 | 2042972 | 24356848 | timm 1.0.29
          cait_s24_224 | 1x3x224x224 | 46916200 | 9327327744 | timm 1.0.29
          cait_xs24_384 | 1x3x384x384 | 26670088 | 19240642944 | timm 1.0.29
          cait_s36_384 | 1x3x384x384 | 68366632 | 47907955200 | timm 1.0.29
          cait_m36_384 | 1x3x384x384 | 271221352 | 172943655936 | timm 1.0.29
          cait_m48_448 | 1x3x448x448 | 356460520 | 329107670016 | timm 1.0.29
          deit_tiny_distilled_patch16_224 | 1x3x224x224 | 5910800 | 1261003776 | timm 1.0.29
          deit_base_distilled_patch16_224 | 1x3x224x224 | 87338192 | 17656811520 | timm 1.0.29
          resmlp_s24 | 1x3x224x224 | 30020680 | 5961292800 | timm 1.0.29
          resmlp_b24_8 | 1x3x224x224 | 129138280 | 100230739968 | timm 1.0.29
          senet154 | 1x3x224x224 | 115088984 | 20688363520 | timm 1.0.29, pytorchcv
          senet154 | 1x3x320x320 | 115088984 | 42212171776 | timm 1.0.29
          se_resnext50_32x4d | 1x3x224x224 | 27559896 | 4232994816 | pytorchcv
          se_resnext101_32x4d | 1x3x224x224 | 48955416 | 7974739968 | pytorchcv
          cifar_densenet100_k12_bc | 1x3x32x32 | 769162 | 287929692 | pytorchcv
          cifar_densenet250_k24_bc | 1x3x32x32 | 15324406 | 5418785724 | pytorchcv
          cifar_densenet190_k40_bc | 1x3x32x32 | 25624430 | 9301945740 | pytorchcv
          bvlc_alexnet | 1x3x227x227 | 60965224 | 724406816 | the layers of Caffe's prototxt
          caffenet | 1x3x227x227 | 60965224 | 724406816 | the layers of Caffe's prototxt
          darknet19 | 1x3x224x224 | 20842376 | 2790989824 | pytorchcv
          darknet53 | 1x3x224x224 | 41609928 | 7109156864 | pytorchcv
          yolov3_tiny | 1x3x416x416 | 8852366 | 2782480896 | ultralytics/yolov5 hub
          yolov3_spp | 1x3x608x608 | 62998749 | 70724486144 | ultralytics/yolov5 hub
          yolov5n6 | 1x3x640x640 | 3246940 | 2279526400 | ultralytics/yolov5
          yolov5s6 | 1x3x640x640 | 12626620 | 8398643200 | ultralytics/yolov5
          yolov5m6 | 1x3x640x640 | 35731932 | 24956006400 | ultralytics/yolov5
          yolov5l6 | 1x3x640x640 | 76770172 | 55617536000 | ultralytics/yolov5
          yolov5x6 | 1x3x640x640 | 140794780 | 104782336000 | ultralytics/yolov5
          """)
  void network_countsAsTheImplementationFollowed(
      String request, String input, long parameters, long multiplications, String source) {
    Network network = Zoo.build(request);
    assertThat(network.parameters()).as(source).isEqualTo(parameters);
    assertThat(DetectionAndLanguageTest.multiplications(network, input))
        .as(source)
        .isEqualTo(multiplications);
  }

  /**
   * Torchvision has another bias for the keys than the authors' code, and no parameter for windows.
   */
  @ParameterizedTest
  @CsvSource({
    "swin_v2_t(window_size=16), 6660619264",
    "swin_v2_s(window_size=16), 12783078400",
    "swin_v2_b(window_size=16), 21969235968",
    "'swin_v2_b(img_size=384,window_size=24)', 55148310528",
    "'swin_v2_l(img_size=384,window_size=24)', 115991427072",
  })
  void swinV2_ofLargerWindows_multipliesAsTimm(String request, long multiplications) {
    Network network = Zoo.build(request);
    String side = request.contains("384") ? "384" : "256";
    assertThat(DetectionAndLanguageTest.multiplications(network, "1x3x" + side + "x" + side))
        .isEqualTo(multiplications);
  }

  @Test
  void swinV2_ofPrecomputedBias_hasTheSameParametersAndLessToDo() {
    Network network = Zoo.build("swin_v2_b(precomputed_bias=true)");
    Network usual = Zoo.build("swin_v2_b");
    assertThat(network.parameters()).isEqualTo(usual.parameters());
    assertThat(DetectionAndLanguageTest.multiplications(network, "1x3x256x256"))
        .isLessThan(DetectionAndLanguageTest.multiplications(usual, "1x3x256x256"));
  }

  /**
   * Parameters in millions as printed, where some are rounded and some cut off after the last
   * digit.
   */
  @ParameterizedTest(name = "{0}: {1}, {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          regnetx_004 | 5.2 | pycls, model zoo
          regnetx_006 | 6.2 | pycls, model zoo
          regnetx_008 | 7.3 | pycls, model zoo
          regnetx_016 | 9.2 | pycls, model zoo
          regnetx_080 | 39.6 | pycls, model zoo
          regnetx_120 | 46.1 | pycls, model zoo
          regnetx_160 | 54.3 | pycls, model zoo
          regnety_002 | 3.2 | pycls, model zoo
          regnety_004 | 4.3 | pycls, model zoo
          regnety_006 | 6.1 | pycls, model zoo
          regnety_016 | 11.2 | pycls, model zoo
          regnety_032 | 19.4 | pycls, model zoo
          regnety_064 | 30.6 | pycls, model zoo
          cifar_densenet40_k12 | 1.0 | arXiv 1608.06993, table 2
          cifar_densenet100_k12 | 7.0 | arXiv 1608.06993, table 2
          cifar_densenet100_k24 | 27.2 | arXiv 1608.06993, table 2
          convnext_isotropic_small | 22 | arXiv 2201.03545, table 2
          convnext_isotropic_base | 87 | arXiv 2201.03545, table 2
          convnext_isotropic_large | 306 | arXiv 2201.03545, table 2
          resmlp_b24_16 | 116 | arXiv 2103.14030's README
          yolov2 | 50.7 | arXiv 1801.04381, table 6
          yolov8n | 3.157200 | ultralytics, yolov8.yaml
          yolov8s | 11.166560 | ultralytics, yolov8.yaml
          yolov8m | 25.902640 | ultralytics, yolov8.yaml
          yolov8l | 43.691520 | ultralytics, yolov8.yaml
          yolov8x | 68.229648 | ultralytics, yolov8.yaml
          gpt3_small | 125 | arXiv 2005.14165, table 2.1
          gpt3_large | 760 | arXiv 2005.14165, table 2.1
          gpt3_medium | 356 | arXiv 2005.14165, table D.1
          gpt3_2_7b | 2.65 G | arXiv 2005.14165, table D.1
          gpt3_175b | 174.6 G | arXiv 2005.14165, table D.1
          swin_v2_l | 197 | Swin V2, table of released networks
          mobilenet_v1(separable=false) | 29.3 | arXiv 1704.04861, table 4
          mobilenet_v1(shallow=true) | 2.9 | arXiv 1704.04861, table 5
          mobilenet_v3_large(width_mult=0.75,expand_rounded=true) | 4.0 | arXiv 1905.02244, table 9
          mobilenet_v3_large(width_mult=0.5,expand_rounded=true) | 2.6 | arXiv 1905.02244, table 9
          mobilenet_v3_small(width_mult=0.75,expand_rounded=true) | 2.0 | arXiv 1905.02244, table 9
          mobilenet_v3_small(width_mult=0.5,expand_rounded=true) | 1.6 | arXiv 1905.02244, table 9
          mobilenet_v3_large(minimalistic=true) | 3.9 | TF-slim's README
          mobilenet_v3_small(minimalistic=true) | 2.0 | TF-slim's README
          """)
  void network_hasTheParametersThatArePrinted(String request, String printed, String source) {
    String digits = printed.replace(" G", "");
    double unit = digits.equals(printed) ? 1e6 : 1e9;
    int point = digits.indexOf('.');
    double lastDigit = point < 0 ? 1 : Math.pow(10, point + 1 - digits.length());
    double value = Double.parseDouble(digits);
    assertThat(Zoo.build(request).parameters() / unit)
        .as(source)
        .isBetween(value - lastDigit / 2, value + lastDigit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          swin_t(img_size=31)       | img_size is at least 32
          swin_t(window_size=0)     | window_size is a whole number of 1 or more
          swin_t(precomputed_bias=true) | it has img_size, window_size, num_classes
          gpt3_small(seq_len=2049)  | seq_len is at most 2048
          cait_s24_224(img_size=15) | img_size is at least the patch size 16
          s3d(frames=0)             | frames is a whole number of 1 or more
          yolov2(nc=20)             | it has passthrough_conv, classes
          """)
  void network_refusesOptionsThatMakeNone(String request, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.build(request))
        .withMessageContaining(reason);
  }
}
