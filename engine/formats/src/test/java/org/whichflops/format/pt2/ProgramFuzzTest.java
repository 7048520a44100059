package org.whichflops.format.pt2;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Reads whatever comes as a program: a network or a FormatException, nothing else and in bounded
 * time. {@code mvn verify -Pfuzz -pl engine/formats -am -Dtest=ProgramFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false} looks for more than the seeds.
 */
class ProgramFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void program_isReadOrRefused(byte[] json) {
    HostileFileTest.readProgram(json);
  }
}
