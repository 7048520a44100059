package org.whichflops.zoo.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/** The networks against the implementations they follow, and against what papers print. */
class PaperNetworksTest {
  private static final Set<String> PRODUCTS =
      Set.of("aten.convolution", "aten.mm", "aten.addmm", "aten.bmm", "aten.baddbmm");

  /** What an implementation has and does at its own input, on PyTorch 2.6. */
  record Counted(String model, long parameters, long macs, String source) {}

  /** What somebody printed; empty where nothing is printed, or other things are counted too. */
  record Printed(String model, int side, String parameters, String macs, String source) {}

  /**
   * Parameters and multiply-accumulates of the reference implementation, run on the device "meta":
   * {@code sum(p.numel() for p in net.parameters())} and half of {@code FlopCounterMode}'s total.
   */
  static final List<Counted> COUNTED =
      List.of(
          row("mobilenet_v1", 4_231_976L, 568_740_352L, "jmjeon94/MobileNet-Pytorch"),
          row(
              "mobilenet_v1(width_mult=0.75)",
              2_585_560L,
              325_400_448L,
              "pytorchcv (osmr/imgclsmob) mobilenet"),
          row(
              "mobilenet_v1(width_mult=0.5)",
              1_331_592L,
              149_497_088L,
              "pytorchcv (osmr/imgclsmob) mobilenet"),
          row(
              "mobilenet_v1(width_mult=0.25)",
              470_072L,
              41_030_272L,
              "pytorchcv (osmr/imgclsmob) mobilenet"),
          row(
              "shufflenet_v1_g1",
              1_531_936L,
              143_078_976L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g2",
              1_733_848L,
              140_836_512L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g3",
              1_865_728L,
              137_460_672L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g4",
              1_968_344L,
              134_339_776L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g8",
              2_434_768L,
              138_365_952L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g1(width_mult=0.25)",
              209_746L,
              11_003_184L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g1(width_mult=0.5)",
              534_484L,
              38_517_408L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g1(width_mult=0.75)",
              975_214L,
              82_542_672L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g3(width_mult=0.25)",
              305_902L,
              11_009_808L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g3(width_mult=0.5)",
              718_324L,
              37_589_856L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "shufflenet_v1_g3(width_mult=0.75)",
              1_238_266L,
              79_740_144L,
              "pytorchcv (osmr/imgclsmob) shufflenet"),
          row(
              "preact_resnet18",
              11_687_848L,
              1_814_073_344L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet34",
              21_796_008L,
              3_663_761_408L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet50",
              25_549_480L,
              3_857_973_248L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet101",
              44_541_608L,
              7_570_194_432L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet152",
              60_185_256L,
              11_282_415_616L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet200",
              64_666_280L,
              14_776_270_848L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet50(stride_in_1x1=false)",
              25_549_480L,
              4_089_184_256L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet101(stride_in_1x1=false)",
              44_541_608L,
              7_801_405_440L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet152(stride_in_1x1=false)",
              60_185_256L,
              11_513_626_624L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row(
              "preact_resnet200(stride_in_1x1=false)",
              64_666_280L,
              15_007_481_856L,
              "pytorchcv (osmr/imgclsmob) preresnet"),
          row("se_resnet50", 28_088_024L, 3_860_488_192L, "Cadene/pretrained-models.pytorch senet"),
          row(
              "se_resnet101",
              49_326_872L,
              7_574_937_600L,
              "Cadene/pretrained-models.pytorch senet"),
          row(
              "se_resnet152",
              66_821_848L,
              11_288_993_792L,
              "Cadene/pretrained-models.pytorch senet"),
          row("cifar_resnet20", 269_722L, 40_551_040L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_resnet32", 464_154L, 68_862_592L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_resnet44", 658_586L, 97_174_144L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_resnet56", 853_018L, 125_485_696L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_resnet110", 1_727_962L, 252_887_680L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_resnet1202", 19_421_274L, 2_829_238_912L, "akamaster/pytorch_resnet_cifar10"),
          row("cifar_vgg11", 9_231_114L, 152_769_536L, "kuangliu/pytorch-cifar vgg"),
          row("cifar_vgg13", 9_416_010L, 228_267_008L, "kuangliu/pytorch-cifar vgg"),
          row("cifar_vgg16", 14_728_266L, 313_201_664L, "kuangliu/pytorch-cifar vgg"),
          row("cifar_vgg19", 20_040_522L, 398_136_320L, "kuangliu/pytorch-cifar vgg"),
          row("lenet5", 61_706L, 416_520L, "kuangliu/pytorch-cifar lenet, one channel"),
          row("ghostnet", 5_182_508L, 141_150_512L, "huawei-noah/ghostnet"),
          row("ghostnet(width_mult=0.5)", 2_587_292L, 42_328_152L, "huawei-noah/ghostnet"),
          row("ghostnet(width_mult=1.3)", 7_358_820L, 227_003_256L, "huawei-noah/ghostnet"),
          row(
              "condensenet_74",
              2_935_416L,
              261_545_792L,
              "ShichenLiu/CondenseNet condensenet_converted"),
          row(
              "condensenet_74(groups=4)",
              4_773_944L,
              516_640_576L,
              "ShichenLiu/CondenseNet condensenet_converted"),
          row("xception", 22_855_952L, 8_357_403_496L, "Cadene/pretrained-models.pytorch xception"),
          row(
              "inception_v4",
              42_679_816L,
              12_253_974_624L,
              "Cadene/pretrained-models.pytorch inceptionv4"),
          row(
              "inception_resnet_v2",
              55_843_464L,
              13_155_794_016L,
              "Cadene/pretrained-models.pytorch inceptionresnetv2"),
          row(
              "nasnet_a_mobile",
              5_289_978L,
              568_234_858L,
              "Cadene/pretrained-models.pytorch nasnet_mobile"),
          row(
              "nasnet_a_large",
              88_753_150L,
              23_809_955_634L,
              "Cadene/pretrained-models.pytorch nasnet"),
          row(
              "pnasnet5_large",
              86_057_668L,
              24_979_693_344L,
              "Cadene/pretrained-models.pytorch pnasnet"),
          row("pnasnet5_mobile", 5_064_487L, 593_617_032L, "the same cells with N = 3, F = 54"),
          row("darts_v1", 4_510_432L, 505_864_704L, "quark0/darts"),
          row("darts_v2", 4_718_752L, 529_911_552L, "quark0/darts"),
          row("cifar_darts_v1", 3_169_414L, 500_987_520L, "quark0/darts"),
          row("cifar_darts_v2", 3_349_342L, 528_359_040L, "quark0/darts"),
          row(
              "regnet_x_200mf",
              2_684_792L,
              199_039_872L,
              "torchvision 0.21 RegNet with the parameters of pycls"),
          row(
              "regnet_x_600mf",
              6_196_040L,
              600_890_112L,
              "torchvision 0.21 RegNet with the parameters of pycls"),
          row(
              "regnet_y_200mf",
              3_162_996L,
              199_514_080L,
              "torchvision 0.21 RegNet with the parameters of pycls"),
          row(
              "regnet_y_600mf",
              6_055_160L,
              601_220_992L,
              "torchvision 0.21 RegNet with the parameters of pycls"),
          row(
              "hrnet_w18_small_v1",
              13_187_464L,
              1_601_508_352L,
              "HRNet/HRNet-Image-Classification"),
          row(
              "hrnet_w18_small_v2",
              15_597_464L,
              2_595_712_864L,
              "HRNet/HRNet-Image-Classification"),
          row("hrnet_w18", 21_299_004L, 4_283_537_072L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w30", 37_712_220L, 8_105_781_680L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w32", 41_232_680L, 8_921_133_056L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w40", 57_557_160L, 12_691_997_440L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w44", 67_064_984L, 14_883_104_960L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w48", 77_469_864L, 17_277_996_032L, "HRNet/HRNet-Image-Classification"),
          row("hrnet_w64", 128_059_944L, 28_895_395_840L, "HRNet/HRNet-Image-Classification"));

  /** Published numbers, rounded or cut off at their last digit. */
  static final List<Printed> PRINTED =
      List.of(
          printed("mobilenet_v1", 224, "4.2M", "569M", "arXiv 1704.04861, table 6"),
          printed(
              "mobilenet_v1(width_mult=0.75)", 224, "2.6M", "325M", "arXiv 1704.04861, table 6"),
          printed("mobilenet_v1(width_mult=0.5)", 224, "1.3M", "149M", "arXiv 1704.04861, table 6"),
          printed("mobilenet_v1(width_mult=0.25)", 224, "0.5M", "41M", "arXiv 1704.04861, table 6"),
          printed("mobilenet_v1", 192, "4.2M", "418M", "arXiv 1704.04861, table 7"),
          printed("mobilenet_v1", 160, "4.2M", "290M", "arXiv 1704.04861, table 7"),
          printed("mobilenet_v1", 128, "4.2M", "186M", "arXiv 1704.04861, table 7"),
          printed("mobilenet_v1(width_mult=0.5)", 160, "", "76M", "arXiv 1704.04861, table 9"),
          printed("mobilenet_v1(num_classes=120)", 224, "3.3M", "", "arXiv 1704.04861, table 10"),
          printed(
              "preact_resnet200",
              224,
              "64.7M",
              "",
              "arXiv 1605.07146, README table of the released networks"),
          printed("cifar_resnet20", 32, "0.27M", "", "arXiv 1512.03385, table 6"),
          printed("cifar_resnet32", 32, "0.46M", "", "arXiv 1512.03385, table 6"),
          printed("cifar_resnet44", 32, "0.66M", "", "arXiv 1512.03385, table 6"),
          printed("cifar_resnet56", 32, "0.85M", "", "arXiv 1512.03385, table 6"),
          printed("cifar_resnet110", 32, "1.7M", "", "arXiv 1512.03385, table 6"),
          printed("ghostnet", 224, "5.2M", "141M", "arXiv 1911.11907, ImageNet comparison"),
          printed(
              "ghostnet(width_mult=0.5)",
              224,
              "2.6M",
              "42M",
              "arXiv 1911.11907, ImageNet comparison"),
          printed("condensenet_74", 224, "2.9M", "", "ShichenLiu/CondenseNet, README"),
          printed("condensenet_74(groups=4)", 224, "4.8M", "", "ShichenLiu/CondenseNet, README"),
          printed(
              "xception",
              299,
              "22855952",
              "8.4G",
              "arXiv 1610.02357, table 3; MACs: arXiv 1905.11946, table 2"),
          printed("inception_resnet_v2", 299, "56M", "13G", "arXiv 1905.11946, table 2"),
          printed("nasnet_a_mobile", 224, "5.3M", "", "arXiv 1707.07012, table 3"),
          printed("nasnet_a_large", 331, "", "23.8G", "arXiv 1707.07012, table 2"),
          printed("pnasnet5_mobile", 224, "5.1M", "", "arXiv 1806.09055, table 3"),
          printed("pnasnet5_large", 331, "86.1M", "25.0G", "arXiv 1712.00559"),
          printed("darts_v2", 224, "4.7M", "", "arXiv 1806.09055, table 3"),
          printed("regnet_x_200mf", 224, "2.7M", "0.2G", "facebookresearch/pycls, model zoo"),
          printed("regnet_x_600mf", 224, "6.2M", "0.6G", "facebookresearch/pycls, model zoo"),
          printed("regnet_y_200mf", 224, "3.2M", "0.2G", "facebookresearch/pycls, model zoo"),
          printed("regnet_y_600mf", 224, "6.1M", "0.6G", "facebookresearch/pycls, model zoo"),
          printed(
              "hrnet_w18_small_v1",
              224,
              "13.2M",
              "1.49Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w18_small_v2",
              224,
              "15.6M",
              "2.42Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w18",
              224,
              "21.3M",
              "3.99Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w30",
              224,
              "37.7M",
              "7.55Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w32",
              224,
              "41.2M",
              "8.31Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w40",
              224,
              "57.6M",
              "11.8Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w44",
              224,
              "67.1M",
              "13.9Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w48",
              224,
              "77.5M",
              "16.1Gi",
              "HRNet-Image-Classification, README: units of 2^30"),
          printed(
              "hrnet_w64",
              224,
              "128.1M",
              "26.9Gi",
              "HRNet-Image-Classification, README: units of 2^30"));

  private static Counted row(String model, long parameters, long macs, String source) {
    return new Counted(model, parameters, macs, source);
  }

  private static Printed printed(
      String model, int side, String parameters, String macs, String source) {
    return new Printed(model, side, parameters, macs, source);
  }

  @ParameterizedTest
  @FieldSource("COUNTED")
  void network_countsAsItsReference(Counted reference) {
    Network network = Zoo.build(reference.model());

    assertThat(network.parameters()).as(reference.source()).isEqualTo(reference.parameters());
    assertThat(macs(network.forward(Mode.DECOMPOSED)))
        .as(reference.source())
        .isEqualTo(reference.macs());
  }

  @ParameterizedTest
  @FieldSource("PRINTED")
  void network_countsWhatIsPrinted(Printed published) {
    Network network = Zoo.build(published.model());
    long macs =
        macs(
            network.forward(
                Mode.DECOMPOSED, network.input().at(1, published.side(), published.side())));

    assertPrints(published.parameters(), network.parameters(), published.source());
    assertPrints(published.macs(), macs, published.source());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shufflenet_v1_g8(width_mult=0.3)",
        "condensenet_74(groups=3)",
        "darts_v2(channels=47)",
        "mobilenet_v1(width_mult=1e9)"
      })
  void network_refusesWidthsThatMakeNone(String request) {
    assertThatIllegalArgumentException().isThrownBy(() -> Zoo.build(request));
  }

  @Test
  void network_paddedShortcutsHaveNoParameters() {
    assertThat(Zoo.build("cifar_resnet20").modules())
        .filteredOn(module -> module.type().name().equals("LambdaLayer"))
        .hasSize(2)
        .allSatisfy(module -> assertThat(module.parameters()).isEmpty());
  }

  private static long macs(ForwardPass pass) {
    long macs = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (PRODUCTS.contains(call.callee().key())) {
        macs += call.arithmetic(Label.MULTIPLICATION);
      }
    }
    return macs;
  }

  /** From half a unit of the last digit below to one above: some round, some cut off. */
  private static void assertPrints(String printed, long counted, String source) {
    if (printed.isEmpty()) {
      return;
    }
    String digits = printed.replaceAll("[A-Za-z]", "");
    BigDecimal unit =
        switch (printed.substring(digits.length())) {
          case "M" -> BigDecimal.valueOf(1_000_000);
          case "G" -> BigDecimal.valueOf(1_000_000_000);
          case "Gi" -> BigDecimal.valueOf(1L << 30);
          default -> BigDecimal.ONE;
        };
    BigDecimal value = new BigDecimal(digits);
    BigDecimal half = value.ulp().multiply(new BigDecimal("0.5"));
    assertThat(BigDecimal.valueOf(counted))
        .as(source)
        .isGreaterThanOrEqualTo(value.subtract(half).multiply(unit))
        .isLessThan(value.add(value.ulp()).multiply(unit));
  }
}
