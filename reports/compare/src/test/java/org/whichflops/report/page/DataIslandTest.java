package org.whichflops.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataIslandTest {
  @Test
  void text_endsNoElement_andReadsBackAsItWas() throws IOException {
    String hostile = "</script><!--\u2028\ud800 \u0000\"\\{{data}}";
    StringWriter out = new StringWriter();
    try (JsonGenerator json = DataIsland.open(out)) {
      json.writeString(hostile);
    }
    assertThat(out.toString()).doesNotContain("<").matches("\\p{ASCII}+");
    assertThat(new ObjectMapper().readTree(out.toString()).asText()).isEqualTo(hostile);
  }

  @ParameterizedTest
  @CsvSource({
    "9007199254740991, 9007199254740991",
    "9007199254740992, '\"9007199254740992\"'",
    "-9007199254740991, -9007199254740991",
    "-9007199254740993, '\"-9007199254740993\"'",
    "-9223372036854775808, '\"-9223372036854775808\"'",
    "9223372036854775807, '\"9223372036854775807\"'",
  })
  void count_isANumberOnlyWhereJavaScriptKeepsIt(long count, String expected) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = DataIsland.open(out)) {
      DataIsland.count(json, count);
    }
    assertThat(out).hasToString(expected);
  }
}
