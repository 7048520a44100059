package org.whichflops.golden;

import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.BICUBIC;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.BILINEAR;
import static org.whichflops.engine.tensor.InterpolationArguments.Interpolation.NEAREST;
import static org.whichflops.engine.tensor.InterpolationArguments.by;
import static org.whichflops.engine.tensor.InterpolationArguments.toSize;
import static org.whichflops.golden.LayerCase.function;
import static org.whichflops.golden.LayerCase.zeros;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.engine.shape.Extents;
import org.whichflops.engine.tensor.Activations;
import org.whichflops.engine.tensor.AdaptivePoolingArguments;
import org.whichflops.engine.tensor.F;
import org.whichflops.engine.tensor.NormalizationArguments;
import org.whichflops.engine.tensor.PoolingArguments;
import org.whichflops.engine.tensor.Tensor;
import org.whichflops.engine.tensor.Torch;

/** Functions, methods and operators called without a module of their own. */
final class FunctionCases {
  private static final String LINE = "2x6x20";
  private static final String IMAGE = "2x6x16x16";
  private static final String VOLUME = "2x6x8x8x8";
  private static final String ROWS = "4x10";
  private static final String SEQUENCE = "4x5x10";
  private static final String STACKS = "2x3x5x10";

  private FunctionCases() {}

  static List<LayerCase> all() {
    List<LayerCase> all = new ArrayList<>();
    all.addAll(layers());
    all.addAll(activations());
    all.addAll(resampling());
    all.addAll(products());
    all.addAll(elementwise());
    return all;
  }

  private static List<LayerCase> layers() {
    return List.of(
        function("F_linear_bias", ROWS, x -> F.linear(x, zeros(x, 7, 10), zeros(x, 7))),
        function("F_linear_bias_3d", SEQUENCE, x -> F.linear(x, zeros(x, 7, 10), zeros(x, 7))),
        function("F_group_norm", IMAGE, x -> F.groupNorm(x, 3, notAffine(-3))),
        function("F_instance_norm", IMAGE, x -> F.instanceNorm(x, notAffine(0))),
        function("F_normalize", SEQUENCE, x -> F.normalize(x, -1)));
  }

  private static NormalizationArguments notAffine(long row) {
    return new NormalizationArguments(false, false, -1, row);
  }

  private static List<LayerCase> activations() {
    return List.of(
        function("F_relu_inplace", IMAGE, Activations.RELU_INPLACE::of),
        function("F_relu6", IMAGE, Activations.RELU6::of),
        function("F_leaky_relu", IMAGE, Activations.LEAKY_RELU::of),
        function("F_prelu", IMAGE, x -> F.prelu(x, zeros(x, 1))),
        function("F_elu", IMAGE, Activations.ELU::of),
        function("F_selu", IMAGE, Activations.SELU::of),
        function("F_gelu", IMAGE, Activations.GELU::of),
        function("F_silu", IMAGE, Activations.SILU::of),
        function("F_mish", IMAGE, Activations.MISH::of),
        function("F_hardswish", IMAGE, Activations.HARDSWISH::of),
        function("F_sigmoid", IMAGE, Activations.SIGMOID::of),
        function("F_tanh", IMAGE, Activations.TANH::of),
        function("F_softplus", IMAGE, Activations.SOFTPLUS::of),
        function("F_log_softmax", IMAGE, x -> F.logSoftmax(x, -1)),
        function("torch_relu", IMAGE, Torch::relu),
        function("torch_sigmoid", IMAGE, Torch::sigmoid),
        function("torch_softmax", IMAGE, x -> Torch.softmax(x, -1)),
        function("tensor_relu", IMAGE, Tensor::relu),
        function("tensor_sigmoid", IMAGE, Tensor::sigmoid));
  }

  private static List<LayerCase> resampling() {
    return List.of(
        function("F_max_pool1d", LINE, x -> F.maxPool(x, window(1))),
        function("F_max_pool3d", VOLUME, x -> F.maxPool(x, window(3))),
        function("F_avg_pool1d", LINE, x -> F.avgPool(x, window(1))),
        function("F_avg_pool2d", IMAGE, x -> F.avgPool(x, window(2))),
        function("F_avg_pool3d", VOLUME, x -> F.avgPool(x, window(3))),
        function("F_adaptive_avg_pool1d", LINE, x -> F.adaptiveAvgPool(x, toOne(1))),
        function("F_adaptive_max_pool2d", IMAGE, x -> F.adaptiveMaxPool(x, toOne(2))),
        function("F_adaptive_max_pool3d", VOLUME, x -> F.adaptiveMaxPool(x, toOne(3))),
        function("mean_spatial", IMAGE, x -> x.mean(2, 3)),
        function("mean_seq", SEQUENCE, x -> x.mean(1)),
        function("F_interpolate_sf_tuple", IMAGE, x -> F.interpolate(x, by(NEAREST, 2, 3))),
        function("F_interpolate_bilinear_sf2", IMAGE, x -> F.interpolate(x, by(BILINEAR, 2))),
        function(
            "F_interpolate_bilinear_size", IMAGE, x -> F.interpolate(x, toSize(BILINEAR, 20, 30))),
        function("F_interpolate_bicubic_sf2", IMAGE, x -> F.interpolate(x, by(BICUBIC, 2))),
        function("F_grid_sample", IMAGE, x -> F.gridSample(x, zeros(x, 2, 10, 10, 2))));
  }

  /** A kernel of 3 with a stride of 2. */
  private static PoolingArguments window(int dims) {
    return PoolingArguments.of(dims, Extents.of(3), Extents.of(2));
  }

  private static AdaptivePoolingArguments toOne(int dims) {
    return new AdaptivePoolingArguments(dims, Extents.of(1));
  }

  private static List<LayerCase> products() {
    return List.of(
        function("torch_matmul_2d", ROWS, x -> Torch.matmul(x, zeros(x, 10, 7))),
        function("torch_matmul_3d_2d", SEQUENCE, x -> Torch.matmul(x, zeros(x, 10, 7))),
        function("torch_matmul_batched_4d", STACKS, x -> Torch.matmul(x, zeros(x, 2, 3, 10, 7))),
        function("torch_matmul_broadcast", "5x10", x -> Torch.matmul(x, zeros(x, 2, 3, 10, 7))),
        function("tensor_matmul_2d", ROWS, x -> x.matmul(zeros(x, 10, 7))),
        function("at_2d", ROWS, x -> x.at(zeros(x, 10, 7))),
        function("at_batched_4d", STACKS, x -> x.at(x.transpose(-2, -1))),
        function("torch_mm", ROWS, x -> Torch.mm(x, zeros(x, 10, 7))),
        function("tensor_mm", ROWS, x -> x.mm(zeros(x, 10, 7))),
        function("torch_bmm", SEQUENCE, x -> Torch.bmm(x, zeros(x, 4, 10, 7))),
        function("tensor_bmm", SEQUENCE, x -> x.bmm(zeros(x, 4, 10, 7))),
        function("torch_addmm", ROWS, x -> Torch.addmm(zeros(x, 7), x, zeros(x, 10, 7))),
        function(
            "torch_baddbmm",
            SEQUENCE,
            x -> Torch.baddbmm(zeros(x, 4, 5, 7), x, zeros(x, 4, 10, 7))),
        function("torch_mv", ROWS, x -> Torch.mv(x, zeros(x, 10))),
        function("torch_dot", "10", x -> Torch.dot(x, x)),
        function("einsum_mm", ROWS, x -> Torch.einsum("ij,jk->ik", x, zeros(x, 10, 7))),
        function("einsum_bmm", SEQUENCE, x -> Torch.einsum("bij,bjk->bik", x, zeros(x, 4, 10, 7))),
        function(
            "einsum_ellipsis",
            SEQUENCE,
            x -> Torch.einsum("...ij,...jk->...ik", x, zeros(x, 4, 10, 7))),
        function("einsum_attn", STACKS, x -> Torch.einsum("bhid,bhjd->bhij", x, x)),
        function("einsum_sum_only", ROWS, x -> Torch.einsum("ij->i", x)));
  }

  private static List<LayerCase> elementwise() {
    return List.of(
        function("add_operator", IMAGE, x -> x.plus(x)),
        function("iadd_operator", IMAGE, x -> x.plusAssign(1)),
        function("torch_add", IMAGE, x -> Torch.add(x, x)),
        function("tensor_add_", IMAGE, x -> x.add_(1)),
        function("sub_operator", IMAGE, x -> x.minus(x)),
        function("torch_mul", IMAGE, x -> Torch.mul(x, x)),
        function("torch_mul_scalar", IMAGE, x -> Torch.mul(x, 2)),
        // Named after torch.pow, but the function it was run with is x ** 2.
        function("torch_pow", IMAGE, Tensor::squared),
        function("torch_sqrt", IMAGE, Torch::sqrt),
        // Named after torch.sum, but the function it was run with is x.sum().
        function("torch_sum", IMAGE, x -> x.sum()),
        function("torch_cat", IMAGE, x -> Torch.cat(1, x, x)),
        function("torch_roll", IMAGE, Torch::roll),
        function("permute_contig", IMAGE, x -> x.permute(0, 2, 3, 1).contiguous()));
  }
}
