package org.whichflops.zoo.papers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.formula.Label;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.shape.ShapeException;
import org.whichflops.engine.tensor.Call;
import org.whichflops.engine.tensor.ForwardPass;
import org.whichflops.engine.tensor.Mode;
import org.whichflops.zoo.Zoo;

/**
 * Transformers and mixers, segmentation, detection and language models against other people's
 * numbers: runs of the implementations they follow, and tables.
 */
class DetectionAndLanguageTest {
  private static final Set<String> PRODUCTS =
      Set.of("aten.convolution", "aten.mm", "aten.addmm", "aten.bmm", "aten.baddbmm");

  /**
   * Parameters as the implementation named in the row has them, and half of what PyTorch 2.6's
   * {@code FlopCounterMode} counts in one forward of it on the device without data.
   */
  @ParameterizedTest(name = "{0} at {1}: {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deit_tiny_patch16_224  | 1x3x224x224 |   5717416 |   1253683200 | timm 1.0.29, run
          deit_small_patch16_224 | 1x3x224x224 |  22050664 |   4598882304 | timm 1.0.29, run
          deit_base_patch16_224  | 1x3x224x224 |  86567656 |  17563828224 | timm 1.0.29, run
          mixer_s16              | 1x3x224x224 |  18528264 |   3776958464 | timm 1.0.29, run
          mixer_b16              | 1x3x224x224 |  59880472 |  12601767936 | timm 1.0.29, run
          mixer_l16              | 1x3x224x224 | 208196168 |  44547678208 | timm 1.0.29, run
          poolformer_s12 | 1x3x224x224 | 11915176 |  1812267008 | sail-sg/poolformer a075575, run
          poolformer_s24 | 1x3x224x224 | 21388968 |  3392208896 | sail-sg/poolformer a075575, run
          poolformer_s36 | 1x3x224x224 | 30862760 |  4972150784 | sail-sg/poolformer a075575, run
          poolformer_m36 | 1x3x224x224 | 56172520 |  8758788096 | sail-sg/poolformer a075575, run
          poolformer_m48 | 1x3x224x224 | 73473448 | 11533320192 | sail-sg/poolformer a075575, run
          unet | 1x3x572x572 | 31037698 | 238837101568 | milesial/Pytorch-UNet 21d7850, run
          unet(bilinear=true) | 1x3x572x572 | 17263042 | 198696104960 | the same with bilinear=True
          fcn32s_vgg16 | 1x3x500x500 | 136152917 | 181365854976 | wkentaro/pytorch-fcn 4b98850, run
          fcn8s_vgg16  | 1x3x500x500 | 134489759 | 181529034048 | wkentaro/pytorch-fcn 4b98850, run
          yolov3 | 1x3x320x320 | 61949149 | 19486412800 | ultralytics/yolov3 97b87b1, unfused, run
          yolov3 | 1x3x416x416 | 61949149 | 32932037632 | ultralytics/yolov3 97b87b1, unfused, run
          yolov3 | 1x3x608x608 | 61949149 | 70345950208 | ultralytics/yolov3 97b87b1, unfused, run
          yolov5n | 1x3x640x640 |  1872157 |   2234060800 | ultralytics/yolov5 5081342, run
          yolov5s | 1x3x640x640 |  7235389 |   8216780800 | ultralytics/yolov5 5081342, run
          yolov5m | 1x3x640x640 | 21190557 |  24436224000 | ultralytics/yolov5 5081342, run
          yolov5l | 1x3x640x640 | 46563709 |  54496870400 | ultralytics/yolov5 5081342, run
          yolov5x | 1x3x640x640 | 86749405 | 102724096000 | ultralytics/yolov5 5081342, run
          ssd300_vgg16 | 1x3x300x300 | 35641826 | 34858153472 | torchvision 0.21, backbone + head
          bert_base  | 1x128 | 109482240 | 11174215680 | transformers 5.18, BertModel, run
          bert_large | 1x128 | 335141888 | 39461060608 | transformers 5.18, BertModel, run
          bert_base(add_pooling_layer=false) | 1x128 | 108891648 | 11173625856 | the same without
          gpt2        | 1x1024 |  124439808 |  145824153600 | transformers 5.18, GPT2LMHeadModel
          gpt2_medium | 1x1024 |  354823168 |  413475536896 | transformers 5.18, GPT2LMHeadModel
          gpt2_large  | 1x1024 |  774030080 |  887285350400 | transformers 5.18, GPT2LMHeadModel
          gpt2_xl     | 1x1024 | 1557611200 | 1753351782400 | transformers 5.18, GPT2LMHeadModel
          llama_7b   | 1x2048 |  6738415616 |  14630806224896 | transformers 5.18, LlamaForCausalLM
          llama2_7b  | 1x4096 |  6738415616 |  31460635705344 | transformers 5.18, LlamaForCausalLM
          llama2_13b | 1x4096 | 13015864320 |  59512140857344 | transformers 5.18, LlamaForCausalLM
          llama2_70b | 1x4096 | 68976648192 | 303439439724544 | transformers 5.18, LlamaForCausalLM
          llama3_8b  | 1x8192 |  8030261248 |  79070348443648 | transformers 5.18, LlamaForCausalLM
          llama_7b   |  1x128 |  6738415616 |    850000879616 | transformers 5.18, LlamaForCausalLM
          llama2_13b |  1x128 | 13015864320 |   1651716923392 | transformers 5.18, LlamaForCausalLM
          llama2_70b |  1x128 | 68976648192 |   8816762560512 | transformers 5.18, LlamaForCausalLM
          llama3_8b  |  1x128 |  8030261248 |    964891254784 | transformers 5.18, LlamaForCausalLM
          """)
  void equalsTheImplementationFollowed(
      String request, String input, long parameters, long multiplications, String source) {
    Network network = Zoo.build(request);
    assertThat(network.parameters()).as("parameters: " + source).isEqualTo(parameters);
    assertThat(multiplications(network, input))
        .as("multiplications: " + source)
        .isEqualTo(multiplications);
  }

  /** Numbers as printed, where some are rounded and some cut off after the last digit. */
  @ParameterizedTest(name = "{0} at {1}: {2} {3}, {4}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deit_small_patch16_224 | 1x3x224x224 | 4.6   G multiplications | ConvNeXt, tables 1 and 2
          deit_base_patch16_224  | 1x3x224x224 | 17.5  G multiplications | Swin, table 1
          deit_base_patch16_224(img_size=384) | 1x3x384x384 | 55.4 G multiplications | Swin, table 1
          deit_tiny_patch16_224  | 1x3x224x224 | 5     M parameters | DeiT's README
          deit_small_patch16_224 | 1x3x224x224 | 22    M parameters | DeiT's README
          deit_base_patch16_224  | 1x3x224x224 | 86    M parameters | DeiT's README
          mixer_b16              | 1x3x224x224 | 59    M parameters | Swin's README
          poolformer_s12 | 1x3x224x224 | 1.8 G multiplications | PoolFormer's README
          poolformer_s24 | 1x3x224x224 | 3.4 G multiplications | PoolFormer's README
          poolformer_s36 | 1x3x224x224 | 5.0 G multiplications | PoolFormer's README
          poolformer_m36 | 1x3x224x224 | 8.8 G multiplications | PoolFormer's README
          poolformer_m48 | 1x3x224x224 | 73  M parameters | PoolFormer's README
          yolov3  | 1x3x320x320 | 38.97  G operations | YOLOv3's web page, COCO table
          yolov3  | 1x3x416x416 | 65.86  G operations | YOLOv3's web page, COCO table
          yolov3  | 1x3x608x608 | 140.69 G operations | YOLOv3's web page, COCO table
          yolov5n | 1x3x640x640 | 4.5    G operations | YOLOv5's README
          yolov5n | 1x3x640x640 | 1.9    M parameters | YOLOv5's README
          yolov5s | 1x3x640x640 | 7.2    M parameters | YOLOv5's README
          yolov5m | 1x3x640x640 | 21.2   M parameters | YOLOv5's README
          yolov5l | 1x3x640x640 | 46.5   M parameters | YOLOv5's README
          yolov5x | 1x3x640x640 | 86.7   M parameters | YOLOv5's README
          ssd300_vgg16 | 1x3x300x300 | 34.858 G multiplications | torchvision's weights metadata
          bert_base | 1x128 | 109  M parameters | TinyBERT, table 1
          llama_7b  | 1x128 | 6.7  G parameters | LLaMA, table 2
          llama_13b | 1x128 | 13.0 G parameters | LLaMA, table 2
          llama_33b | 1x128 | 32.5 G parameters | LLaMA, table 2
          llama_65b | 1x128 | 65.2 G parameters | LLaMA, table 2
          """)
  void agreesWithWhatIsPrinted(String request, String input, String printed, String source) {
    String[] words = printed.split(" +");
    double unit = words[1].equals("G") ? 1e9 : 1e6;
    Network network = Zoo.build(request);
    double counted =
        switch (words[2]) {
          case "parameters" -> network.parameters();
          case "operations" -> 2.0 * multiplications(network, input);
          default -> multiplications(network, input);
        };
    int point = words[0].indexOf('.');
    double lastDigit = point < 0 ? 1 : Math.pow(10, point + 1 - words[0].length());
    double value = Double.parseDouble(words[0]);
    assertThat(counted / unit).as(source).isBetween(value - lastDigit / 2, value + lastDigit);
  }

  /** Of convolutions and matrix products in one forward. */
  static long multiplications(Network network, String input) {
    long[] sizes = Arrays.stream(input.split("x")).mapToLong(Long::parseLong).toArray();
    ForwardPass pass = network.forward(Mode.DECOMPOSED, Shape.of(sizes));
    long sum = 0;
    for (int i = 0; i < pass.size(); i++) {
      Call call = pass.call(i);
      if (PRODUCTS.contains(call.callee().key())) {
        sum += call.arithmetic(Label.MULTIPLICATION);
      }
    }
    return sum;
  }

  @Test
  void aDecoderOfTheSameNumbersIsTheSame() {
    Network named = Zoo.build("llama3_8b");
    Network configured =
        Zoo.build(
            "llama(dim=4096,layers=32,heads=32,kv_heads=8,ffn_dim=14336,"
                + "vocab=128256,seq_len=8192)");
    assertThat(configured.parameters()).isEqualTo(named.parameters());
    assertThat(configured.input()).isEqualTo(named.input());
  }

  @Test
  void theLastLayerOfGpt2IsItsEmbedding() {
    Network gpt2 = Zoo.build("gpt2");
    assertThat(gpt2.root().children().get("lm_head").weight())
        .isSameAs(gpt2.root().children().get("transformer").children().get("wte").weight());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bert_base(seq_len=513)      | seq_len is at most 512
          gpt2_xl(seq_len=1025)       | seq_len is at most 1024
          llama(dim=4096,heads=24)    | dim is an even number for each head
          llama(dim=96,heads=32)      | dim is an even number for each head
          llama(heads=32,kv_heads=12) | heads are a multiple of kv_heads
          llama(kv_heads=0)           | kv_heads is a whole number of 1 or more
          deit_tiny_patch16_224(img_size=15) | img_size is at least the patch size 16
          unet(bilinear=yes)          | bilinear is true or false
          """)
  void refusesOptionsThatMakeNoNetwork(String request, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zoo.build(request))
        .withMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          deit_tiny_patch16_224 | 1x3x256x256 | images of 224x224 are expected
          mixer_s16             | 1x3x192x192 | images of 224x224 are expected
          bert_base             | 1x600       | with at most 512 tokens
          gpt2                  | 1x3x224x224 | token ids of [batch, tokens] are expected
          yolov5n               | 1x3x330x330 | torch.cat
          """)
  void refusesInputsAsTheModelDoes(String request, String input, String reason) {
    Network network = Zoo.build(request);
    assertThatThrownBy(() -> multiplications(network, input))
        .isInstanceOf(ShapeException.class)
        .hasMessageContaining(reason);
  }
}
