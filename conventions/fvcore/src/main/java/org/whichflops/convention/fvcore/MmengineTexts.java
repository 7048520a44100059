package org.whichflops.convention.fvcore;

import java.util.ArrayList;
import java.util.List;
import org.whichflops.convention.Convention;
import org.whichflops.convention.SummaryStyle;
import org.whichflops.engine.nn.Network;
import org.whichflops.engine.tensor.ForwardPass;

/** The texts that {@code get_model_complexity_info} returns (mmengine/analysis/print_helper.py). */
final class MmengineTexts {
  private static final int DEPTH = 3;
  private static final String CALL = "get_model_complexity_info(model, input_shape)";

  private MmengineTexts() {}

  static List<SummaryStyle> all(Convention mmengine) {
    return List.of(
        new PrintedText("mmengine", mmengine, CALL + "['out_table']", MmengineTexts::table),
        new PrintedText("mmengine/out_arch", mmengine, CALL + "['out_arch']", MmengineTexts::tree));
  }

  private static String table(Convention convention, Network network, ForwardPass pass) {
    Analysis analysis = Analysis.withActivations(convention, network, pass);
    List<String> headers = new ArrayList<>(List.of("module"));
    headers.addAll(analysis.columns());
    return "\n" + RichTable.of(headers, analysis.rows(DEPTH));
  }

  private static String tree(Convention convention, Network network, ForwardPass pass) {
    return "\n" + FvcoreTexts.tree(Analysis.withActivations(convention, network, pass));
  }
}
