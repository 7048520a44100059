package org.whichflops.format.keras;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.whichflops.format.json.Json;

/** The layers of Keras that are known, by class. */
final class LayerTypes {
  private static final Map<String, Function<LayerSpec, KerasModule>> TYPES = new HashMap<>();

  static {
    for (int d = 1; d <= 3; d++) {
      int dims = d;
      String suffix = d + "D";
      put(spec -> new ConvolutionLayer(spec, dims), "Conv" + suffix, "Convolution" + suffix);
      put(spec -> new TransposedConvolutionLayer(spec, dims), "Conv" + suffix + "Transpose");
      put(
          spec -> new PoolingLayers.Windowed(spec, dims),
          "MaxPooling" + suffix,
          "AveragePooling" + suffix);
      put(
          spec -> new PoolingLayers.Global(spec, dims),
          "GlobalMaxPooling" + suffix,
          "GlobalAveragePooling" + suffix);
      put(
          spec -> new ReshapingLayers.Padded(spec, dims),
          "ZeroPadding" + suffix,
          "Cropping" + suffix);
      put(spec -> new ReshapingLayers.Enlarged(spec, dims), "UpSampling" + suffix);
      put(ActivationLayers.Unchanged::new, "SpatialDropout" + suffix);
      if (d < 3) {
        put(
            spec -> new ConvolutionLayer(spec, dims),
            "DepthwiseConv" + suffix,
            "SeparableConv" + suffix);
      }
    }
    put(DenseLayer::new, "Dense");
    put(EinsumDenseLayer::new, "EinsumDense");
    put(EmbeddingLayer::new, "Embedding");
    put(NormalizationLayers.Batch::new, "BatchNormalization");
    put(NormalizationLayers.Layer::new, "LayerNormalization", "RMSNormalization");
    put(NormalizationLayers.Group::new, "GroupNormalization");
    put(NormalizationLayers.Data::new, "Normalization");
    put(ActivationLayers.Rescaled::new, "Rescaling");
    put(ActivationLayers.Named::new, "Activation", "LeakyReLU", "ELU");
    put(ActivationLayers.Rectifier::new, "ReLU");
    put(ActivationLayers.Learnt::new, "PReLU");
    put(ActivationLayers.Normalized::new, "Softmax");
    put(
        ActivationLayers.Unchanged::new,
        "InputLayer",
        "Dropout",
        "AlphaDropout",
        "GaussianDropout",
        "GaussianNoise",
        "ActivityRegularization",
        "Identity",
        "Masking");
    put(ReshapingLayers.Flat::new, "Flatten");
    put(ReshapingLayers.Reshaped::new, "Reshape");
    put(ReshapingLayers.Permuted::new, "Permute");
    put(ReshapingLayers.Repeated::new, "RepeatVector");
    put(
        MergingLayers.Elementwise::new,
        "Add",
        "Subtract",
        "Multiply",
        "Average",
        "Maximum",
        "Minimum");
    put(MergingLayers.Concatenated::new, "Concatenate");
    put(MergingLayers.Product::new, "Dot");
    put(RecurrentLayer::new, "LSTM", "GRU", "SimpleRNN", "RNN");
    put(WrapperLayers.BothWays::new, "Bidirectional");
    put(WrapperLayers.EveryStep::new, "TimeDistributed");
    put(WrapperLayers.Around::new, "SpectralNormalization");
    put(
        AttentionLayers.MultiHead::new,
        "MultiHeadAttention",
        "GroupQueryAttention",
        "GroupedQueryAttention");
    put(AttentionLayers.Single::new, "Attention", "AdditiveAttention");
  }

  private LayerTypes() {}

  private static void put(Function<LayerSpec, KerasModule> maker, String... classNames) {
    for (String className : classNames) {
      TYPES.put(className, maker);
    }
  }

  /** Whether there is a layer of that class. */
  static boolean knows(String className) {
    return TYPES.containsKey(className);
  }

  /** Makes a layer; one that is not known counts nothing and says so. */
  static KerasModule make(LayerSpec spec) {
    Function<LayerSpec, KerasModule> maker = TYPES.get(spec.className());
    if (maker == null) {
      return new UnknownLayer(spec, java.util.List.<Json>of());
    }
    try {
      return maker.apply(spec);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw spec.config().error(String.valueOf(e.getMessage()));
    }
  }
}
