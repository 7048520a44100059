package org.whichflops.engine.nn;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.whichflops.engine.shape.Shape;
import org.whichflops.engine.tensor.InterpolationArguments;
import org.whichflops.engine.tensor.InterpolationArguments.Interpolation;

/** One layer of every kind, with one sample that it takes; the batch comes first. */
record Layer(String name, Supplier<? extends Module> module, Shape sample) {
  private static final long[] SEQUENCE = {4, 12};
  private static final long[] IMAGE = {4, 9, 10};
  private static final long[] VOLUME = {4, 6, 7, 8};

  static Stream<Layer> all() {
    return Stream.of(convolutions(), linear(), norms(), pools(), others()).flatMap(s -> s);
  }

  private static Stream<Layer> convolutions() {
    return Stream.of(
        layer("Conv1d", () -> Conv.conv1d(4, 6, 3).stride(2), SEQUENCE),
        layer("Conv2d", () -> Conv.conv2d(4, 6, 3).padding(1).noBias(), IMAGE),
        layer("Conv2d same", () -> Conv.conv2d(4, 6, 4).paddingSame(), IMAGE),
        layer(
            "Conv2d reflect", () -> Conv.conv2d(4, 6, 3).padding(2).paddingMode("reflect"), IMAGE),
        layer("Conv2d depthwise", () -> Conv.conv2d(4, 8, 3).groups(4).dilation(2), IMAGE),
        layer("Conv3d", () -> Conv.conv3d(4, 2, 3), VOLUME),
        layer("ConvTranspose1d", () -> Conv.convTranspose1d(4, 6, 3), SEQUENCE),
        layer("ConvTranspose2d", () -> Conv.convTranspose2d(4, 6, 3).stride(2).padding(1), IMAGE),
        layer("ConvTranspose3d", () -> Conv.convTranspose3d(4, 2, 2).groups(2), VOLUME));
  }

  private static Stream<Layer> linear() {
    return Stream.of(
        layer("Linear", () -> new Linear(12, 7), SEQUENCE),
        layer("Linear without bias", () -> new Linear(12, 7).noBias(), SEQUENCE),
        layer(
            "MultiheadAttention",
            () -> new SelfAttention(new MultiheadAttention(12, 2).batchFirst()),
            SEQUENCE),
        layer(
            "TransformerEncoderLayer",
            () -> TransformerEncoderLayer.batchFirst(12, 2, 24),
            SEQUENCE),
        layer(
            "TransformerEncoder",
            () -> new TransformerEncoder(List.of(unbiased(), unbiased()), new LayerNorm(12)),
            SEQUENCE),
        layer("RNN", () -> Recurrent.rnn(12, 5).batchFirst().layers(2), SEQUENCE),
        layer("GRU", () -> Recurrent.gru(12, 5).batchFirst().bidirectional(), SEQUENCE),
        layer("LSTM", () -> Recurrent.lstm(12, 5).batchFirst().projection(3), SEQUENCE),
        layer("LSTMCell", () -> Recurrent.lstmCell(4, 5), 4),
        layer("Embedding", () -> Embedding.embedding(50, 8), 6),
        layer("EmbeddingBag", () -> Embedding.bag(50, 8), 6));
  }

  /** With GELU, normalized first, without bias. */
  private static TransformerEncoderLayer unbiased() {
    return new TransformerEncoderLayer(
        new TransformerEncoderLayer.Given(12, 2, 24, true, true, true, false));
  }

  private static Stream<Layer> norms() {
    return Stream.of(
        layer("BatchNorm1d", () -> BatchNorm.batchNorm1d(4), SEQUENCE),
        layer("BatchNorm2d", () -> BatchNorm.batchNorm2d(4), IMAGE),
        layer("BatchNorm3d", () -> BatchNorm.batchNorm3d(4).notAffine(), VOLUME),
        layer("InstanceNorm2d", () -> InstanceNorm.instanceNorm(2, 4), IMAGE),
        layer("GroupNorm", () -> new GroupNorm(2, 4), IMAGE),
        layer("LayerNorm", () -> new LayerNorm(12), SEQUENCE),
        layer("RMSNorm", () -> new RmsNorm(12), SEQUENCE),
        layer("RMSNorm without weight", () -> new RmsNorm(12).notAffine(), SEQUENCE),
        layer("InstanceNorm1d tracked", () -> InstanceNorm.instanceNorm(1, 4).tracked(), SEQUENCE),
        layer("LocalResponseNorm", () -> new LocalResponseNorm(3), IMAGE));
  }

  private static Stream<Layer> pools() {
    return Stream.of(
        layer("MaxPool1d", () -> Pool.maxPool(1, 3), SEQUENCE),
        layer("MaxPool2d", () -> Pool.maxPool2d(3).stride(2).padding(1).ceilMode(), IMAGE),
        layer("AvgPool2d", () -> Pool.avgPool2d(2), IMAGE),
        layer("AvgPool3d", () -> Pool.avgPool(3, 2), VOLUME),
        layer("LPPool2d", () -> Pool.lpPool(2, 2), IMAGE),
        layer("AdaptiveAvgPool2d", () -> AdaptivePool.adaptiveAvgPool2d(3, 4), IMAGE),
        layer("AdaptiveMaxPool3d", () -> AdaptivePool.adaptiveMaxPool(3, 2), VOLUME));
  }

  private static Stream<Layer> others() {
    return Stream.of(
        layer("ReLU", Activation::relu, IMAGE),
        layer("GELU", Activation::gelu, IMAGE),
        layer("SiLU", Activation::silu, IMAGE),
        layer("Sigmoid", Activation::sigmoid, IMAGE),
        layer("PReLU", () -> new PReLU(4), IMAGE),
        layer("GLU", () -> new Glu(1), IMAGE),
        layer("Softmax", () -> Softmax.softmax(1), IMAGE),
        layer("LogSoftmax", () -> Softmax.logSoftmax(-1), IMAGE),
        layer("Upsample", () -> Upsample.bilinear2d(1.5), IMAGE),
        layer(
            "Upsample bicubic",
            () -> Upsample.upsample(InterpolationArguments.toSize(Interpolation.BICUBIC, 5, 17)),
            IMAGE),
        layer("PixelShuffle", () -> PixelShuffle.shuffle(2), IMAGE),
        layer("ChannelShuffle", () -> new ChannelShuffle(2), IMAGE),
        layer("ZeroPad2d", () -> new Pad("ZeroPad2d", 1, 2, 3, 4), IMAGE),
        layer("Flatten", () -> new Flatten(), IMAGE),
        layer("Unflatten", () -> Flatten.unflatten(1, 2, 2), IMAGE),
        layer("Dropout", Dropout::dropout, IMAGE),
        layer("Identity", Identity::new, IMAGE));
  }

  private static Layer layer(String name, Supplier<? extends Module> module, long... sample) {
    return new Layer(name, module, Shape.of(sample));
  }

  /** A network of nothing but the layer. */
  Network network() {
    return new Network(name, module.get(), InputSize.of(batch(1), false));
  }

  /** So many samples. */
  Shape batch(long n) {
    long[] sizes = new long[sample.rank() + 1];
    sizes[0] = n;
    System.arraycopy(sample.sizes(), 0, sizes, 1, sample.rank());
    return Shape.of(sizes);
  }

  @Override
  public String toString() {
    return name;
  }
}
