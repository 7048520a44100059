package org.whichflops.format.pt2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whichflops.engine.nn.InputSize;

/** A file takes the inputs that it was exported for, and says which those are. */
class FileInputTest {
  private static InputSize input(String file) {
    return Fixtures.network("torch2.6." + file + ".pt2").input();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resnet18.static      | 2    | 224 | 224 | the batch of the file is 1 only, not 2",
        "resnet18.static      | 1    | 192 | 224 | the height of the file is 224 only, not 192",
        "resnet18.dynN        | 32   | 224 | 192 | the width of the file is 224 only, not 192",
        "resnet18.dynNHW32    | 1    | 100 | 224 | the height of the file is a multiple of 32, 64 to 2048, not 100",
        "resnet18.dynNHW32    | 1    | 224 | 32  | the width of the file is a multiple of 32, 64 to 2048, not 32",
        "vgg16.dynNHWauto     | 1    | 31  | 224 | the height of the file is 32 or more, not 31",
        "convnext_tiny.dynNHWauto | 1 | 224 | 63 | the width of the file is 64 or more, not 63",
      })
  void inputThatTheFileDoesNotTake_isRefused_withWhatItTakes(
      String file, long batch, long height, long width, String expected) {
    assertThatThrownBy(() -> input(file).at(batch, height, width))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void batch_hasARangeToo() {
    InputSize tokens = input("hand_lstm.dynNmax1024");
    assertThat(tokens.at(1024).toString()).isEqualTo("1024x16");
    assertThatThrownBy(() -> tokens.at(1025)).hasMessageContaining("0 to 1024, not 1025");
    assertThatThrownBy(() -> tokens.at(1, 224, 224)).hasMessageContaining("no height and width");
  }

  @Test
  void ownInput_isTheExported() {
    assertThat(input("resnet18.static").shape().toString()).isEqualTo("1x3x224x224");
    assertThat(input("resnet18.dynNHW32").shape().toString()).isEqualTo("2x3x224x224");
    assertThat(input("resnet18.dynNHW32").batch()).isEqualTo(2);
    assertThat(input("hand_lstm.static").hasResolution()).isFalse();
  }
}
