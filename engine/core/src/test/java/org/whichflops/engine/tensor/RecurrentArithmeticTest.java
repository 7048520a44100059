package org.whichflops.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.engine.nn.Recurrent;

/** Recurrent layers against loops over steps, layers, directions and gates that count. */
class RecurrentArithmeticTest {
  private ForwardPass pass = new ForwardPass(Mode.DECOMPOSED);
  private final Loops loops = new Loops();

  static LongStream seeds() {
    return new SplittableRandom(20260106).longs(200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void layer_isTheSumOfItsSteps(long seed) {
    var random = new SplittableRandom(seed);
    int gates = new int[] {1, 3, 4}[random.nextInt(3)];
    int in = random.nextInt(1, 5);
    int hidden = random.nextInt(2, 5);
    int layers = random.nextInt(1, 4);
    int directions = random.nextInt(1, 3);
    int projection = gates == 4 && random.nextBoolean() ? random.nextInt(1, hidden) : 0;
    boolean bias = random.nextBoolean();
    boolean batchFirst = random.nextBoolean();
    boolean batched = random.nextInt(4) > 0;
    long steps = random.nextLong(1, 5);
    long batch = batched ? random.nextLong(1, 4) : 1;
    Recurrent layer = recurrent(gates, in, hidden).layers(layers).projection(projection);
    layer = directions == 2 ? layer.bidirectional() : layer;
    layer = bias ? layer : layer.noBias();
    layer = batchFirst ? layer.batchFirst() : layer;
    if (!batched) {
      layer.call(pass.input(steps, in));
    } else if (batchFirst) {
      layer.call(pass.input(batch, steps, in));
    } else {
      layer.call(pass.input(steps, batch, in));
    }
    int state = projection > 0 ? projection : hidden;
    for (long step = 0; step < steps * batch; step++) {
      for (int i = 0; i < layers; i++) {
        for (int direction = 0; direction < directions; direction++) {
          step(gates, i == 0 ? in : directions * state, hidden, state, projection, bias);
        }
      }
    }
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4})
  void cell_isOneStep(int gates) {
    Recurrent cell =
        switch (gates) {
          case 1 -> Recurrent.rnnCell(3, 5);
          case 3 -> Recurrent.gruCell(3, 5);
          default -> Recurrent.lstmCell(3, 5);
        };
    cell.call(pass.input(2, 3));
    step(gates, 3, 5, 5, 0, true);
    step(gates, 3, 5, 5, 0, true);
    assertThat(Work.of(pass)).isEqualTo(loops.work());
  }

  /**
   * As a TorchDispatchMode saw them: batch 2, 3 steps, 8 features to 6. On the CPU an LSTM is one
   * oneDNN kernel, unless it projects; other layers weigh all steps' inputs at once there, and step
   * by step on the meta device. A batch-first input is a view, so its bias is added afterwards.
   */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          rnn,       CPU,  addmm 6x8 | addmm 2x6 | addmm 2x6 | addmm 2x6
          gru,       META, addmm 2x8 | addmm 2x6 | addmm 2x8 | addmm 2x6 | addmm 2x8 | addmm 2x6
          gruFirst,  CPU,  mm 6x8 | add 6x18 | addmm 2x6 | addmm 2x6 | addmm 2x6
          gruFirst,  META, addmm 2x8 | addmm 2x6 | addmm 2x8 | addmm 2x6 | addmm 2x8 | addmm 2x6
          lstm,      CPU,  mkldnn_rnn_layer 6x8
          lstm,      META, addmm 2x6 | addmm 2x8 | addmm 2x6 | addmm 2x8 | addmm 2x6 | addmm 2x8
          lstmProj,  CPU,  addmm 6x8 | addmm 2x5 | mm 2x6 | addmm 2x5 | mm 2x6 | addmm 2x5 | mm 2x6
          """)
  void layer_runsTheProductsThatAtenRuns(String layer, Device device, String products) {
    pass = new ForwardPass(new Mode(true, device));
    switch (layer) {
      case "rnn" -> Recurrent.rnn(8, 6).call(pass.input(3, 2, 8));
      case "gru" -> Recurrent.gru(8, 6).call(pass.input(3, 2, 8));
      case "gruFirst" -> Recurrent.gru(8, 6).batchFirst().call(pass.input(2, 3, 8));
      case "lstm" -> Recurrent.lstm(8, 6).call(pass.input(3, 2, 8));
      default -> Recurrent.lstm(8, 6).projection(5).call(pass.input(3, 2, 8));
    }
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < pass.size(); i++) {
      if (pass.call(i).callee() instanceof Operator operator && operator.isPart()) {
        Tensor x = pass.call(i).input(operator == Aten.RECURRENT_ADDMM ? 1 : 0);
        seen.add(operator.key().substring("aten.".length()) + " " + x);
      }
    }
    assertThat(String.join(" | ", seen)).isEqualTo(products);
  }

  private static Recurrent recurrent(int gates, int in, int hidden) {
    return switch (gates) {
      case 1 -> Recurrent.rnn(in, hidden);
      case 3 -> Recurrent.gru(in, hidden);
      default -> Recurrent.lstm(in, hidden);
    };
  }

  private void step(int gates, int in, int hidden, int state, int projection, boolean bias) {
    for (int h = 0; h < hidden; h++) {
      for (int gate = 0; gate < gates; gate++) {
        weigh(in, bias);
        weigh(state, bias);
        loops.add();
      }
      switch (gates) {
        case 1 -> loops.special();
        case 3 -> updateGru();
        default -> updateLstm();
      }
    }
    for (int p = 0; p < projection; p++) {
      loops.dot(hidden);
    }
  }

  private void weigh(int in, boolean bias) {
    loops.dot(in);
    if (bias) {
      loops.add();
    }
  }

  /** r and z are sigmoids, n = tanh(a + r * b), h = (1 - z) * n + z * h. */
  private void updateGru() {
    loops.sigmoid();
    loops.sigmoid();
    loops.multiply();
    loops.special();
    loops.add();
    loops.multiply();
    loops.multiply();
    loops.add();
  }

  /** i, f and o are sigmoids, c = f * c + i * tanh(g), h = o * tanh(c). */
  private void updateLstm() {
    loops.sigmoid();
    loops.sigmoid();
    loops.sigmoid();
    loops.special();
    loops.multiply();
    loops.multiply();
    loops.add();
    loops.special();
    loops.multiply();
  }
}
