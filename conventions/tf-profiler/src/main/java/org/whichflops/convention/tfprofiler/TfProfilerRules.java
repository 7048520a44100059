package org.whichflops.convention.tfprofiler;

import static org.whichflops.convention.Rule.sees;
import static org.whichflops.engine.formula.Label.BIAS;
import static org.whichflops.engine.formula.Label.ELEMENTWISE;
import static org.whichflops.engine.formula.Label.MULTIPLY_ACCUMULATE;
import static org.whichflops.engine.formula.Label.NORMALIZATION;
import static org.whichflops.engine.formula.Label.POOLING;
import static org.whichflops.engine.formula.Label.SOFTMAX;

import org.whichflops.convention.RuleTable;

/**
 * What TensorFlow registers under the statistic {@code flops}
 * (tensorflow/python/profiler/internal/flops_registry.py, and beside the operations themselves in
 * tensorflow/python/ops). A node whose shape the graph does not know counts nothing.
 */
final class TfProfilerRules {
  private TfProfilerRules() {}

  static final RuleTable TABLE =
      RuleTable.of(
          sees("tf.Conv2D", "tf.Conv3D")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(y) * (numel(x2) // x2[-1])")
              .note(
                  "2 a multiply-accumulate; 1-D convolutions are Conv2D nodes; a dilated one runs "
                      + "between SpaceToBatchND and BatchToSpaceND on sizes rounded up")
              .source("nn_ops.py _calc_conv_flops, _calc_conv3d_flops"),
          sees("tf.DepthwiseConv2dNative")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(y) * (numel(x2) // (x2[-1] * x2[-2]))")
              .source("nn_ops.py _calc_depthwise_conv_flops"),
          sees("tf.Conv2DBackpropInput")
              .counts(MULTIPLY_ACCUMULATE, "2 * numel(y) * numel(x2) // (y[-1] * strides)")
              .note(
                  "Conv2DTranspose: output size over strides stands for the input size, which is "
                      + "right with padding 'same' and too much with 'valid'")
              .source("flops_registry.py _conv_2d_backprop_input_flops"),
          sees("tf.MatMul", "tf.BatchMatMulV2", "tf.BatchMatMulV3")
              .counts(MULTIPLY_ACCUMULATE, "2 * x[-1] * numel(y)")
              .note("needs the shape of its first input")
              .source("math_ops.py _calc_mat_mul_flops, _calc_batch_mat_mul_flops"),
          sees("tf.BiasAdd")
              .counts(BIAS, "numel(x)")
              .note(
                  "Keras makes one of every keras.ops.add whose second operand has one dimension "
                      + "larger than 1, so at batch 1 of some additions of whole tensors")
              .source("nn_ops.py _calc_bias_add_flops"),
          sees("tf.MaxPool", "tf.AvgPool")
              .counts(POOLING, "K * numel(y)")
              .note("one an element under the window; only 1-D and 2-D are registered")
              .source("flops_registry.py _pool_flops"),
          sees("tf.Mean")
              .counts(POOLING, "numel(x)")
              .note("a sum with n - 1 additions and a division; global pooling and moments")
              .source("flops_registry.py _mean_flops"),
          sees("tf.Sum")
              .counts(ELEMENTWISE, "numel(x) - numel(y)")
              .source("flops_registry.py _sum_flops"),
          sees("tf.Softmax")
              .counts(SOFTMAX, "5 * numel(x)")
              .note("2 to shift, 1 for the exponential, 2 to divide")
              .source("flops_registry.py _softmax_flops"),
          sees("tf.Rsqrt")
              .counts(NORMALIZATION, "2 * numel(x)")
              .note("a batch normalization has one a channel, at every batch: not proportional")
              .source("flops_registry.py _rsqrt_flops"),
          sees("tf.SquaredDifference")
              .counts(NORMALIZATION, "2 * numel(y)")
              .source("flops_registry.py _squared_difference_flops"),
          sees("tf.Neg", "tf.Square", "tf.Log", "tf.Reciprocal")
              .counts(ELEMENTWISE, "numel(x)")
              .source("flops_registry.py _unary_op_flops"),
          sees(
                  "tf.AddV2",
                  "tf.Sub",
                  "tf.Mul",
                  "tf.RealDiv",
                  "tf.Maximum",
                  "tf.Minimum",
                  "tf.Pow",
                  "tf.Equal",
                  "tf.NotEqual",
                  "tf.Less",
                  "tf.LessEqual",
                  "tf.Greater",
                  "tf.GreaterEqual")
              .counts(ELEMENTWISE, "numel(y)")
              .note(
                  "a batch normalization in inference is one Mul and one AddV2 over its input and "
                      + "five nodes a channel, for TensorFlow's fused kernel is not used")
              .source("flops_registry.py _binary_per_element_op_flops"),
          sees("tf.NotEqual[mask]")
              .counts(ELEMENTWISE, "numel(y)")
              .note(
                  "an Embedding with mask_zero computes its mask again when it is called; nobody "
                      + "uses that one, and freezing takes it out")
              .source("flops_registry.py _not_equal_flops; measured"),
          sees("tf.StatefulPartitionedCall")
              .countsNothing()
              .note(
                  "a convolution with groups: TensorFlow cannot on the CPU, so Keras compiles it "
                      + "into a function of its own; in the frozen graph its output has no shape, "
                      + "and all that follows counts nothing")
              .source("keras/src/backend/tensorflow/nn.py conv; measured"),
          sees("tf.Merge")
              .countsNothing()
              .note(
                  "a loop's state: the body of a recurrent layer counts once, not once a step, and "
                      + "in the frozen graph without what depends on the state's shape")
              .source("keras/src/backend/tensorflow/rnn.py; measured"),
          sees(
                  "tf.Conv3DBackpropInputV2",
                  "tf.MaxPool3D",
                  "tf.AvgPool3D",
                  "tf.Einsum",
                  "tf.Relu",
                  "tf.Relu6",
                  "tf.LeakyRelu",
                  "tf.Elu",
                  "tf.Selu",
                  "tf.Sigmoid",
                  "tf.Tanh",
                  "tf.Softplus",
                  "tf.Softsign",
                  "tf.Erfc",
                  "tf.Exp",
                  "tf.Sqrt",
                  "tf.Abs",
                  "tf.LogSoftmax",
                  "tf.Max",
                  "tf.Min",
                  "tf.ResizeBilinear",
                  "tf.ResizeBicubic")
              .countsNothing()
              .note("computes, but nothing is registered for it")
              .source("absent from flops_registry.py"));
}
