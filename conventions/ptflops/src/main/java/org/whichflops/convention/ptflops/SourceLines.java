package org.whichflops.convention.ptflops;

import org.whichflops.convention.RuleTable;

/**
 * Where a version's source has the functions that a table's rules stand for; 0 where it has none.
 *
 * @param file the file with the module hooks
 */
record SourceLines(
    String file,
    int upsample,
    int relu,
    int linear,
    int pool,
    int norm,
    int conv,
    int rnn,
    int rnnLayer,
    int rnnCell,
    int attention) {

  /** The table with these places; rules that it lacks are passed over. */
  RuleTable in(RuleTable table) {
    RuleTable placed = table;
    placed = placed(placed, "nn.Conv2d", conv);
    placed = placed(placed, "nn.ConvTranspose2d", conv);
    placed = placed(placed, "nn.Linear", linear);
    placed = placed(placed, "nn.BatchNorm2d", norm);
    placed = placed(placed, "nn.LayerNorm", norm);
    placed = placed(placed, "nn.ReLU", relu);
    placed = placed(placed, "nn.MaxPool2d", pool);
    placed = placed(placed, "nn.Upsample", upsample);
    for (String recurrent : new String[] {"nn.RNN", "nn.GRU", "nn.LSTM"}) {
      if (table.find(recurrent) != null) {
        placed = placed.source(recurrent, "%s:%d, %d, %d".formatted(file, rnn, rnnLayer, rnnCell));
      }
    }
    return placed(placed, "nn.MultiheadAttention", attention);
  }

  private RuleTable placed(RuleTable table, String key, int line) {
    return line == 0 || table.find(key) == null ? table : table.source(key, file + ":" + line);
  }
}
