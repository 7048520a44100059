package org.whichflops.format.keras;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whichflops.format.json.Json;

/** The layers of Keras that are known, by class. */
final class LayerTypes {
  private LayerTypes() {}

  /** Whether there is a layer of that class. */
  static boolean knows(String className) {
    return maker(className) != null;
  }

  /** Makes a layer; one that is not known counts nothing and says so. */
  static KerasModule make(LayerSpec spec) {
    Function<LayerSpec, KerasModule> maker = maker(spec.className());
    if (maker == null) {
      return new UnknownLayer(spec, java.util.List.<Json>of());
    }
    try {
      return maker.apply(spec);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw spec.config().error(String.valueOf(e.getMessage()));
    }
  }

  /**
   * What makes a layer of that class, or null. A switch and no map: Java links a row's constructor
   * when the row is taken for the first time, and a file has a handful of classes.
   */
  private static @Nullable Function<LayerSpec, KerasModule> maker(String className) {
    return switch (className) {
      case "Conv1D", "Convolution1D", "DepthwiseConv1D", "SeparableConv1D" ->
          spec -> new ConvolutionLayer(spec, 1);
      case "Conv2D", "Convolution2D", "DepthwiseConv2D", "SeparableConv2D" ->
          spec -> new ConvolutionLayer(spec, 2);
      case "Conv3D", "Convolution3D" -> spec -> new ConvolutionLayer(spec, 3);
      case "Conv1DTranspose" -> spec -> new TransposedConvolutionLayer(spec, 1);
      case "Conv2DTranspose" -> spec -> new TransposedConvolutionLayer(spec, 2);
      case "Conv3DTranspose" -> spec -> new TransposedConvolutionLayer(spec, 3);
      case "MaxPooling1D", "AveragePooling1D" -> spec -> new PoolingLayers.Windowed(spec, 1);
      case "MaxPooling2D", "AveragePooling2D" -> spec -> new PoolingLayers.Windowed(spec, 2);
      case "MaxPooling3D", "AveragePooling3D" -> spec -> new PoolingLayers.Windowed(spec, 3);
      case "GlobalMaxPooling1D", "GlobalAveragePooling1D" ->
          spec -> new PoolingLayers.Global(spec, 1);
      case "GlobalMaxPooling2D", "GlobalAveragePooling2D" ->
          spec -> new PoolingLayers.Global(spec, 2);
      case "GlobalMaxPooling3D", "GlobalAveragePooling3D" ->
          spec -> new PoolingLayers.Global(spec, 3);
      case "ZeroPadding1D", "Cropping1D" -> spec -> new ReshapingLayers.Padded(spec, 1);
      case "ZeroPadding2D", "Cropping2D" -> spec -> new ReshapingLayers.Padded(spec, 2);
      case "ZeroPadding3D", "Cropping3D" -> spec -> new ReshapingLayers.Padded(spec, 3);
      case "UpSampling1D" -> spec -> new ReshapingLayers.Enlarged(spec, 1);
      case "UpSampling2D" -> spec -> new ReshapingLayers.Enlarged(spec, 2);
      case "UpSampling3D" -> spec -> new ReshapingLayers.Enlarged(spec, 3);
      case "Dense" -> DenseLayer::new;
      case "EinsumDense" -> EinsumDenseLayer::new;
      case "Embedding" -> EmbeddingLayer::new;
      case "BatchNormalization" -> NormalizationLayers.Batch::new;
      case "LayerNormalization", "RMSNormalization" -> NormalizationLayers.Layer::new;
      case "GroupNormalization" -> NormalizationLayers.Group::new;
      case "Normalization" -> NormalizationLayers.Data::new;
      case "Rescaling" -> ActivationLayers.Rescaled::new;
      case "Activation", "LeakyReLU", "ELU" -> ActivationLayers.Named::new;
      case "ReLU" -> ActivationLayers.Rectifier::new;
      case "PReLU" -> ActivationLayers.Learnt::new;
      case "Softmax" -> ActivationLayers.Normalized::new;
      case "InputLayer",
          "Dropout",
          "AlphaDropout",
          "GaussianDropout",
          "SpatialDropout1D",
          "SpatialDropout2D",
          "SpatialDropout3D",
          "GaussianNoise",
          "ActivityRegularization",
          "Identity",
          "Masking" ->
          ActivationLayers.Unchanged::new;
      case "Flatten" -> ReshapingLayers.Flat::new;
      case "Reshape" -> ReshapingLayers.Reshaped::new;
      case "Permute" -> ReshapingLayers.Permuted::new;
      case "RepeatVector" -> ReshapingLayers.Repeated::new;
      case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" ->
          MergingLayers.Elementwise::new;
      case "Concatenate" -> MergingLayers.Concatenated::new;
      case "Dot" -> MergingLayers.Product::new;
      case "LSTM", "GRU", "SimpleRNN", "RNN" -> RecurrentLayer::new;
      case "Bidirectional" -> WrapperLayers.BothWays::new;
      case "TimeDistributed" -> WrapperLayers.EveryStep::new;
      case "SpectralNormalization" -> WrapperLayers.Around::new;
      case "MultiHeadAttention", "GroupQueryAttention", "GroupedQueryAttention" ->
          AttentionLayers.MultiHead::new;
      case "Attention", "AdditiveAttention" -> AttentionLayers.Single::new;
      default -> null;
    };
  }
}
