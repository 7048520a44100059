package org.whichflops.convention.torchinfo;

import java.util.List;

/**
 * What a call of {@code summary} asks for.
 *
 * @param name of the style after the tool's id, empty for the default
 * @param call the arguments beside the model
 * @param columns beside the layers' names
 * @param depth of the rows shown
 * @param names whether a row shows the name its parent gives it
 * @param withInput whether the model runs at all
 */
record View(
    String name, String call, List<Column> columns, int depth, boolean names, boolean withInput) {
  /** A column, by torchinfo's heading. */
  enum Column {
    INPUT("Input Shape"),
    OUTPUT("Output Shape"),
    PARAMETERS("Param #"),
    KERNEL("Kernel Shape"),
    MULT_ADDS("Mult-Adds"),
    TRAINABLE("Trainable");

    private final String heading;

    Column(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  private static final int DEFAULT_DEPTH = 3;

  /** The default, all columns, all rows of a deeper model, and without running the model. */
  static List<View> all() {
    return List.of(
        new View(
            "",
            "input_size=...",
            List.of(Column.OUTPUT, Column.PARAMETERS),
            DEFAULT_DEPTH,
            false,
            true),
        new View(
            "columns",
            "input_size=..., col_names=('input_size', 'output_size', 'num_params', 'kernel_size', "
                + "'mult_adds')",
            List.of(
                Column.INPUT, Column.OUTPUT, Column.PARAMETERS, Column.KERNEL, Column.MULT_ADDS),
            DEFAULT_DEPTH,
            false,
            true),
        new View(
            "depth5",
            "input_size=..., depth=5, row_settings=('depth', 'var_names'), col_names=('input_size',"
                + " 'output_size', 'num_params', 'kernel_size', 'mult_adds', 'trainable')",
            List.of(Column.values()),
            5,
            true,
            true),
        new View("no-input", "", List.of(Column.PARAMETERS), DEFAULT_DEPTH, false, false));
  }
}
