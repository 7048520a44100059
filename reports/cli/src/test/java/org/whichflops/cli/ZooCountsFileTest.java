package org.whichflops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whichflops.convention.Convention;
import org.whichflops.convention.Conventions;
import org.whichflops.report.identify.Identification;
import org.whichflops.report.identify.PrintedNumber;
import org.whichflops.report.identify.ZooCounts;
import org.whichflops.zoo.Zoo;

/** What the build counted for {@code identify}, beside what is counted here and now. */
class ZooCountsFileTest {
  private static final Conventions INSTALLED = Conventions.installed();

  /** All of them under {@code -Pexhaustive}. */
  private static final List<Convention> CONVENTIONS =
      Boolean.getBoolean("exhaustive")
          ? List.copyOf(INSTALLED.all())
          : Stream.of("mac", "thop", "fvcore").map(INSTALLED::find).toList();

  private static final ZooCounts FRESH = ZooCounts.count(Zoo.architectures(), CONVENTIONS);

  private static byte[] bytes(ZooCounts counts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    counts.write(out);
    return out.toByteArray();
  }

  private static ZooCounts built() throws IOException {
    byte[] file = Files.readAllBytes(Path.of(System.getProperty("zoo.counts")));
    ZooCounts all = ZooCounts.read(new ByteArrayInputStream(file));
    assertThat(all.under(List.copyOf(INSTALLED.all()))).isPresent();
    return all.under(CONVENTIONS).orElseThrow();
  }

  @Test
  void countsOfTheBuild_areThoseOfHereAndNow() throws IOException {
    assertThat(bytes(built())).isEqualTo(bytes(FRESH));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.09G", "4133742592", "300M MAdds", "25.6M params", "8.31G", "1.23456T"})
  void identify_answersTheSameWithoutThem(String claim) throws IOException {
    PrintedNumber number = PrintedNumber.parse(claim);
    assertThat(Identification.inZoo(number, CONVENTIONS, built()))
        .isEqualTo(Identification.inZoo(number, CONVENTIONS, FRESH));
  }

  /** Where the program looks is where the build puts them. */
  @Test
  void counts_arePackedUnderTheNameThatIsReadBack() throws IOException {
    assertThat(Path.of("pom.xml")).content().contains("<resource>" + ZooCounts.RESOURCE + "<");
  }
}
