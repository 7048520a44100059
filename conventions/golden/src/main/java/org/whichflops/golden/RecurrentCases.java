package org.whichflops.golden;

import static org.whichflops.engine.nn.Recurrent.gru;
import static org.whichflops.engine.nn.Recurrent.gruCell;
import static org.whichflops.engine.nn.Recurrent.lstm;
import static org.whichflops.engine.nn.Recurrent.lstmCell;
import static org.whichflops.engine.nn.Recurrent.rnn;
import static org.whichflops.engine.nn.Recurrent.rnnCell;
import static org.whichflops.golden.LayerCase.layer;

import java.util.List;

/** Recurrent layers over 5 steps of a batch of 3, and cells. */
final class RecurrentCases {
  private static final String STEPS_FIRST = "5x3x10";
  private static final String BATCH_FIRST = "3x5x10";
  private static final String UNBATCHED = "5x10";
  private static final String ONE_STEP = "3x10";

  private RecurrentCases() {}

  static List<LayerCase> all() {
    return List.of(
        layer("RNN_1layer", STEPS_FIRST, () -> rnn(10, 20)),
        layer("RNN_2layer", STEPS_FIRST, () -> rnn(10, 20).layers(2)),
        layer("RNN_nobias", STEPS_FIRST, () -> rnn(10, 20).noBias()),
        layer("RNN_bidir", STEPS_FIRST, () -> rnn(10, 20).bidirectional()),
        layer("RNN_2layer_bidir", STEPS_FIRST, () -> rnn(10, 20).layers(2).bidirectional()),
        layer("RNN_batch_first", BATCH_FIRST, () -> rnn(10, 20).batchFirst()),
        layer("RNNCell_nobias", ONE_STEP, () -> rnnCell(10, 20).noBias()),
        layer("LSTM_1layer", STEPS_FIRST, () -> lstm(10, 20)),
        layer("LSTM_2layer", STEPS_FIRST, () -> lstm(10, 20).layers(2)),
        layer("LSTM_bidir", STEPS_FIRST, () -> lstm(10, 20).bidirectional()),
        layer("LSTM_batch_first", BATCH_FIRST, () -> lstm(10, 20).batchFirst()),
        layer("LSTM_unbatched", UNBATCHED, () -> lstm(10, 20)),
        layer("LSTM_proj", STEPS_FIRST, () -> lstm(10, 20).projection(7)),
        layer("LSTMCell", ONE_STEP, () -> lstmCell(10, 20)),
        layer("LSTMCell_nobias", ONE_STEP, () -> lstmCell(10, 20).noBias()),
        layer("GRU_1layer", STEPS_FIRST, () -> gru(10, 20)),
        layer("GRU_2layer", STEPS_FIRST, () -> gru(10, 20).layers(2)),
        layer("GRU_nobias", STEPS_FIRST, () -> gru(10, 20).noBias()),
        layer("GRU_bidir", STEPS_FIRST, () -> gru(10, 20).bidirectional()),
        layer("GRU_2layer_bidir", STEPS_FIRST, () -> gru(10, 20).layers(2).bidirectional()),
        layer("GRU_batch_first", BATCH_FIRST, () -> gru(10, 20).batchFirst()),
        layer("GRU_unbatched", UNBATCHED, () -> gru(10, 20)),
        layer("GRUCell", ONE_STEP, () -> gruCell(10, 20)),
        layer("GRUCell_nobias", ONE_STEP, () -> gruCell(10, 20).noBias()));
  }
}
