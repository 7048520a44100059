package org.whichflops.golden;

import static org.whichflops.engine.nn.Activation.relu;
import static org.whichflops.engine.nn.Activation.relu6;
import static org.whichflops.engine.nn.AdaptivePool.adaptiveAvgPool2d;
import static org.whichflops.engine.nn.BatchNorm.batchNorm2d;
import static org.whichflops.engine.nn.Conv.conv2d;
import static org.whichflops.golden.LayerCase.layer;
import static org.whichflops.golden.LayerCase.root;

import java.util.List;
import org.whichflops.engine.nn.Flatten;
import org.whichflops.engine.nn.GroupNorm;
import org.whichflops.engine.nn.Linear;
import org.whichflops.engine.nn.Module;
import org.whichflops.engine.nn.Sequential;

/** Modules that share, hide, rename or leave out what tools look for. */
final class StructureCases {
  private static final String ROWS = "4x10";
  private static final String IMAGE = "2x6x16x16";

  private StructureCases() {}

  static List<LayerCase> all() {
    return List.of(
        root("shared_called_twice", ROWS, StructureModules.SharedTwice::new),
        layer("shared_called_twice_inside_wrapper", ROWS, StructureModules.SharedTwice::new),
        root("shared_across_parents", ROWS, StructureModules.SharedAcrossParents::new),
        root("unused_modules", ROWS, StructureModules.Unused::new),
        root("nested_sequential", ROWS, StructureModules.Nested::new),
        layer("nested_sequential_inside_wrapper", ROWS, StructureModules.Nested::new),
        root("modulelist", ROWS, StructureModules.MList::new),
        layer("own_param_in_nonleaf_root_inside_wrapper", ROWS, StructureModules.OwnParam::new),
        // The results have an m and an m.fc, so this one was wrapped too.
        layer("own_weight_nonleaf", ROWS, StructureModules.OwnWeightNonLeaf::new),
        root("direct_forward_call", ROWS, StructureModules.DirectForward::new),
        root("child_weight_used_functionally", ROWS, StructureModules.ChildWeightUse::new),
        root("buffer_only_matmul", ROWS, StructureModules.BufferOnly::new),
        root("dict_output", ROWS, StructureModules.TwoOut::new),
        layer("dict_output_inside_wrapper", ROWS, StructureModules.TwoOut::new),
        layer("custom_leaf_named_Conv", IMAGE, StructureModules.ConvBag::new),
        layer("custom_leaf_gamma", IMAGE, StructureModules.Scale::new),
        root("empty_model", IMAGE, StructureModules.Empty::new),
        root("bare_sequential_root", IMAGE, StructureCases::convBnRelu),
        root(
            "bare_mha_child_linear",
            ROWS,
            () -> new Sequential(new Linear(10, 10), new GroupNorm(2, 10))),
        root("conv_bn_relu_pool_fc", "2x3x16x16", StructureCases::classifier),
        root("conv_bn_relu_pool_fc_batch1", "1x3x16x16", StructureCases::classifier));
  }

  private static Module convBnRelu() {
    return new Sequential(conv2d(6, 8, 3).padding(1), batchNorm2d(8), relu());
  }

  private static Module classifier() {
    return new Sequential(
        conv2d(3, 8, 3).padding(1).noBias(),
        batchNorm2d(8),
        relu6(),
        adaptiveAvgPool2d(1),
        new Flatten(),
        new Linear(8, 10));
  }
}
